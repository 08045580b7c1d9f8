/// The parts of the host in a request: `example.com`, `example.com.:8443`, `[2001:db8::1]:443`.
///
/// All ranges are UTF-8 byte offsets in the text that was read; `slice(_:of:)` extracts one.
///
/// - If the whole text is an IPv6 address, it has no port.
/// - Otherwise the port begins at the first `:`, or, if the text begins with `[`, at the first `:`
///   after the `]` (no port if there is no `]`). A name cannot contain a colon, so with several
///   colons the port is bad: `example.com:80:90` is `example.com`.
/// - One trailing dot is not part of the name, even of an IP literal.
/// - `[192.0.2.1]` is a literal like `[2001:db8::1]`; an address with a zone, `[fe80::1%25eth0]`,
///   is a name.
///
/// https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/
///
/// ```swift
/// let text = "[2001:db8::1]:8443"
/// let host = RequestHost(text)
/// host.slice(host.address, of: text)  // "[2001:db8::1]"
/// host.literal?.address.description   // "2001:db8::1"
/// host.port                           // 8443
/// ```
public struct RequestHost: Hashable, Sendable {
  /// An IP address used as the host.
  public struct Literal: Hashable, Sendable {
    /// The byte range of the address, without brackets.
    public let range: Range<Int>

    /// The address itself.
    public let address: IPAddress
  }

  /// The host as given, without the port, but with brackets and a trailing dot.
  public let address: Range<Int>

  /// The host without the port and without one trailing dot, but with brackets. Empty if the text
  /// has nothing before the port.
  public let name: Range<Int>

  /// The IP address if the host is one, nil if it is a name.
  public let literal: Literal?

  /// The port, from 0 to 65535; nil if it is missing, empty (`example.com:`, which RFC 3986 allows)
  /// or bad.
  public let port: Int?

  /// Whether there is a port that is not a number from 0 to 65535 in decimal digits. Leading zeros
  /// are allowed.
  public let portIsBad: Bool
}

extension RequestHost {
  /// Reads the parts of a host. Never fails: parts that the text does not have are empty or
  /// nil.
  ///
  /// ```swift
  /// RequestHost("example.com.:443").port         // 443
  /// RequestHost("example.com:99999").portIsBad   // true
  /// RequestHost("2001:db8::1").literal?.range    // 0..<11
  /// ```
  public init(_ text: String) {
    self.init(text.utf8.span)
  }

  /// Reads the parts of a host from UTF-8 text.
  package init(_ text: Span<UInt8>) {
    let colon = Self.portColon(in: text)
    if colon < text.count {
      let whole = Self.withoutDot(text, 0..<text.count)
      if let literal = Literal(text, at: whole) {
        self.init(
          address: 0..<text.count, name: whole, literal: literal, port: nil, portIsBad: false)
        return
      }
    }
    let address = 0..<colon
    let name = Self.withoutDot(text, address)
    let port = Self.port(in: text, from: colon &+ 1)
    self.init(
      address: address, name: name, literal: Self.literal(in: text, at: name),
      port: port, portIsBad: port == nil && colon &+ 1 < text.count)
  }

  /// The text of a part.
  ///
  /// `range` is one of this value's ranges, `text` the text that the value was read from.
  ///
  /// ```swift
  /// let text = "example.com.:443"
  /// let host = RequestHost(text)
  /// host.slice(host.address, of: text)  // "example.com."
  /// host.slice(host.name, of: text)     // "example.com"
  /// ```
  public func slice(_ range: Range<Int>, of text: String) -> String {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(start, offsetBy: range.count)
    return String(text[start..<end])
  }

  /// The offset of the colon before the port, or the end of the text.
  private static func portColon(in text: Span<UInt8>) -> Int {
    var position = 0
    if text.count > 0, text[0] == UInt8(ascii: "[") {
      while position < text.count, text[position] != UInt8(ascii: "]") { position &+= 1 }
    }
    while position < text.count, text[position] != UInt8(ascii: ":") { position &+= 1 }
    return position
  }

  private static func withoutDot(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    guard let last = range.last, text[last] == UInt8(ascii: ".") else { return range }
    return range.lowerBound..<last
  }

  private static func literal(in text: Span<UInt8>, at name: Range<Int>) -> Literal? {
    guard let last = name.last else { return nil }
    if text[last] == UInt8(ascii: "]") {
      guard text[0] == UInt8(ascii: "[") else { return nil }
      return Literal(text, at: 1..<last)
    }
    // Every IPv4 address ends in a digit, and hardly any name does.
    guard text[last] &- UInt8(ascii: "0") < 10 else { return nil }
    return Literal(text, at: name)
  }

  private static func port(in text: Span<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return nil }
    var port = 0
    for index in start..<text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      port = port &* 10 &+ Int(digit)
      guard port <= 65_535 else { return nil }
    }
    return port
  }
}

extension RequestHost.Literal {
  fileprivate init?(_ text: Span<UInt8>, at range: Range<Int>) {
    guard let address = IPAddress(text.extracting(range)) else { return nil }
    self.init(range: range, address: address)
  }
}
