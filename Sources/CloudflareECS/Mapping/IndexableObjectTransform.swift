extension FieldMapping.Transform {
  /// An object without the members that an index would refuse. It replaces ``object`` in the bulk format.
  static let indexableObject = Self(IndexableObjectTransform.self)
}

/// The object of ``ObjectTransform`` without the members that an index would refuse. It cannot be used in a table: a
/// variant of the table has it in the bulk format.
enum IndexableObjectTransform: TransformRule {
  static let name = "indexable_object"
  static func result(_ parameters: [String]) -> TransformResult { .object }

  /// The length of the target's path.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int { row.target.utf8.count }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    let value = ObjectTransform.value(row, record, text, &workspace)
    var accepted: [Range<Int>]?
    switch value.source {
    case .record: accepted = self.accepted(text, value, row)
    case .scratch: accepted = workspace.scratch.withSpan { self.accepted($0, value, row) }
    case .none, .escapedRecord, .remembered: break
    }
    guard let accepted else { return value }
    workspace.report(.notIndexable, row.field, nil)
    if accepted.isEmpty { return .absent }
    let start = workspace.scratch.count
    workspace.scratch.append(.openBrace)
    for member in accepted {
      if value.source == .record {
        workspace.scratch.append(text, member)
      } else {
        workspace.scratch.appendCopy(of: member)
      }
      workspace.scratch.append(.comma)
    }
    workspace.scratch.replaceLast(with: .closeBrace)
    return workspace.made(from: start)
  }

  /// The members to keep; nil if all are.
  private static func accepted(
    _ text: Span<UInt8>, _ value: ValueSlice, _ row: Plan.Row
  ) -> [Range<Int>]? {
    IndexLimits.mayRefuse(text, value.range, pathLength: row.option)
      ? IndexLimits.accepted(text, object: value.range, pathLength: row.option) : nil
  }
}
