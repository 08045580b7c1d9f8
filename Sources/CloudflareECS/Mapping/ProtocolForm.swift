/// How a protocol is written: `HTTP/1.1` or `TLSv1.3`.
enum ProtocolForm {
  /// `HTTP`, a slash, a number.
  case http
  /// A name, `v`, a number.
  case tls
}

extension Scratch {
  /// Where name and number of the protocol in a field are; nil for `none` and `unknown`, and for any
  /// other form, which is an issue.
  mutating func protocolParts(
    _ row: Plan.Row, _ form: ProtocolForm, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> (name: Range<Int>, version: Range<Int>)? {
    guard let content = self.text(row, record), !text.isNoneOrUnknown(content) else { return nil }
    var version = content.lowerBound
    while version < content.upperBound, text[version].isLetter { version &+= 1 }
    var name = content.lowerBound..<version
    let isKnown: Bool
    switch form {
    case .http:
      isKnown =
        text.equalsIgnoringCase(name, "http")
        && version < content.upperBound && text[version] == .slash
      version &+= 1
    case .tls:
      name = content.lowerBound..<max(content.lowerBound, version &- 1)
      isKnown = !name.isEmpty && text[name.upperBound].lowercased == UInt8(ascii: "v")
    }
    guard isKnown, text.isVersion(version..<content.upperBound) else {
      report(.unknownProtocol, row.field, record.slices[row.field])
      return nil
    }
    return (name, version..<content.upperBound)
  }
}

extension Span where Element == UInt8 {
  /// What Cloudflare writes where there is no protocol.
  fileprivate func isNoneOrUnknown(_ range: Range<Int>) -> Bool {
    equalsIgnoringCase(range, "none") || equalsIgnoringCase(range, "unknown")
  }

  /// Whether the text is digits, or digits, a dot and digits.
  fileprivate func isVersion(_ range: Range<Int>) -> Bool {
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
