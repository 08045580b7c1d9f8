extension FieldMapping.Transform {
  /// A query string without its `?`.
  public static let query = Self(QueryTransform.self)
}

/// A query without one leading `?`; a bare `?` is an empty query.
enum QueryTransform: TransformDefinition {
  static let name = "query"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = content.lowerBound &+ (text[content.lowerBound] == .questionMark ? 1 : 0)
    return ValueSlice(.record, start..<content.upperBound)
  }
}
