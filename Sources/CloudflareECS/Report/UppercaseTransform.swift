extension FieldMapping.Transform {
  /// The text with the letters a to z in upper case. Only a report has it: the tables of documents have templates.
  static let uppercase = Self(UppercaseTransform.self)
}

/// The text in upper case: of few different texts, which are cached.
enum UppercaseTransform: TransformDefinition {
  static let name = "uppercase"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    scratch.buffer.append(upperCased: text, content)
    return scratch.made(from: start)
  }
}
