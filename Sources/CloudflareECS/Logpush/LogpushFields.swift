/// The fields of `firewall_events` that a Logpush job should select for a profile.
///
///     LogpushFields(for: SekoiaNormalizer()).names.count                      // 47
///     LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names.count     // 28
///
/// Fields that the dataset does not list are left out, since Cloudflare refuses a job that selects
/// a field it does not offer: `rulesetId`, which only GraphQL has, and the five of
/// ``CloudflareField/all`` that a Transformer adds to the records (`ClientRequestBytes`,
/// `ClientRequestReferer`, `ClientSSLCipher`, `ClientSSLProtocol`, `ClientSrcPort`). If
/// Cloudflare's answer does offer one of them, ``check(answer:)`` lists it among the fields to
/// select.
///
/// [Logpush: Firewall events](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/)
public struct LogpushFields: Sendable {
  /// The field names, in the alphabetical order of Cloudflare's list.
  public let names: [String]
  let profile: any Normalizer
  let isMinimal: Bool

  /// The fields that a profile's table reads.
  ///
  /// The minimal fields are those that SEKOIA.IO's table of extracted fields needs. The dataset has
  /// had them from the start; fields added later (the rule's `Description` and `Ref`, AI security,
  /// content scanning) are left out.
  ///
  /// - Parameters:
  ///   - profile: the profile that the events are for.
  ///   - isMinimal: whether to take only the minimal fields.
  public init(for profile: any Normalizer, isMinimal: Bool = false) {
    self.profile = profile
    self.isMinimal = isMinimal
    let read = Set(profile.table.rows.flatMap(\.sources))
    names = (isMinimal ? Self.minimal : Self.listed).filter(read.contains).map(\.name)
  }

  /// The names separated by commas, as a job's options and `cf-ecs` accept them.
  public var list: String { names.joined(separator: ",") }

  /// Whether the profile's table reads a field of that name.
  func isMapped(_ name: String) -> Bool {
    profile.table.rows.contains { $0.sources.contains { $0.name == name } }
  }

  /// The fields that Cloudflare documents for the dataset. In `all`, the others come after them.
  private static let listed = CloudflareField.all.prefix { $0 != .clientRequestBytes }

  /// The names that a job may select: those of the dataset, and those that a Transformer adds.
  static let selectable = CloudflareField.all.filter { $0 != .rulesetID }.map(\.name)

  private static let minimal: ArraySlice<CloudflareField> = [
    .action, .clientASN, .clientASNDescription, .clientCountry, .clientIP, .clientIPClass,
    .clientRefererHost, .clientRefererPath, .clientRefererQuery, .clientRefererScheme,
    .clientRequestHost, .clientRequestMethod, .clientRequestPath, .clientRequestProtocol,
    .clientRequestQuery, .clientRequestScheme, .clientRequestUserAgent, .datetime, .edgeColoCode,
    .edgeResponseStatus, .kind, .matchIndex, .metadata, .originResponseStatus, .originatorRayID,
    .rayID, .ruleID, .source,
  ]
}
