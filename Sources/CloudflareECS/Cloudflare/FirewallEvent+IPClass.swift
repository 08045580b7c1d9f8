extension FirewallEvent {
  /// Cloudflare's classification of a visitor's address: the text that Cloudflare wrote, which may be new.
  ///
  /// Spellings of the same class are equal, as for ``FirewallEvent/Action``.
  ///
  /// [Logpush: Firewall events, ClientIPClass](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#clientipclass)
  ///
  ///     FirewallEvent.IPClass("bad_host") == .badHost      // true
  public struct IPClass: RawRepresentable, Hashable, Codable, Sendable,
    CustomStringConvertible
  {
    /// The text as Cloudflare wrote it.
    public let rawValue: String

    /// A class from its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A class from its text.
    public init(_ text: String) { rawValue = text }

    /// Whether both are the same, however they are spelled: letters are compared in lower case, and of ASCII only letters
    /// and digits.
    public static func == (left: IPClass, right: IPClass) -> Bool {
      FoldedName.areEqual(left.rawValue, right.rawValue)
    }

    /// Whether the two differ in more than their spelling.
    public static func != (left: IPClass, right: IPClass) -> Bool { !(left == right) }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) { FoldedName.hash(rawValue, into: &hasher) }

    /// The text as Cloudflare wrote it.
    public var description: String { rawValue }
  }
}

extension FirewallEvent.IPClass {
  /// Not classified.
  public static let unknown = Self("unknown")
  /// A host known for attacks.
  public static let badHost = Self("badHost")
  /// A search engine.
  public static let searchEngine = Self("searchEngine")
  /// On the allow list.
  public static let allowlist = Self("allowlist")
  /// A monitoring service.
  public static let monitoringService = Self("monitoringService")
  /// No information about the address.
  public static let noRecord = Self("noRecord")
  /// A security scanner.
  public static let scan = Self("scan")
  /// A Tor exit node.
  public static let tor = Self("tor")
  /// Not known for anything bad. No longer written.
  public static let clean = Self("clean")
  /// Former name of ``allowlist``.
  public static let whitelist = Self("whitelist")
  /// On a grey list. No longer written.
  public static let greylist = Self("greylist")
  /// A security scanner. No longer written.
  public static let securityScanner = Self("securityScanner")
  /// A backup service. No longer written.
  public static let backupService = Self("backupService")
  /// A mobile platform. No longer written.
  public static let mobilePlatform = Self("mobilePlatform")
}
