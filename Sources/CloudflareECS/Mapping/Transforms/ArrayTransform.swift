extension FieldMapping.Transform {
  /// An array, unchanged. An array that contains arrays or objects is an issue, because an index refuses a document
  /// with such a value.
  public static let array = Self(ArrayTransform.self)
}

/// An array, unchanged. An array that contains arrays or objects is of the wrong type.
enum ArrayTransform: TransformDefinition {
  static let name = "array"
  static var verbatimKind: JSONSlice.Kind? { .array }
  static func result(_ parameters: [String]) -> TransformResult { .array }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let slice = record[row.field] else { return .absent }
    guard
      slice.tag == JSONSlice.verbatimTag(.array)
        || slice.kind == .array && text.isFlatArray(slice.range)
    else {
      scratch.report(.wrongType, row.field, slice)
      return .absent
    }
    return ValueSlice(.record, slice.content)
  }
}
