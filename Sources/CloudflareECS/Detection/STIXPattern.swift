/// Reads the STIX patterns that can be compared with firewall events: one observation with comparisons
/// joined by `OR`.
///
///     [domain-name:value = 'bad.example' OR ipv4-addr:value ISSUBSET '198.51.100.0/24']
///
/// [STIX patterning](https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9)
struct STIXPattern {
  private let end: Int
  private var position: Int
  private var observables: [(kind: Indicator.Kind, value: String)] = []

  /// The observables in a pattern; nil if the pattern is not supported.
  static func observables(
    _ text: Span<UInt8>, _ pattern: Range<Int>
  ) -> [(kind: Indicator.Kind, value: String)]? {
    var reader = STIXPattern(end: pattern.upperBound, position: pattern.lowerBound)
    return reader.readObservation(text) ? reader.observables : nil
  }

  private init(end: Int, position: Int) {
    self.end = end
    self.position = position
  }

  private mutating func readObservation(_ text: Span<UInt8>) -> Bool {
    guard take("[", text) else { return false }
    repeat {
      guard readTest(text) else { return false }
    } while takeWord("OR", text)
    return take("]", text) && position == end
  }

  private mutating func readTest(_ text: Span<UInt8>) -> Bool {
    guard let kind = readPath(text) else { return false }
    let isAddress = kind == .ipv4 || kind == .ipv6
    if take("=", text) || isAddress && takeWord("ISSUBSET", text) {
      return readLiteral(kind, text)
    }
    guard takeWord("IN", text), take("(", text) else { return false }
    repeat {
      guard readLiteral(kind, text) else { return false }
    } while take(",", text)
    return take(")", text)
  }

  private mutating func readPath(_ text: Span<UInt8>) -> Indicator.Kind? {
    if take("domain-name:value", text) { return .domain }
    if take("ipv4-addr:value", text) { return .ipv4 }
    if take("url:value", text) { return .url }
    if take("ipv6-addr:value", text) { return .ipv6 }
    let userAgent = "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"
    return take(userAgent, text) ? .userAgent : nil
  }

  /// Reads a text in single quotes, with the escapes `\'` and `\\`.
  private mutating func readLiteral(_ kind: Indicator.Kind, _ text: Span<UInt8>) -> Bool {
    skipSpace(text)
    guard position < end, text[position] == Self.quote else { return false }
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
    guard position < end else { return false }
    let literal = start..<position
    position &+= 1
    skipSpace(text)
    let value = hasEscape ? Self.unescaped(text, literal) : String(text, literal)
    observables.append((kind, value))
    return true
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
