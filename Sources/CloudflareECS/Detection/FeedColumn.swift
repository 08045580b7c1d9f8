/// What a column of CSV, or a member of a JSON object, says about an indicator.
enum FeedColumn: CaseIterable {
  /// An observable of any kind, or of the kind that the type column names.
  case value
  case address, domain, url, userAgent
  case type, id, description, confidence, provider, labels
  case firstSeen, lastSeen, validFrom, validUntil
  /// Whether it is for detection (MISP).
  case toIDs

  /// The names of the column. Letter case does not matter; spaces, hyphens and underscores are
  /// the same.
  var names: [String] {
    switch self {
    case .value: ["indicator", "ioc", "ioc_value", "value"]
    case .address: ["ip", "ip_address", "dst_ip", "src_ip", "cidr", "network"]
    case .domain: ["domain", "hostname", "host"]
    case .url: ["url"]
    case .userAgent: ["user_agent"]
    case .type: ["type", "ioc_type", "indicator_type"]
    case .id: ["id", "ioc_id", "uuid"]
    case .description: ["description", "comment"]
    case .confidence: ["confidence", "confidence_level"]
    case .provider: ["provider"]
    case .labels: ["labels", "tags"]
    case .firstSeen: ["first_seen", "first_seen_utc", "dateadded"]
    case .lastSeen: ["last_seen", "last_seen_utc", "last_online"]
    case .validFrom: ["valid_from"]
    case .validUntil: ["valid_until"]
    case .toIDs: ["to_ids"]
    }
  }

  /// Whether the column has observables.
  var isObservable: Bool {
    switch self {
    case .value, .address, .domain, .url, .userAgent: true
    default: false
    }
  }

  /// The type of the column's observables; nil if it may be any.
  var observable: FeedType? {
    switch self {
    case .address: .address
    case .domain: .domain
    case .url: .url
    case .userAgent: .userAgent
    default: nil
    }
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { column in
      column.names.map { (foldedFeedName($0), column) }
    })

  /// The column of a name.
  init?(named name: String) {
    guard let column = Self.byName[foldedFeedName(name)] else { return nil }
    self = column
  }
}

/// What the type column of a feed may say.
enum FeedType: CaseIterable {
  case address, domain, url, userAgent
  /// A name and an address, `name|address`.
  case domainAndAddress

  /// One name of each kind of observable, for people.
  static let kinds = "ip, domain, url, user-agent"

  /// The names of the type. Letter case does not matter; spaces, hyphens and underscores are the same. A port after
  /// `|` or `:` is not compared.
  private var names: [String] {
    switch self {
    case .address:
      [
        "ipv4-addr", "ipv6-addr", "ipv4", "ipv6", "ip", "ip-address", "ip:port", "ip-src", "ip-dst",
        "ip-src|port", "ip-dst|port", "cidr", "network",
      ]
    case .domain: ["domain-name", "domain", "hostname", "host", "hostname|port"]
    case .url: ["url", "uri"]
    case .userAgent: ["user-agent"]
    case .domainAndAddress: ["domain|ip"]
    }
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { type in
      type.names.map { (foldedFeedName($0), type) }
    })

  /// The type of a name; nil if events have no such value.
  init?(named name: String) {
    guard let type = Self.byName[foldedFeedName(name)] else { return nil }
    self = type
  }
}

/// The name of a column or type in lower case, with `_` for spaces and hyphens.
private func foldedFeedName(_ name: String) -> String {
  String(
    decoding: name.utf8.map { $0 == .space || $0 == .minus ? .underscore : $0.lowercased },
    as: UTF8.self)
}
