extension FieldMapping.Transform {
  /// The value as text, after a prefix.
  public static func prefixed(_ prefix: String) -> Self {
    Self(PrefixedTransform.self, [prefix])
  }
}

/// The value as text, after a prefix.
enum PrefixedTransform: TransformDefinition {
  static let name = "prefixed"
  static var parameterCount: ClosedRange<Int> { 1...1 }
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    scratch.appendLiteral(row.parameters)
    scratch.buffer.append(text, content)
    return scratch.made(from: start)
  }
}
