extension FieldMapping.Transform {
  /// Texts joined by a separator; needs the first.
  public static func joined(by separator: String) -> Self {
    Self(JoinedTransform.self, [separator])
  }
}

/// Texts joined by a separator. The first is needed, absent others are left out; fields that hold whole
/// numbers are written as such.
enum JoinedTransform: TransformDefinition {
  static let name = "joined"
  static var fieldCount: ClosedRange<Int> { 1...16 }
  static var parameterCount: ClosedRange<Int> { 1...1 }

  /// A bit for each place whose field holds a whole number.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    row.sources.enumerated().reduce(0) { bits, source in
      source.element.kind == .integer ? bits | 1 << source.offset : bits
    }
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let start = scratch.buffer.count
    for place in 0..<row.fields.count {
      let separator = scratch.buffer.count
      if place > 0 { scratch.appendLiteral(row.parameters) }
      let first = scratch.buffer.count
      if row.option &>> place & 1 == 1 {
        scratch.appendInteger(scratch.field(row, place), record, text)
      } else if let part = scratch.text(row, place, record) {
        scratch.buffer.append(text, part)
      }
      if scratch.buffer.count == first {
        if place == 0 { return .absent }
        scratch.buffer.truncate(to: separator)
      }
    }
    return scratch.made(from: start)
  }
}
