/// An entry of a feed: one observable, and what the feed says about it.
///
///     Indicator(kind: .domain, value: "bad.example")
public struct Indicator: Hashable, Sendable {
  /// The type of an observable.
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

  /// The type of the observable.
  public var kind: Kind
  /// The observable itself.
  public var value: String
  /// Identifier in the feed.
  public var id: String?
  /// The feed's description.
  public var description: String?
  /// The feed's confidence, 0 to 100.
  public var confidence: Int64?
  /// The provider of the indicator.
  public var provider: String?
  /// Earlier events do not match.
  public var validFrom: Timestamp?
  /// Events at this time or later do not match.
  public var validUntil: Timestamp?
  /// Whether it is a command-and-control server. Its address is compared only with destinations.
  public var isCommandAndControl = false

  /// Reported instead of a missing identifier.
  static let withoutIdentifier = "an indicator without id"

  /// Makes an indicator from an observable only.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// The severity of a match, from the confidence (STIX 2.1, appendix A): high from 70, medium from 30,
  /// else low. Without a confidence it is high.
  public var level: DetectionLevel {
    guard let confidence else { return .high }
    return confidence >= 70 ? .high : confidence >= 30 ? .medium : .low
  }

  /// Whether an event at a time may match. An event without a time may.
  func isValid(at time: Timestamp?) -> Bool {
    guard let time else { return true }
    return !(validFrom.map { time < $0 } ?? false) && !(validUntil.map { time >= $0 } ?? false)
  }
}
