extension FieldMapping.Transform {
  /// Always the same text.
  public static func constant(_ value: String) -> Self {
    Self(ConstantTransform.self, [value])
  }
}

/// Always the same text.
enum ConstantTransform: TransformDefinition {
  static let name = "constant"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 1...1 }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.literal(row.parameters)
  }
}

extension FieldMapping.Transform {
  /// Whether this is always the same text.
  var isConstant: Bool { definition == ConstantTransform.self }
}
