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

  /// What is told of one that has none.
  static let withoutIdentifier = "an indicator without id"

  /// An indicator of which nothing else is known.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// How bad a match is: as sure as the feed is (STIX 2.1, appendix A: from 70 on high, from 30 on
  /// medium, else low). A feed that does not say counts as sure.
  public var level: DetectionLevel {
    guard let confidence else { return .high }
    return confidence >= 70 ? .high : confidence >= 30 ? .medium : .low
  }

  /// Whether an event of that time, if its time is known, may match.
  func isValid(at time: Timestamp?) -> Bool {
    guard let time else { return true }
    return !(validFrom.map { time < $0 } ?? false) && !(validUntil.map { time >= $0 } ?? false)
  }
}
