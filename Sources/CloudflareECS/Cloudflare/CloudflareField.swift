/// A field of Cloudflare's `firewall_events`: its names and the kind of its value.
///
/// Every field has the name that Logpush writes; most have another in GraphQL's
/// `firewallEventsAdaptive`. Both are read everywhere.
///
/// - [Logpush: Firewall events](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/)
/// - [GraphQL: firewall events](https://developers.cloudflare.com/analytics/graphql-api/tutorials/querying-firewall-events/)
///
///     CloudflareField.clientIP.name               // "ClientIP"
///     CloudflareField.clientIP.graphQLName        // "clientIP"
///     CloudflareField.named("BotScore").name      // "BotScore"
public struct CloudflareField: Hashable, Sendable, CustomStringConvertible {
  /// What a field holds.
  public enum Kind: String, Sendable {
    /// Text.
    case string
    /// A whole number.
    case integer
    /// A date and time: a number or a text, see ``Timestamp``.
    case datetime
    /// An array of texts.
    case strings
    /// An array of whole numbers.
    case integers
    /// An object.
    case object

    /// The kind of JSON value that the field has; nil where it may have several.
    var json: JSONSlice.Kind? {
      switch self {
      case .string: .string
      case .integer: .integer
      case .datetime: nil
      case .strings, .integers: .array
      case .object: .object
      }
    }
  }

  /// Logpush's name; for a field that only GraphQL has, GraphQL's.
  public let name: String
  /// GraphQL's name, if it has one of its own.
  public let graphQLName: String?
  /// What the field holds.
  public let kind: Kind
  /// The place in ``all``; -1 for a field that is not listed.
  let index: Int

  /// The field's name.
  public var description: String { name }

  private init(_ index: Int, _ name: String, graphQL: String? = nil, _ kind: Kind) {
    self.index = index
    self.name = name
    self.graphQLName = graphQL
    self.kind = kind
  }

  /// A field that Cloudflare's documentation does not list, by the name it has in the record.
  ///
  /// A name that is listed, Logpush's or GraphQL's, gives the listed field.
  public static func named(_ name: String) -> CloudflareField {
    if let field = listed(name) { return field }
    // By bytes: a Kelvin sign is equal to a K as text, but no record means it so.
    func isThis(_ other: String) -> Bool { other.utf8.elementsEqual(name.utf8) }
    return all.first { isThis($0.name) || $0.graphQLName.map(isThis) ?? false }
      ?? CloudflareField(-1, name, .string)
  }
}

extension CloudflareField {
  /// The fields that are listed, by Logpush's names.
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The listed field that Logpush gives this name.
  static func listed(_ name: String) -> CloudflareField? {
    guard let field = byName[name], field.name.utf8.elementsEqual(name.utf8) else { return nil }
    return field
  }
}

extension CloudflareField {
  /// The field of ``FirewallEvent/aiSecurityCustomTopicCategories``.
  public static let aiSecurityCustomTopicCategories =
    CloudflareField(0, "AISecurityCustomTopicCategories", .object)
  /// The field of ``FirewallEvent/aiSecurityInjectionScore``.
  public static let aiSecurityInjectionScore =
    CloudflareField(1, "AISecurityInjectionScore", .integer)
  /// The field of ``FirewallEvent/aiSecurityPIICategories``.
  public static let aiSecurityPIICategories =
    CloudflareField(2, "AISecurityPIICategories", .strings)
  /// The field of ``FirewallEvent/aiSecurityTokenCount``.
  public static let aiSecurityTokenCount = CloudflareField(3, "AISecurityTokenCount", .integer)
  /// The field of ``FirewallEvent/aiSecurityUnsafeTopicCategories``.
  public static let aiSecurityUnsafeTopicCategories =
    CloudflareField(4, "AISecurityUnsafeTopicCategories", .strings)
  /// The field of ``FirewallEvent/action``.
  public static let action = CloudflareField(5, "Action", graphQL: "action", .string)
  /// The field of ``FirewallEvent/clientASN``.
  public static let clientASN = CloudflareField(6, "ClientASN", graphQL: "clientAsn", .integer)
  /// The field of ``FirewallEvent/clientASNDescription``.
  public static let clientASNDescription =
    CloudflareField(7, "ClientASNDescription", graphQL: "clientASNDescription", .string)
  /// The field of ``FirewallEvent/clientCountry``.
  public static let clientCountry =
    CloudflareField(8, "ClientCountry", graphQL: "clientCountryName", .string)
  /// The field of ``FirewallEvent/clientIP``.
  public static let clientIP = CloudflareField(9, "ClientIP", graphQL: "clientIP", .string)
  /// The field of ``FirewallEvent/clientIPClass``.
  public static let clientIPClass =
    CloudflareField(10, "ClientIPClass", graphQL: "clientIPClass", .string)
  /// The field of ``FirewallEvent/clientRefererHost``.
  public static let clientRefererHost =
    CloudflareField(11, "ClientRefererHost", graphQL: "clientRefererHost", .string)
  /// The field of ``FirewallEvent/clientRefererPath``.
  public static let clientRefererPath =
    CloudflareField(12, "ClientRefererPath", graphQL: "clientRefererPath", .string)
  /// The field of ``FirewallEvent/clientRefererQuery``.
  public static let clientRefererQuery =
    CloudflareField(13, "ClientRefererQuery", graphQL: "clientRefererQuery", .string)
  /// The field of ``FirewallEvent/clientRefererScheme``.
  public static let clientRefererScheme =
    CloudflareField(14, "ClientRefererScheme", graphQL: "clientRefererScheme", .string)
  /// The field of ``FirewallEvent/clientRequestHost``.
  public static let clientRequestHost =
    CloudflareField(15, "ClientRequestHost", graphQL: "clientRequestHTTPHost", .string)
  /// The field of ``FirewallEvent/clientRequestMethod``.
  public static let clientRequestMethod =
    CloudflareField(16, "ClientRequestMethod", graphQL: "clientRequestHTTPMethodName", .string)
  /// The field of ``FirewallEvent/clientRequestPath``.
  public static let clientRequestPath =
    CloudflareField(17, "ClientRequestPath", graphQL: "clientRequestPath", .string)
  /// The field of ``FirewallEvent/clientRequestProtocol``.
  public static let clientRequestProtocol =
    CloudflareField(18, "ClientRequestProtocol", graphQL: "clientRequestHTTPProtocol", .string)
  /// The field of ``FirewallEvent/clientRequestQuery``.
  public static let clientRequestQuery =
    CloudflareField(19, "ClientRequestQuery", graphQL: "clientRequestQuery", .string)
  /// The field of ``FirewallEvent/clientRequestScheme``.
  public static let clientRequestScheme =
    CloudflareField(20, "ClientRequestScheme", graphQL: "clientRequestScheme", .string)
  /// The field of ``FirewallEvent/clientRequestUserAgent``.
  public static let clientRequestUserAgent =
    CloudflareField(21, "ClientRequestUserAgent", graphQL: "userAgent", .string)
  /// The field of ``FirewallEvent/contentScanObjResults``.
  public static let contentScanObjResults = CloudflareField(22, "ContentScanObjResults", .strings)
  /// The field of ``FirewallEvent/contentScanObjSizes``.
  public static let contentScanObjSizes = CloudflareField(23, "ContentScanObjSizes", .integers)
  /// The field of ``FirewallEvent/contentScanObjTypes``.
  public static let contentScanObjTypes = CloudflareField(24, "ContentScanObjTypes", .strings)
  /// The field of ``FirewallEvent/datetime``.
  public static let datetime = CloudflareField(25, "Datetime", graphQL: "datetime", .datetime)
  /// The field of ``FirewallEvent/description``.
  public static let description =
    CloudflareField(26, "Description", graphQL: "description", .string)
  /// The field of ``FirewallEvent/edgeColoCode``.
  public static let edgeColoCode =
    CloudflareField(27, "EdgeColoCode", graphQL: "edgeColoName", .string)
  /// The field of ``FirewallEvent/edgeResponseStatus``.
  public static let edgeResponseStatus =
    CloudflareField(28, "EdgeResponseStatus", graphQL: "edgeResponseStatus", .integer)
  /// The field of ``FirewallEvent/firewallForAIInjectionScore``.
  public static let firewallForAIInjectionScore =
    CloudflareField(29, "FirewallForAIInjectionScore", .integer)
  /// The field of ``FirewallEvent/firewallForAIPIICategories``.
  public static let firewallForAIPIICategories =
    CloudflareField(30, "FirewallForAIPIICategories", .strings)
  /// The field of ``FirewallEvent/firewallForAITokenCount``.
  public static let firewallForAITokenCount =
    CloudflareField(31, "FirewallForAITokenCount", .integer)
  /// The field of ``FirewallEvent/firewallForAIUnsafeTopicCategories``.
  public static let firewallForAIUnsafeTopicCategories =
    CloudflareField(32, "FirewallForAIUnsafeTopicCategories", .strings)
  /// The field of ``FirewallEvent/fraudUserID``.
  public static let fraudUserID = CloudflareField(33, "FraudUserID", .string)
  /// The field of ``FirewallEvent/kind``.
  public static let kind = CloudflareField(34, "Kind", graphQL: "kind", .string)
  /// The field of ``FirewallEvent/leakedCredentialCheckResult``.
  public static let leakedCredentialCheckResult =
    CloudflareField(35, "LeakedCredentialCheckResult", .string)
  /// The field of ``FirewallEvent/matchIndex``.
  public static let matchIndex = CloudflareField(36, "MatchIndex", graphQL: "matchIndex", .integer)
  /// The field of ``FirewallEvent/metadata``.
  public static let metadata = CloudflareField(37, "Metadata", graphQL: "metadata", .object)
  /// The field of ``FirewallEvent/originResponseStatus``.
  public static let originResponseStatus =
    CloudflareField(38, "OriginResponseStatus", graphQL: "originResponseStatus", .integer)
  /// The field of ``FirewallEvent/originatorRayID``.
  public static let originatorRayID =
    CloudflareField(39, "OriginatorRayID", graphQL: "originatorRayName", .string)
  /// The field of ``FirewallEvent/rayID``.
  public static let rayID = CloudflareField(40, "RayID", graphQL: "rayName", .string)
  /// The field of ``FirewallEvent/ref``.
  public static let ref = CloudflareField(41, "Ref", graphQL: "ref", .string)
  /// The field of ``FirewallEvent/ruleID``.
  public static let ruleID = CloudflareField(42, "RuleID", graphQL: "ruleId", .string)
  /// The field of ``FirewallEvent/source``.
  public static let source = CloudflareField(43, "Source", graphQL: "source", .string)
  /// The field of ``FirewallEvent/wafRequestSignatureCategories``.
  public static let wafRequestSignatureCategories =
    CloudflareField(44, "WAFRequestSignatureCategories", .strings)
  /// The field of ``FirewallEvent/wafRequestSignatureRefs``.
  public static let wafRequestSignatureRefs =
    CloudflareField(45, "WAFRequestSignatureRefs", .strings)
  /// The field of ``FirewallEvent/zoneName``.
  public static let zoneName = CloudflareField(46, "ZoneName", .string)
  /// The field of ``FirewallEvent/clientRequestBytes``.
  public static let clientRequestBytes = CloudflareField(47, "ClientRequestBytes", .integer)
  /// The field of ``FirewallEvent/clientRequestReferer``.
  public static let clientRequestReferer = CloudflareField(48, "ClientRequestReferer", .string)
  /// The field of ``FirewallEvent/clientSSLCipher``.
  public static let clientSSLCipher = CloudflareField(49, "ClientSSLCipher", .string)
  /// The field of ``FirewallEvent/clientSSLProtocol``.
  public static let clientSSLProtocol = CloudflareField(50, "ClientSSLProtocol", .string)
  /// The field of ``FirewallEvent/clientSrcPort``.
  public static let clientSrcPort = CloudflareField(51, "ClientSrcPort", .integer)
  /// The field of ``FirewallEvent/rulesetID``.
  public static let rulesetID = CloudflareField(52, "rulesetId", .string)

  /// The fields that have another name in GraphQL, in the order of ``all``.
  static let aliased = all.filter { $0.graphQLName != nil }

  /// The field whose object may be encoded in another value, which is decoded when a record is read
  /// (``JSONObject/init(encoded:)``).
  static let encodedObject = CloudflareField.metadata

  /// All fields: those that Cloudflare documents for the dataset, in its order; then those that a Transformer adds, and
  /// the one that only GraphQL has.
  public static let all: [CloudflareField] = [
    .aiSecurityCustomTopicCategories, .aiSecurityInjectionScore, .aiSecurityPIICategories,
    .aiSecurityTokenCount, .aiSecurityUnsafeTopicCategories, .action, .clientASN,
    .clientASNDescription, .clientCountry, .clientIP, .clientIPClass, .clientRefererHost,
    .clientRefererPath, .clientRefererQuery, .clientRefererScheme, .clientRequestHost,
    .clientRequestMethod, .clientRequestPath, .clientRequestProtocol, .clientRequestQuery,
    .clientRequestScheme, .clientRequestUserAgent, .contentScanObjResults, .contentScanObjSizes,
    .contentScanObjTypes, .datetime, .description, .edgeColoCode, .edgeResponseStatus,
    .firewallForAIInjectionScore, .firewallForAIPIICategories, .firewallForAITokenCount,
    .firewallForAIUnsafeTopicCategories, .fraudUserID, .kind, .leakedCredentialCheckResult,
    .matchIndex, .metadata, .originResponseStatus, .originatorRayID, .rayID, .ref, .ruleID,
    .source, .wafRequestSignatureCategories, .wafRequestSignatureRefs, .zoneName,
    .clientRequestBytes, .clientRequestReferer, .clientSSLCipher, .clientSSLProtocol,
    .clientSrcPort, .rulesetID,
  ]
}
