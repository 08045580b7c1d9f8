/// One sentence that a person can read in a log viewer:
///
///     203.0.113.7 (US, AS64500 EXAMPLE-NET) GET https://example.com/.env → block by WAF managed rules 100016 (403)
///
/// Who asked for what, an arrow, what was done by which rule, and the status. A part that is absent is
/// left out with its punctuation.
extension Engine {
  /// The fields that a row with this transform names, in this order.
  static let sentenceSources: [CloudflareField] = [
    .clientIP, .clientCountry, .clientASN, .clientASNDescription, .clientRequestMethod,
    .clientRequestScheme, .clientRequestHost, .clientRequestPath, .clientRequestQuery,
    .action, .source, .ruleID, .edgeResponseStatus,
  ]

  mutating func appendSentence(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    document.append(.quote)
    let start = document.count
    appendClient(row, fields, text, to: &document)
    appendRequest(row, fields, text, start, to: &document)
    let left = document.count
    if left > start { document.append(" →" as StaticString) }
    let arrow = document.count
    appendVerdict(row, fields, text, start, to: &document)
    if document.count == arrow { document.truncate(to: left) }
    let end = document.count
    document.append(end > start ? " (" as StaticString : "(")
    if appendInteger(sourceIndices[row.sources.lowerBound &+ 12], fields, text, to: &document) {
      document.append(UInt8(ascii: ")"))
    } else {
      document.truncate(to: end)
    }
    if document.count == start { document.append("Cloudflare firewall event" as StaticString) }
    document.append(.quote)
    return true
  }

  /// `203.0.113.7 (US, AS64500 EXAMPLE-NET)`
  private mutating func appendClient(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    let start = document.count
    if let address = sourceText(row, 0, fields) { document.append(text, address) }
    let address = document.count
    if address > start { document.append(.space) }
    document.append(UInt8(ascii: "("))
    let place = document.count
    if let country = sourceText(row, 1, fields) { document.append(upperCased: text, country) }
    var separator: StaticString = document.count > place ? ", " : ""
    let country = document.count
    document.append(separator)
    document.append("AS" as StaticString)
    if appendInteger(sourceIndices[row.sources.lowerBound &+ 2], fields, text, to: &document) {
      separator = " "
    } else {
      document.truncate(to: country)
    }
    if let network = sourceText(row, 3, fields) {
      document.append(separator)
      document.append(text, network)
    }
    if document.count == place {
      document.truncate(to: address)
    } else {
      document.append(UInt8(ascii: ")"))
    }
  }

  /// `GET https://example.com/.env`; without a scheme the host begins it, without a host the path.
  private mutating func appendRequest(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>, _ start: Int,
    to document: inout OutputBuffer
  ) {
    if let method = sourceText(row, 4, fields) {
      if document.count > start { document.append(.space) }
      document.append(text, method)
    }
    let host = sourceText(row, 6, fields)
    let path = sourceText(row, 7, fields)
    guard host != nil || path != nil else { return }
    if document.count > start { document.append(.space) }
    if let host {
      if let scheme = sourceText(row, 5, fields) {
        document.append(text, scheme)
        document.append("://" as StaticString)
      }
      document.append(text, host)
    }
    appendPath(path, query: sourceText(row, 8, fields), text, to: &document)
  }

  /// `block by WAF managed rules 100016`, with a space before it if it does not begin the sentence.
  private mutating func appendVerdict(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>, _ start: Int,
    to document: inout OutputBuffer
  ) {
    if let action = sourceText(row, 9, fields) {
      let before = document.count
      if before > start { document.append(.space) }
      let hasLetters = appendRemembered(.action, text, action, to: &document) { document in
        document.append(lettersOf: text, action)
      }
      if !hasLetters { document.truncate(to: before) }
    }
    let source = sourceText(row, 10, fields)
    let rule = sourceText(row, 11, fields)
    guard source != nil || rule != nil else { return }
    if document.count > start { document.append(.space) }
    document.append("by" as StaticString)
    if let source {
      document.append(.space)
      if !appendCategory(text, source, to: &document) { document.append(text, source) }
    }
    if let rule {
      document.append(.space)
      document.append(text, rule)
    }
  }
}
