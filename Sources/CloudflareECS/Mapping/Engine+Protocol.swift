extension Engine {
  /// Name or number of `TLSv1.3` or `HTTP/2`; nothing for `none` and `unknown`, and a problem for any
  /// other form.
  mutating func appendProtocol(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row), !text.isNoneOrUnknown(content) else { return false }
    let isHTTP = row.kind == .httpName || row.kind == .httpVersion
    var version = content.lowerBound
    while version < content.upperBound, text[version].isLetter { version &+= 1 }
    var name = content.lowerBound..<version
    let isKnown: Bool
    if isHTTP {
      isKnown =
        text.equalsIgnoringCase(name, "http")
        && version < content.upperBound && text[version] == .slash
      version &+= 1
    } else {
      name = content.lowerBound..<max(content.lowerBound, version &- 1)
      isKnown = !name.isEmpty && text[name.upperBound].lowercased == UInt8(ascii: "v")
    }
    guard isKnown, text.isVersion(version..<content.upperBound) else {
      report(.unknownProtocol, row.source, slot)
      return false
    }
    if row.kind == .httpVersion || row.kind == .tlsVersion {
      return appendQuoted(text, version..<content.upperBound, to: &document)
    }
    document.append(.quote)
    for offset in name { document.append(text[offset].lowercased) }
    document.append(.quote)
    return true
  }
}

extension Span where Element == UInt8 {
  /// What Cloudflare writes where there is no protocol.
  func isNoneOrUnknown(_ range: Range<Int>) -> Bool {
    equalsIgnoringCase(range, "none") || equalsIgnoringCase(range, "unknown")
  }

  /// Whether the text is digits, or digits, a dot and digits.
  func isVersion(_ range: Range<Int>) -> Bool {
    let dot = firstOffset(of: .dot, in: range)
    let hasFraction = dot < range.upperBound
    func digits(_ range: Range<Int>) -> Bool {
      for offset in range where !self[offset].isDigit { return false }
      return !range.isEmpty
    }
    return digits(range.lowerBound..<dot)
      && (!hasFraction || digits((dot &+ 1)..<range.upperBound))
  }
}
