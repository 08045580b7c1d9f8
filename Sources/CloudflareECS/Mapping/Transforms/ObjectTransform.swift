extension FieldMapping.Transform {
  /// An object, unchanged. ``CloudflareField/metadata`` may also be GraphQL's list of keys and values, or a string
  /// with the JSON text of an object.
  public static let object = Self(ObjectTransform.self)
}

/// An object, unchanged. (Encoded objects, see ``JSONObject/init(encoded:)``, were decoded when the record was read.)
enum ObjectTransform: TransformDefinition {
  static let name = "object"
  static var verbatimKind: JSONSlice.Kind? { .object }
  static func result(_ parameters: [String]) -> TransformResult { .object }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let slice = record[row.field] else { return .absent }
    guard slice.kind == .object else {
      scratch.report(.wrongType, row.field, slice)
      return .absent
    }
    return ValueSlice(.record, slice.content)
  }
}
