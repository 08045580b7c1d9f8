extension FieldMapping.Transform {
  /// An object without the members that an index would refuse. It replaces ``object`` in the bulk format.
  static let indexableObject = Self(IndexableObjectTransform.self)
}

/// The object of ``ObjectTransform`` without the members that an index would refuse. It cannot be used in a table: a
/// variant of the table has it in the bulk format.
enum IndexableObjectTransform: TransformDefinition {
  static let name = "indexable_object"
  static func result(_ parameters: [String]) -> TransformResult { .object }

  /// The length of the target's path.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int { row.target.utf8.count }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let value = ObjectTransform.value(row, record, text, &scratch)
    var accepted: [Range<Int>]?
    switch value.source {
    case .record: accepted = self.accepted(text, value, row)
    case .scratch: accepted = scratch.buffer.withSpan { self.accepted($0, value, row) }
    case .none, .escapedRecord, .cached: break
    }
    guard let accepted else { return value }
    scratch.report(.notIndexable, row.field, nil)
    if accepted.isEmpty { return .absent }
    let start = scratch.buffer.count
    scratch.buffer.append(.openBrace)
    for member in accepted {
      if value.source == .record {
        scratch.buffer.append(text, member)
      } else {
        scratch.buffer.appendCopy(of: member)
      }
      scratch.buffer.append(.comma)
    }
    scratch.buffer.replaceLast(with: .closeBrace)
    return scratch.made(from: start)
  }

  /// The members to keep; nil if all are.
  private static func accepted(
    _ text: Span<UInt8>, _ value: ValueSlice, _ row: Plan.Row
  ) -> [Range<Int>]? {
    IndexLimits.mayRefuse(text, value.range, pathLength: row.option)
      ? IndexLimits.accepted(text, object: value.range, pathLength: row.option) : nil
  }
}
