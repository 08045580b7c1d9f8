extension FieldMapping.Transform {
  /// The value as text; numbers and booleans become their text.
  public static let keyword = Self(KeywordTransform.self)
}

/// The value as text; numbers and booleans become their text.
enum KeywordTransform: TransformDefinition {
  static let name = "keyword"
  static var copiesRecord: Bool { true }
  static var verbatimKind: JSONSlice.Kind? { .string }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.text(row, record).map { ValueSlice(.record, $0) } ?? .absent
  }
}
