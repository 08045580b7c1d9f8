/// Values that several fields are joined into.
extension Engine {
  /// The text of the source at `place` of a row; nil where it is absent, or has none, which is a
  /// problem.
  @inline(__always)
  mutating func sourceText(_ row: Plan.Row, _ place: Int, _ fields: borrowing EventFields)
    -> Range<Int>?
  {
    let field = sourceIndices[row.sources.lowerBound &+ place]
    guard let slot = fields[field] else { return nil }
    return scalarText(slot, field: field)
  }

  /// Scheme, host, path and query as one URL. It needs a host. A referrer does without a scheme, and
  /// then without `//`.
  mutating func appendURL(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    guard let host = sourceText(row, 1, fields) else { return false }
    var scheme = sourceText(row, 0, fields)
    if row.kind == .url {
      if scheme == nil { return false }
    } else if let given = scheme, given.count == 7, text.equalsIgnoringCase(given, "unknown") {
      scheme = nil
    }
    document.append(.quote)
    if let scheme {
      document.append(text, scheme)
      document.append("://" as StaticString)
    }
    document.append(text, host)
    appendPath(sourceText(row, 2, fields), query: sourceText(row, 3, fields), text, to: &document)
    document.append(.quote)
    return true
  }

  /// Path and query. It needs a path.
  mutating func appendPathAndQuery(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    guard let path = sourceText(row, 0, fields) else { return false }
    document.append(.quote)
    appendPath(path, query: sourceText(row, 1, fields), text, to: &document)
    document.append(.quote)
    return true
  }

  /// A query without a `?` gets one.
  func appendPath(
    _ path: Range<Int>?, query: Range<Int>?, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) {
    if let path { document.append(text, path) }
    if let query {
      if text[query.lowerBound] != .questionMark { document.append(.questionMark) }
      document.append(text, query)
    }
  }

  /// Texts with a separator between them; absent ones are left out, the first is needed. Integers are
  /// written as such.
  mutating func appendJoined(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    document.append(.quote)
    for place in 0..<row.sources.count {
      let field = sourceIndices[row.sources.lowerBound &+ place]
      let separator = document.count
      if place > 0 { document.append(literals.span, row.parameters) }
      let start = document.count
      if plan.field(field).kind == .integer {
        _ = appendInteger(field, fields, text, to: &document)
      } else if let part = sourceText(row, place, fields) {
        document.append(text, part)
      }
      if document.count == start {
        if place == 0 { return false }
        document.truncate(to: separator)
      }
    }
    document.append(.quote)
    return true
  }

  /// A query without one leading `?`; a bare `?` is an empty one.
  mutating func appendQuery(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    let start = content.lowerBound &+ (text[content.lowerBound] == .questionMark ? 1 : 0)
    return appendQuoted(text, start..<content.upperBound, to: &document)
  }

  /// What stands behind the last dot of the last segment, unless the dot is its first or last byte.
  mutating func appendExtension(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    var offset = content.upperBound
    var dot = -1
    while offset > content.lowerBound, text[offset &- 1] != .slash {
      offset &-= 1
      if dot < 0, text[offset] == .dot { dot = offset }
    }
    guard dot > offset, dot &+ 1 < content.upperBound else { return false }
    return appendQuoted(text, (dot &+ 1)..<content.upperBound, to: &document)
  }

  /// A reference that is a URL.
  mutating func appendWebReference(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    func begins(_ prefix: String) -> Bool {
      let count = prefix.utf8.count
      return content.count >= count
        && text.equals(content.lowerBound..<(content.lowerBound &+ count), prefix)
    }
    guard begins("http://") || begins("https://") else { return false }
    return appendQuoted(text, content, to: &document)
  }
}
