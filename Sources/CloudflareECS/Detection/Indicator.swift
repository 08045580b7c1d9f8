/// An entry of a feed: one observable, and what the feed says about it.
///
///     Indicator(kind: .domain, value: "bad.example")
public struct Indicator: Hashable, Codable, Sendable {
  /// The type of an observable.
  public enum Kind: String, CaseIterable, Hashable, Codable, CodingKeyRepresentable,
    Sendable
  {
    /// An IPv4 address or network.
    case ipv4 = "ipv4-addr"
    /// An IPv6 address or network.
    case ipv6 = "ipv6-addr"
    /// A host name; with `*.` before it, that name and all names below it.
    case domain = "domain-name"
    /// A URL, or a path with its query.
    case url
    /// A user agent.
    case userAgent = "user-agent"
  }

  /// The type of the observable.
  public var kind: Kind
  /// The observable itself. In a match it has the form in which it is compared: names in lower case and
  /// ASCII, networks with their prefix length, URLs without a default port and a fragment.
  public var value: String
  /// Identifier in the feed. A set keeps the first 256 bytes.
  public var id: String?
  /// The feed's description. A set keeps the first 1,000 bytes.
  public var description: String?
  /// The feed's confidence, 0 to 100.
  public var confidence: Int?
  /// The provider of the indicator, or else the name of its feed. A set keeps the first 256 bytes.
  public var provider: String?
  /// Earlier events do not match.
  public var validFrom: Timestamp?
  /// Events at this time or later do not match.
  public var validUntil: Timestamp?
  /// When it was first seen. It limits nothing.
  public var firstSeen: Timestamp?
  /// When it was last seen. It limits nothing.
  public var lastSeen: Timestamp?
  /// Whether it is a command-and-control server. Its address is compared only with destinations.
  public var isCommandAndControl = false

  /// Makes an indicator from an observable only.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// The severity of a match, from the confidence (STIX 2.1, appendix A): high from 70, medium from 30,
  /// else low. Without a confidence it is high.
  public var level: DetectionRule.Level {
    guard let confidence else { return .high }
    return confidence >= 70 ? .high : confidence >= 30 ? .medium : .low
  }

  /// Whether an event at a time may match. An event without a time may.
  func isValid(at time: Timestamp?) -> Bool {
    guard let time else { return true }
    return !(validFrom.map { time < $0 } ?? false) && !(validUntil.map { time >= $0 } ?? false)
  }

  /// Whether no event can match, since the end of its validity is not after the start.
  var isNeverValid: Bool {
    guard let validFrom, let validUntil else { return false }
    return validUntil <= validFrom
  }

  /// Whether a label is that of command-and-control servers.
  static func isCommandAndControl(_ text: Span<UInt8>, _ label: Range<Int>) -> Bool {
    switch label.count {
    case 2: text.equalsIgnoringCase(label, "c2")
    case 19:
      text.equalsIgnoringCase(label, "command-and-control")
        || text.equalsIgnoringCase(label, "command and control")
    default: false
    }
  }
}
