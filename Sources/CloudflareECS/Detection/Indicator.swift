/// An entry of a feed: one observable, and what the feed says of it.
///
///     Indicator(kind: .domain, value: "bad.example")
public struct Indicator: Hashable, Sendable {
  /// What an indicator is.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// An IPv4 address or network.
    case ipv4 = "ipv4-addr"
    /// An IPv6 address or network.
    case ipv6 = "ipv6-addr"
    /// A host name.
    case domain = "domain-name"
    /// A URL, or a path with its query.
    case url
    /// A user agent.
    case userAgent = "user-agent"
  }

  /// What it is.
  public var kind: Kind
  /// The observable, as it is compared.
  public var value: String
  /// Identifier in the feed.
  public var id: String?
  /// What the feed says of it.
  public var description: String?
  /// How sure the feed is, 0 to 100.
  public var confidence: Int64?
  /// Whose it is.
  public var provider: String?
  /// An event before it does not match.
  public var validFrom: Timestamp?
  /// An event from then on does not match.
  public var validUntil: Timestamp?
  /// Whether it is a command-and-control server: an address is compared with destinations only.
  public var isCommandAndControl = false

  /// An indicator of which nothing else is known.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// Whether an event of that time, if its time is known, may match.
  func isValid(at time: Timestamp?) -> Bool {
    guard let time else { return true }
    return !(validFrom.map { time < $0 } ?? false) && !(validUntil.map { time >= $0 } ?? false)
  }
}
