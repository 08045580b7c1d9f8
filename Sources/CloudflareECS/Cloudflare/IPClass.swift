/// Cloudflare's classification of a visitor's address, kept as Cloudflare's text.
///
/// [Logpush: Firewall events, ClientIPClass](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#clientipclass)
///
///     IPClass.tor.rawValue      // "tor"
public struct IPClass: RawRepresentable, Hashable, Sendable {
  /// The text as Cloudflare wrote it.
  public let rawValue: String

  /// A class from its text.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A class from its text.
  public init(_ text: String) { rawValue = text }
}

extension IPClass {
  /// Not classified.
  public static let unknown = IPClass("unknown")
  /// A host known for attacks.
  public static let badHost = IPClass("badHost")
  /// A search engine.
  public static let searchEngine = IPClass("searchEngine")
  /// On the allow list.
  public static let allowlist = IPClass("allowlist")
  /// A monitoring service.
  public static let monitoringService = IPClass("monitoringService")
  /// No information about the address.
  public static let noRecord = IPClass("noRecord")
  /// A security scanner.
  public static let scan = IPClass("scan")
  /// A Tor exit node.
  public static let tor = IPClass("tor")
  /// Not known for anything bad. No longer written.
  public static let clean = IPClass("clean")
  /// Former name of ``allowlist``.
  public static let whitelist = IPClass("whitelist")
  /// On a grey list. No longer written.
  public static let greylist = IPClass("greylist")
  /// A security scanner. No longer written.
  public static let securityScanner = IPClass("securityScanner")
  /// A backup service. No longer written.
  public static let backupService = IPClass("backupService")
  /// A mobile platform. No longer written.
  public static let mobilePlatform = IPClass("mobilePlatform")
}
