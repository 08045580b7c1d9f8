extension FieldMapping.Transform {
  /// A URL put together from scheme, host, path and query; needs the first two.
  public static let url = Self(URLTransform.self)
}

/// Scheme, host, path and query as one URL. It needs scheme and host; the host is as given, with its port.
enum URLTransform: TransformDefinition {
  static let name = "url"
  static var fieldCount: ClosedRange<Int> { 4...4 }
  static var copiesRecord: Bool { true }
  static func neededPlace(_ row: FieldMapping) -> Int? { 1 }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let host = scratch.text(row, 1, record),
      let scheme = scratch.text(row, 0, record)
    else { return .absent }
    return scratch.url(scheme, host, row, record, text)
  }
}

extension Scratch {
  /// A URL of a scheme, a host, and the path and query that a row names after them.
  mutating func url(
    _ scheme: Range<Int>?, _ host: Range<Int>,
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    let start = buffer.count
    if let scheme {
      buffer.append(text, scheme)
      buffer.append("://" as StaticString)
    }
    buffer.append(text, host)
    appendPath(row, 2, record, text)
    return made(from: start)
  }

  /// Appends the path that a row names at a place, and the query after it, which gets a `?` if it has
  /// none.
  mutating func appendPath(
    _ row: Plan.Row, _ place: Int, _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    if let path = self.text(row, place, record) { buffer.append(text, path) }
    if let query = self.text(row, place &+ 1, record) { appendQuery(query, text) }
  }

  /// Appends a query with one `?` before it.
  mutating func appendQuery(_ query: Range<Int>, _ text: Span<UInt8>) {
    if text[query.lowerBound] != .questionMark { buffer.append(.questionMark) }
    buffer.append(text, query)
  }
}
