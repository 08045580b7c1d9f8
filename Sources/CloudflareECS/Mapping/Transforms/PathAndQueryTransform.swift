extension FieldMapping.Transform {
  /// Path and query put together; needs a path.
  public static let pathAndQuery = Self(PathAndQueryTransform.self)
}

/// Path and query put together. It needs a path; a query without `?` gets one.
enum PathAndQueryTransform: TransformDefinition {
  static let name = "pathAndQuery"
  static var fieldCount: ClosedRange<Int> { 2...2 }
  static var copiesRecord: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let path = scratch.text(row, 0, record) else { return .absent }
    guard let query = scratch.text(row, 1, record) else { return ValueSlice(.record, path) }
    let start = scratch.buffer.count
    scratch.buffer.append(text, path)
    scratch.appendQuery(query, text)
    return scratch.made(from: start)
  }
}
