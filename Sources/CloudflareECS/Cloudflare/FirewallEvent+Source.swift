extension FirewallEvent {
  /// The security product that matched a request: the text that Cloudflare wrote, which may be new.
  ///
  /// `firewallManaged`, `firewall_managed` and `firewallmanaged` are equal, and have the same hash; ``rawValue`` keeps the
  /// spelling.
  ///
  /// [Logpush: Firewall events, Source](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#source)
  ///
  ///     FirewallEvent.Source("firewallManaged") == .firewallManaged      // true
  ///     FirewallEvent.Source("firewallManaged").category                 // "WAF managed rules"
  public struct Source: RawRepresentable, Hashable, Codable, Sendable,
    CustomStringConvertible
  {
    /// The text as Cloudflare wrote it.
    public let rawValue: String

    /// A source from its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A source from its text.
    public init(_ text: String) { rawValue = text }

    /// Whether both are the same, however they are spelled: letters are compared in lower case, and of ASCII only letters
    /// and digits.
    public static func == (left: Source, right: Source) -> Bool {
      FoldedName.areEqual(left.rawValue, right.rawValue)
    }

    /// Whether the two differ in more than their spelling.
    public static func != (left: Source, right: Source) -> Bool { !(left == right) }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) { FoldedName.hash(rawValue, into: &hasher) }

    /// The text as Cloudflare wrote it.
    public var description: String { rawValue }

    /// The product's readable name; nil for a source that is not known. The text is compared in lower
    /// case, by its letters and digits only.
    public var category: String? {
      let letters = rawValue.utf8.filter { $0.isLetter || $0.isDigit }
      return Self.category(of: letters.span, 0..<letters.count)
    }

    /// The readable name of the source that is the content of a JSON string.
    static func category(of text: Span<UInt8>, _ range: Range<Int>) -> String? {
      var folded = InlineArray<64, UInt8>(repeating: 0)
      guard let count = text.fold(range, withDigits: true, into: &folded) else { return nil }
      let index = names.find(folded.span, 0..<count)
      return index < 0 ? nil : categories[index].category
    }

    /// The names in ``categories``, for finding one by its bytes.
    private static let names = NameTable(categories.map(\.source.rawValue))

    /// The sources that are known, with their readable names.
    static let categories: [(source: Source, category: String)] = [
      (.unknown, "Unknown"),
      (.asn, "ASN"),
      (.country, "Country"),
      (.ip, "IP"),
      (.ipRange, "IP Range"),
      (.securityLevel, "Security Level"),
      (.zoneLockdown, "Zone Lockdown"),
      (.waf, "WAF (previous version)"),
      (.firewallRules, "Firewall Rules"),
      (.userAgentBlock, "User-Agent blocking"),
      (.rateLimit, "Rate limiting"),
      (.browserIntegrityCheck, "Browser Integrity Check"),
      (.hotlinkProtection, "Hotlink protection"),
      (.l7DDoS, "L7 DDoS"),
      (.validation, "Validation (invalid request)"),
      (.botFight, "Bot Fight Mode"),
      (.apiShield, "API Shield"),
      (.botManagement, "Bot Management"),
      (.dataLossPrevention, "Data Loss Prevention"),
      (.firewallManaged, "WAF managed rules"),
      (.firewallCustom, "WAF custom rules"),
      (.apiShieldSchemaValidation, "API Shield schema validation"),
      (.apiShieldTokenValidation, "API Shield token validation"),
      (.apiShieldSequenceMitigation, "API Shield sequence mitigation"),
      (.sanityCheck, "Validation (invalid request)"),
    ]
  }
}

extension FirewallEvent.Source {
  /// Unknown.
  public static let unknown = Self("unknown")
  /// ASN.
  public static let asn = Self("asn")
  /// Country.
  public static let country = Self("country")
  /// IP.
  public static let ip = Self("ip")
  /// IP Range.
  public static let ipRange = Self("iprange")
  /// Security Level.
  public static let securityLevel = Self("securitylevel")
  /// Zone Lockdown.
  public static let zoneLockdown = Self("zonelockdown")
  /// WAF (previous version).
  public static let waf = Self("waf")
  /// Firewall Rules.
  public static let firewallRules = Self("firewallrules")
  /// User-Agent blocking.
  public static let userAgentBlock = Self("uablock")
  /// Rate limiting.
  public static let rateLimit = Self("ratelimit")
  /// Browser Integrity Check.
  public static let browserIntegrityCheck = Self("bic")
  /// Hotlink protection.
  public static let hotlinkProtection = Self("hot")
  /// L7 DDoS.
  public static let l7DDoS = Self("l7ddos")
  /// Validation (invalid request).
  public static let validation = Self("validation")
  /// Bot Fight Mode.
  public static let botFight = Self("botfight")
  /// API Shield.
  public static let apiShield = Self("apishield")
  /// Bot Management.
  public static let botManagement = Self("botmanagement")
  /// Data Loss Prevention.
  public static let dataLossPrevention = Self("dlp")
  /// WAF managed rules.
  public static let firewallManaged = Self("firewallmanaged")
  /// WAF custom rules.
  public static let firewallCustom = Self("firewallcustom")
  /// API Shield schema validation.
  public static let apiShieldSchemaValidation = Self("apishieldschemavalidation")
  /// API Shield token validation.
  public static let apiShieldTokenValidation = Self("apishieldtokenvalidation")
  /// API Shield sequence mitigation.
  public static let apiShieldSequenceMitigation = Self("apishieldsequencemitigation")
  /// Validation (invalid request).
  public static let sanityCheck = Self("sanitycheck")
}
