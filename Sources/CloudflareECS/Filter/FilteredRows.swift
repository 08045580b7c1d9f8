/// The rows that conditions can use: those of a table, and one for each Cloudflare field.
struct FilteredRows {
  private let table: MappingTable
  private let fields: [FieldMapping]

  init(_ table: MappingTable) {
    self.table = table
    fields = (CloudflareField.all + table.plan.ownFields).map(Self.row)
  }

  /// The row of a condition's target; if it has several rows, the first.
  func row(for condition: ConditionText) throws(EventFilterError) -> FieldMapping {
    let target = condition.target
    guard
      let row = table.rows.first(where: { $0.target == target })
        ?? fields.first(where: { $0.target == target })
    else {
      let known = table.rows.map(\.target).filter { !$0.hasSuffix("*") } + fields.map(\.target)
      let nearest = Spelling.nearest(to: target, in: known)
      throw EventFilterError(
        condition.text,
        "no target or field '\(target)'" + (nearest.map { ". Did you mean \($0)?" } ?? ""))
    }
    if row.transform.result == .members {
      throw EventFilterError(condition.text, "members without a row cannot be asked")
    }
    return row
  }

  /// A table of the rows of targets. The table's own fields keep their indices, because a record stores values
  /// by index.
  /// - Parameters:
  ///   - others: rows with targets of their own.
  ///   - otherFields: own fields of these rows; their indices follow.
  func table(
    for targets: [String], and others: [FieldMapping] = [], _ otherFields: [CloudflareField] = []
  ) -> MappingTable {
    let asked = Set(targets)
    var rows = table.rows.filter { asked.contains($0.target) }
    // Values that show issues need the issues of all rows.
    if rows.contains(where: { $0.transform.rule.readsIssues }) { rows = table.rows }
    let known = Set(rows.map(\.target))
    rows += fields.filter { asked.contains($0.target) && !known.contains($0.target) }
    let ownFields = table.plan.ownFields
    return MappingTable(
      checked: rows + others,
      ownFields: ownFields + otherFields.filter { !ownFields.contains($0) })
  }

  /// A row that copies a field unchanged. Only a time is converted, so that times can be compared.
  private static func row(_ field: CloudflareField) -> FieldMapping {
    func row(_ type: FieldType, array isArray: Bool = false, _ transform: Transform) -> FieldMapping
    {
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
