/// Reads the STIX patterns that can be compared with firewall events: observations and comparisons joined by
/// `OR`.
///
///     [domain-name:value = 'bad.example' OR ipv4-addr:value ISSUBSET '198.51.100.0/24']
///     [url:value = 'https://bad.example/x'] OR [network-traffic:dst_ref.value = '198.51.100.7']
///
/// `AND` joins the `.type` and the `.value` of one object only.
///
/// [STIX patterning](https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9)
struct STIXPattern {
  /// The left side of a comparison.
  private enum Path: Equatable {
    case value(Indicator.Kind)
    /// The value or the type of the address or name at one end of a connection.
    case endValue(String)
    case endType(String)
  }

  private let end: Int
  private var position: Int
  private var observables: [(kind: Indicator.Kind, value: String)] = []

  /// The observables in a pattern; nil if the pattern is not supported.
  static func observables(
    _ text: Span<UInt8>, _ pattern: Range<Int>
  ) -> [(kind: Indicator.Kind, value: String)]? {
    var reader = STIXPattern(end: pattern.upperBound, position: pattern.lowerBound)
    return reader.readExpression(text) ? reader.observables : nil
  }

  private init(end: Int, position: Int) {
    self.end = end
    self.position = position
  }

  private mutating func readExpression(_ text: Span<UInt8>) -> Bool {
    repeat {
      guard take("[", text) else { return false }
      repeat {
        guard readAlternative(text) else { return false }
      } while takeWord("OR", text)
      guard take("]", text) else { return false }
    } while takeWord("OR", text)
    return position == end
  }

  /// Reads a comparison, or the comparisons of one object's type and value.
  private mutating func readAlternative(_ text: Span<UInt8>) -> Bool {
    guard let first = readTest(text) else { return false }
    guard takeWord("AND", text) else { return add(first, type: nil) }
    guard let second = readTest(text) else { return false }
    switch (first.path, second.path) {
    case (.endType(let one), .endValue(let other)) where one == other:
      return add(second, type: first.values)
    case (.endValue(let one), .endType(let other)) where one == other:
      return add(first, type: second.values)
    default: return false
    }
  }

  private mutating func add(_ test: (path: Path, values: [String]), type: [String]?) -> Bool {
    if case .value(let kind) = test.path {
      observables += test.values.map { (kind, $0) }
      return true
    }
    guard case .endValue = test.path, type?.count ?? 1 == 1 else { return false }
    let kind = type.map { Indicator.Kind(rawValue: $0[0]) }
    for value in test.values {
      switch kind {
      case .some(.some(let kind)) where [.ipv4, .ipv6, .domain].contains(kind):
        observables.append((kind, value))
      case .some: return false
      case nil: observables.append((Self.kind(of: value), value))
      }
    }
    return true
  }

  /// The kind of the value at one end of a connection.
  private static func kind(of value: String) -> Indicator.Kind {
    let address = AddressBlock.parts(value.utf8.span, 0..<value.utf8.count)?.address
    return address.map { $0.version == .v6 ? .ipv6 : .ipv4 } ?? .domain
  }

  private mutating func readTest(_ text: Span<UInt8>) -> (path: Path, values: [String])? {
    guard let path = readPath(text) else { return nil }
    let isAddress = [.value(.ipv4), .value(.ipv6)].contains(path)
    let isSubset = isAddress || path == .endValue("src_ref") || path == .endValue("dst_ref")
    if take("=", text) || isSubset && takeWord("ISSUBSET", text) {
      return readLiteral(text).map { (path, [$0]) }
    }
    if takeWord("LIKE", text) {
      // With wildcards it is not one value.
      guard let value = readLiteral(text), !value.utf8.contains(where: "%_".utf8.contains) else {
        return nil
      }
      return (path, [value])
    }
    guard takeWord("IN", text), take("(", text) else { return nil }
    var values: [String] = []
    repeat {
      guard let value = readLiteral(text) else { return nil }
      values.append(value)
    } while take(",", text)
    return take(")", text) ? (path, values) : nil
  }

  private mutating func readPath(_ text: Span<UInt8>) -> Path? {
    if take("domain-name:value", text) { return .value(.domain) }
    if take("ipv4-addr:value", text) { return .value(.ipv4) }
    if take("url:value", text) { return .value(.url) }
    if take("ipv6-addr:value", text) { return .value(.ipv6) }
    for end in ["src_ref", "dst_ref"] {
      if take("network-traffic:\(end).value", text) { return .endValue(end) }
      if take("network-traffic:\(end).type", text) { return .endType(end) }
    }
    let userAgent = "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"
    return take(userAgent, text) ? .value(.userAgent) : nil
  }

  /// Reads a text in single quotes, with the escapes `\'` and `\\`.
  private mutating func readLiteral(_ text: Span<UInt8>) -> String? {
    skipSpace(text)
    guard position < end, text[position] == Self.quote else { return nil }
    position &+= 1
    let start = position
    var hasEscape = false
    while position < end, text[position] != Self.quote {
      if text[position] == .backslash {
        hasEscape = true
        position &+= 1
      }
      position &+= 1
    }
    guard position < end else { return nil }
    let literal = start..<position
    position &+= 1
    skipSpace(text)
    return hasEscape ? Self.unescaped(text, literal) : String(text, literal)
  }

  private static let quote = UInt8(ascii: "'")

  private static func unescaped(_ text: Span<UInt8>, _ literal: Range<Int>) -> String {
    var bytes: [UInt8] = []
    var offset = literal.lowerBound
    while offset < literal.upperBound {
      if text[offset] == .backslash { offset &+= 1 }
      bytes.append(text[offset])
      offset &+= 1
    }
    return String(bytes.span, 0..<bytes.count)
  }

  private mutating func take(_ token: String, _ text: Span<UInt8>) -> Bool {
    skipSpace(text)
    let after = position &+ token.utf8.count
    guard after <= end, text.equals(position..<after, token) else { return false }
    position = after
    skipSpace(text)
    return true
  }

  /// Consumes a word that is not followed by a letter.
  private mutating func takeWord(_ word: String, _ text: Span<UInt8>) -> Bool {
    skipSpace(text)
    let after = position &+ word.utf8.count
    guard after <= end, text.equals(position..<after, word),
      after == end || !text[after].isLetter
    else { return false }
    position = after
    skipSpace(text)
    return true
  }

  private mutating func skipSpace(_ text: Span<UInt8>) {
    while position < end, text[position].isWhiteSpace { position &+= 1 }
  }
}
