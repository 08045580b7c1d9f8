/// The fields of `firewall_events` that a Logpush job is to select for a profile.
///
///     LogpushFields(for: SekoiaNormalizer()).names.count                      // 47
///     LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names.count     // 28
///
/// Fields that the dataset does not list are in neither list, since a job that selects what is not
/// offered is refused: `rulesetId`, which only GraphQL has, and the five of ``CloudflareField/all``
/// that a Transformer adds to the records (`ClientRequestBytes`, `ClientRequestReferer`,
/// `ClientSSLCipher`, `ClientSSLProtocol`, `ClientSrcPort`). Where Cloudflare's answer offers one of
/// them after all, ``check(answer:)`` has it among the fields to select.
///
/// [Logpush: Firewall events](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/)
public struct LogpushFields: Sendable {
  /// The fields' names, in the order of Cloudflare's list, which is alphabetical.
  public let names: [String]
  let profile: any Normalizer
  let isMinimal: Bool

  /// The fields that a profile's table reads.
  ///
  /// The minimal ones are those without which a field of SEKOIA.IO's table of extracted fields would
  /// stay empty. The dataset has had them from its start; what came later (the rule's `Description`
  /// and `Ref`, AI security, content scanning) is left out.
  ///
  /// - Parameters:
  ///   - profile: the profile that the events are for.
  ///   - isMinimal: whether only the minimal ones are wanted.
  public init(for profile: any Normalizer, isMinimal: Bool = false) {
    self.profile = profile
    self.isMinimal = isMinimal
    let read = Set(profile.table.rows.flatMap(\.sources))
    names = (isMinimal ? Self.minimal : Self.listed).filter(read.contains).map(\.name)
  }

  /// The names with commas between them, as a job's options and `cf-ecs` take them.
  public var list: String { names.joined(separator: ",") }

  /// Whether the profile's table reads a field of that name.
  func isMapped(_ name: String) -> Bool {
    profile.table.rows.contains { $0.sources.contains { $0.name == name } }
  }

  /// What Cloudflare documents for the dataset. Behind it, `all` has those that come another way.
  private static let listed = CloudflareField.all.prefix { $0 != .clientRequestBytes }

  private static let minimal: ArraySlice<CloudflareField> = [
    .action, .clientASN, .clientASNDescription, .clientCountry, .clientIP, .clientIPClass,
    .clientRefererHost, .clientRefererPath, .clientRefererQuery, .clientRefererScheme,
    .clientRequestHost, .clientRequestMethod, .clientRequestPath, .clientRequestProtocol,
    .clientRequestQuery, .clientRequestScheme, .clientRequestUserAgent, .datetime, .edgeColoCode,
    .edgeResponseStatus, .kind, .matchIndex, .metadata, .originResponseStatus, .originatorRayID,
    .rayID, .ruleID, .source,
  ]
}
