extension FieldMapping.Transform {
  /// A number that may have a fraction, with the digits that it has, from a number or from a string that is one.
  public static let double = Self(DoubleTransform.self)
}

/// A number that may have a fraction.
enum DoubleTransform: TransformDefinition {
  static let name = "double"
  static func result(_ parameters: [String]) -> TransformResult { .number }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let slice = record[row.field] else { return .absent }
    let digits = slice.kind == .string ? slice.content : slice.range
    guard slice.kind == .string || slice.kind == .integer || slice.kind == .decimal,
      let number = JSONNumber(String(text, digits))
    else {
      scratch.report(.wrongType, row.field, slice)
      return .absent
    }
    guard number.isFinite else {
      scratch.report(.outOfRange, row.field, slice)
      return .absent
    }
    return ValueSlice(.record, digits)
  }
}
