extension FieldMapping.Transform {
  /// `true` or `false`, from a boolean or from a string that is one of these words.
  public static let boolean = Self(BooleanTransform.self)
}

/// A boolean.
enum BooleanTransform: TransformDefinition {
  static let name = "boolean"
  static func result(_ parameters: [String]) -> TransformResult { .boolean }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let slice = record[row.field] else { return .absent }
    let word = slice.kind == .string ? slice.content : slice.range
    guard
      slice.kind == .boolean
        || slice.kind == .string && (text.equals(word, "true") || text.equals(word, "false"))
    else {
      scratch.report(.wrongType, row.field, slice)
      return .absent
    }
    return ValueSlice(.record, word)
  }
}
