extension FirewallEvent {
  /// What the firewall did with a request: the text that Cloudflare wrote, which may be a new one.
  ///
  /// The same action is spelled differently in different places: `managedChallenge`, `managed_challenge`,
  /// `managedchallenge`. All of these are equal, and have the same hash; ``rawValue`` keeps the spelling.
  ///
  /// [Logpush: Firewall events, Action](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#action)
  ///
  ///     FirewallEvent.Action("managed_challenge") == .managedChallenge      // true
  ///     FirewallEvent.Action("managed_challenge").folded.rawValue           // "managedchallenge"
  public struct Action: RawRepresentable, Hashable, Codable, Sendable,
    CustomStringConvertible
  {
    /// The text as Cloudflare wrote it.
    public let rawValue: String

    /// An action from its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An action from its text.
    public init(_ text: String) { rawValue = text }

    /// Whether both are the same, however they are spelled: letters are compared in lower case, and of ASCII only letters
    /// and digits.
    public static func == (left: Action, right: Action) -> Bool {
      FoldedName.areEqual(left.rawValue, right.rawValue)
    }

    /// Whether the two differ in more than their spelling.
    public static func != (left: Action, right: Action) -> Bool { !(left == right) }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) { FoldedName.hash(rawValue, into: &hasher) }

    /// The text as Cloudflare wrote it.
    public var description: String { rawValue }

    /// The action in one spelling, that of the constants: letters in lower case, and of ASCII only letters and digits.
    public var folded: Action {
      Action(String(decoding: FoldedName.bytes(rawValue), as: UTF8.self))
    }
  }
}

extension FirewallEvent.Action {
  /// Cloudflare does not say what was done.
  public static let unknown = Self("unknown")
  /// The request was let through.
  public static let allow = Self("allow")
  /// The request was refused.
  public static let block = Self("block")
  /// A challenge was issued.
  public static let challenge = Self("challenge")
  /// A JavaScript challenge was issued.
  public static let jsChallenge = Self("jschallenge")
  /// The match was only logged.
  public static let log = Self("log")
  /// The connection was closed.
  public static let connectionClose = Self("connectionclose")
  /// The connection was closed at once.
  public static let forceConnectionClose = Self("forceconnectionclose")
  /// A challenge was solved.
  public static let challengeSolved = Self("challengesolved")
  /// A challenge was failed.
  public static let challengeFailed = Self("challengefailed")
  /// A challenge was not asked for: the visitor had passed it before.
  public static let challengeBypassed = Self("challengebypassed")
  /// A JavaScript challenge was solved.
  public static let jsChallengeSolved = Self("jschallengesolved")
  /// A JavaScript challenge was failed.
  public static let jsChallengeFailed = Self("jschallengefailed")
  /// A JavaScript challenge was not asked for: the visitor had passed it before.
  public static let jsChallengeBypassed = Self("jschallengebypassed")
  /// Some security features were left out.
  public static let bypass = Self("bypass")
  /// The remaining rules were left out.
  public static let skip = Self("skip")
  /// A managed challenge was issued.
  public static let managedChallenge = Self("managedchallenge")
  /// A managed challenge was left out.
  public static let managedChallengeSkipped = Self("managedchallengeskipped")
  /// A managed challenge (without interaction) was solved.
  public static let managedChallengeNonInteractiveSolved = Self(
    "managedchallengenoninteractivesolved")
  /// A managed challenge (with interaction) was solved.
  public static let managedChallengeInteractiveSolved = Self("managedchallengeinteractivesolved")
  /// A managed challenge was not asked for: the visitor had passed it before.
  public static let managedChallengeBypassed = Self("managedchallengebypassed")
  /// A precursor interstitial page was issued.
  public static let precursorInterstitialPageIssued = Self("precursorinterstitialpageissued")
  /// A precursor interstitial page was not asked for: the visitor had passed it before.
  public static let precursorInterstitialPageBypassed = Self("precursorinterstitialpagebypassed")
  /// A precursor interstitial page was solved.
  public static let precursorInterstitialPageSolved = Self("precursorinterstitialpagesolved")
  /// Former name of ``block``.
  public static let drop = Self("drop")
  /// Former name of ``log``.
  public static let simulate = Self("simulate")
  /// The request was rewritten.
  public static let rewrite = Self("rewrite")
}
