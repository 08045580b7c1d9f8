/// Reads the STIX patterns that can be compared with firewall events: one observation of tests that are
/// joined by `OR`.
///
///     [domain-name:value = 'bad.example' OR ipv4-addr:value ISSUBSET '198.51.100.0/24']
///
/// [STIX patterning](https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9)
struct STIXPattern {
  private var rest: ArraySlice<UInt8>

  /// What the pattern looks for; nil if it is one that is not supported.
  static func observables(_ pattern: String) -> [(kind: Indicator.Kind, value: String)]? {
    var reader = STIXPattern(rest: Array(pattern.utf8)[...])
    return reader.observation()
  }

  private mutating func observation() -> [(kind: Indicator.Kind, value: String)]? {
    guard take("[") else { return nil }
    var observables: [(kind: Indicator.Kind, value: String)] = []
    repeat {
      guard let test = test() else { return nil }
      observables += test
    } while takeWord("OR")
    guard take("]"), rest.isEmpty else { return nil }
    return observables
  }

  private mutating func test() -> [(kind: Indicator.Kind, value: String)]? {
    guard let kind = path() else { return nil }
    let isAddress = kind == .ipv4 || kind == .ipv6
    if take("=") || isAddress && takeWord("ISSUBSET") { return literal().map { [(kind, $0)] } }
    guard takeWord("IN"), take("(") else { return nil }
    var values: [(kind: Indicator.Kind, value: String)] = []
    repeat {
      guard let value = literal() else { return nil }
      values.append((kind, value))
    } while take(",")
    return take(")") ? values : nil
  }

  private static let paths: [(path: String, kind: Indicator.Kind)] = [
    ("ipv4-addr:value", .ipv4), ("ipv6-addr:value", .ipv6), ("domain-name:value", .domain),
    ("url:value", .url),
    ("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'", .userAgent),
  ]

  private mutating func path() -> Indicator.Kind? {
    for (path, kind) in Self.paths where take(path) { return kind }
    return nil
  }

  /// A text in single quotes; `\'` and `\\` stand for the character.
  private mutating func literal() -> String? {
    guard take("'", keepsSpace: true) else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "'") {
        skipSpace()
        return String(decoding: bytes, as: UTF8.self)
      }
      if byte != .backslash {
        bytes.append(byte)
      } else if let escaped = rest.popFirst() {
        bytes.append(escaped)
      }
    }
    return nil
  }

  private mutating func take(_ text: String, keepsSpace: Bool = false) -> Bool {
    skipSpace()
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    if !keepsSpace { skipSpace() }
    return true
  }

  /// A word, which no letter follows.
  private mutating func takeWord(_ word: String) -> Bool {
    let before = rest
    guard take(word, keepsSpace: true) else { return false }
    if rest.first?.isLetter ?? false {
      rest = before
      return false
    }
    skipSpace()
    return true
  }

  private mutating func skipSpace() {
    while let byte = rest.first, byte.isWhiteSpace { rest.removeFirst() }
  }
}
