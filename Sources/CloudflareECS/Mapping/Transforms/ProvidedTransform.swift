extension FieldMapping.Transform {
  /// A value that the program gives to each event while it is converted: ``LentEvent/set(_:to:)-(String,JSONValue)``. It
  /// may be of any type. Without the program, as in the command, the target is left out.
  public static let provided = Self(ProvidedTransform.self)
}

/// A value that the program gives.
enum ProvidedTransform: TransformDefinition {
  static let name = "provided"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static func result(_ parameters: [String]) -> TransformResult { .typed }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.provided(row.option)
  }
}
