/// The rows that conditions can use: those of a table, one for each Cloudflare field, and others by name.
struct FilteredRows {
  /// Why a name cannot be used.
  struct Fault: Error {
    let text: String
    var isUnknownTarget = false
  }

  private let table: MappingTable
  private let fields: [FieldMapping]

  /// - Parameter others: rows whose targets are further names.
  init(_ table: MappingTable, others: [FieldMapping] = []) {
    self.table = table
    fields = (CloudflareField.all + table.plan.addedFields).map(Self.row) + others
  }

  /// The row of a condition's target; if it has several rows, the first.
  func row(for condition: ConditionText) throws(EventFilterError) -> FieldMapping {
    do throws(Fault) {
      return try row(named: condition.target)
    } catch {
      throw EventFilterError(
        condition.text, error.text, isUnknownTarget: error.isUnknownTarget)
    }
  }

  /// The row of a target, of a field or of another name; if it has several rows, the first.
  func row(named target: String) throws(Fault) -> FieldMapping {
    guard
      let row = table.rows.first(where: { $0.target == target })
        ?? fields.first(where: { $0.target == target })
    else {
      let known = table.rows.map(\.target).filter { !$0.hasSuffix("*") } + fields.map(\.target)
      let nearest = Spelling.nearest(to: target, in: known)
      throw Fault(
        text: "no target or field '\(DisplayText.value(target))'"
          + (nearest.map { ". Did you mean \($0)?" } ?? ""),
        isUnknownTarget: true)
    }
    if row.transform.result == .members {
      throw Fault(text: "members without a row cannot be asked")
    }
    if row.transform == .provided {
      throw Fault(text: "conditions do not see values that the program provides")
    }
    return row
  }

  /// Whether all tests of an expression can be made.
  func know(_ expression: DetectionRule.Condition) -> Bool {
    expression.tests.allSatisfy { test in
      test.fields.allSatisfy { field in
        guard let row = try? row(named: field) else { return false }
        return (try? test.operands(row)) != nil || test.isOfTwoFields
      }
    }
  }

  /// A table of the rows of targets. The fields that the table adds keep their indices, because a record stores values
  /// by index.
  /// - Parameters:
  ///   - others: rows with targets of their own.
  ///   - otherFields: added fields of these rows; their indices follow.
  func table(
    for targets: [String], and others: [FieldMapping] = [], _ otherFields: [CloudflareField] = []
  ) -> MappingTable {
    let asked = Set(targets)
    var rows = table.rows.filter { asked.contains($0.target) }
    // Values that show issues need the issues of all rows.
    if rows.contains(where: { $0.transform.definition.readsIssues }) { rows = table.rows }
    let known = Set(rows.map(\.target))
    rows += fields.filter { asked.contains($0.target) && !known.contains($0.target) }
    let addedFields = table.plan.addedFields
    return MappingTable(
      checked: rows + others,
      addedFields: addedFields + otherFields.filter { !addedFields.contains($0) })
  }

  /// A row that copies a field unchanged. Only a time is converted, so that times can be compared.
  private static func row(_ field: CloudflareField) -> FieldMapping {
    func row(
      _ type: FieldMapping.TargetType, array isArray: Bool = false,
      _ transform: FieldMapping.Transform
    ) -> FieldMapping {
      FieldMapping([field], to: field.name, type, array: isArray, transform, "")
    }
    return switch field.kind {
    case .string: row(field == .clientIP ? .ip : .keyword, .keyword)
    case .integer: row(.long, .integer)
    case .datetime: row(.date, .timestamp(.shortest))
    case .strings: row(.keyword, array: true, .array)
    case .integers: row(.long, array: true, .array)
    case .object: row(.flattened, .object)
    }
  }
}
