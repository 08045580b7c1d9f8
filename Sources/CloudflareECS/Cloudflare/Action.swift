/// What the firewall did with a request: the text that Cloudflare wrote, which may be a new one.
///
/// The same action is spelled differently in different places: `managedChallenge`, `managed_challenge`,
/// `managedchallenge`. All of these are equal, and have the same hash; ``rawValue`` keeps the spelling.
///
/// [Logpush: Firewall events, Action](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#action)
///
///     Action("managed_challenge") == .managedChallenge      // true
///     Action("managed_challenge").folded.rawValue           // "managedchallenge"
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
  public var folded: Action { Action(String(decoding: FoldedName.bytes(rawValue), as: UTF8.self)) }
}

extension Action {
  /// Cloudflare does not say what was done.
  public static let unknown = Action("unknown")
  /// The request was let through.
  public static let allow = Action("allow")
  /// The request was refused.
  public static let block = Action("block")
  /// A challenge was issued.
  public static let challenge = Action("challenge")
  /// A JavaScript challenge was issued.
  public static let jsChallenge = Action("jschallenge")
  /// The match was only logged.
  public static let log = Action("log")
  /// The connection was closed.
  public static let connectionClose = Action("connectionclose")
  /// The connection was closed at once.
  public static let forceConnectionClose = Action("forceconnectionclose")
  /// A challenge was solved.
  public static let challengeSolved = Action("challengesolved")
  /// A challenge was failed.
  public static let challengeFailed = Action("challengefailed")
  /// A challenge was not asked for: the visitor had passed it before.
  public static let challengeBypassed = Action("challengebypassed")
  /// A JavaScript challenge was solved.
  public static let jsChallengeSolved = Action("jschallengesolved")
  /// A JavaScript challenge was failed.
  public static let jsChallengeFailed = Action("jschallengefailed")
  /// A JavaScript challenge was not asked for: the visitor had passed it before.
  public static let jsChallengeBypassed = Action("jschallengebypassed")
  /// Some security features were left out.
  public static let bypass = Action("bypass")
  /// The remaining rules were left out.
  public static let skip = Action("skip")
  /// A managed challenge was issued.
  public static let managedChallenge = Action("managedchallenge")
  /// A managed challenge was left out.
  public static let managedChallengeSkipped = Action("managedchallengeskipped")
  /// A managed challenge (without interaction) was solved.
  public static let managedChallengeNonInteractiveSolved = Action(
    "managedchallengenoninteractivesolved")
  /// A managed challenge (with interaction) was solved.
  public static let managedChallengeInteractiveSolved = Action("managedchallengeinteractivesolved")
  /// A managed challenge was not asked for: the visitor had passed it before.
  public static let managedChallengeBypassed = Action("managedchallengebypassed")
  /// A precursor interstitial page was issued.
  public static let precursorInterstitialPageIssued = Action("precursorinterstitialpageissued")
  /// A precursor interstitial page was not asked for: the visitor had passed it before.
  public static let precursorInterstitialPageBypassed = Action("precursorinterstitialpagebypassed")
  /// A precursor interstitial page was solved.
  public static let precursorInterstitialPageSolved = Action("precursorinterstitialpagesolved")
  /// Former name of ``block``.
  public static let drop = Action("drop")
  /// Former name of ``log``.
  public static let simulate = Action("simulate")
  /// The request was rewritten.
  public static let rewrite = Action("rewrite")
}
