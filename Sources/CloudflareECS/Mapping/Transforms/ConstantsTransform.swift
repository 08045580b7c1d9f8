extension FieldMapping.Transform {
  /// Always the same array of texts.
  public static func constants(_ values: [String]) -> Self {
    Self(ConstantsTransform.self, values)
  }
}

/// Always the same array of texts.
enum ConstantsTransform: TransformDefinition {
  static let name = "constants"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 1...Int.max }
  static func result(_ parameters: [String]) -> TransformResult { .texts }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.literal(row.parameters)
  }
}
