/// The parts of a host as a request names it: `example.com`, `example.com.:8443`,
/// `[2001:db8::1]:443`.
///
/// All ranges count UTF-8 bytes of the text that was read; `slice(_:of:)` cuts one out.
///
/// - A text that is an IPv6 address as a whole has no port.
/// - Else the port begins at the first `:`, or at the first one after the `]` of a text that begins
///   with `[` (a `[` that nothing closes: no port). A name cannot hold a colon, so with several of
///   them the port is bad: `example.com:80:90` is `example.com`.
/// - One dot at the end of the host is split off its name, be it an IP literal or not.
/// - `[192.0.2.1]` is a literal like `[2001:db8::1]`; an address with a zone, `[fe80::1%25eth0]`, is
///   a name.
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
  /// An IP address that stands in the place of a name.
  public struct Literal: Hashable, Sendable {
    /// Where the address stands, without brackets.
    public let range: Range<Int>

    /// The address itself.
    public let address: IPAddress
  }

  /// The host as given, without the port: brackets and a dot at the end stay.
  public let address: Range<Int>

  /// The host without the port and without one dot at the end; brackets stay. Empty if the text has
  /// nothing before the port.
  public let name: Range<Int>

  /// The IP address if the host is one, nil if it is a name.
  public let literal: Literal?

  /// The port, from 0 to 65535; nil if there is none, an empty one (`example.com:`, which RFC 3986
  /// allows), or a bad one.
  public let port: Int?

  /// Whether there is a port that is not a number from 0 to 65535 in plain digits. Zeros in front
  /// are allowed.
  public let portIsBad: Bool
}

extension RequestHost {
  /// Reads the parts of a host. Every text has them, if only empty ones.
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

  /// A part as text, for a range of this value and the text that it was read from.
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

  /// Where the colon before the port is, or the end of the text.
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
    // Every IPv4 address ends in a digit, hardly any name does.
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
