/// Cloudflare's fields that have no place in ECS, with their names in both built-in profiles.
enum VendorFields {
  /// The rows of the profile `sekoia`: names as SEKOIA.IO documents them.
  static var sekoia: [FieldMapping] {
    rows.map { row in
      var mapping = row.mapping
      mapping.target = "cloudflare." + mapping.target
      return mapping
    }
  }

  /// The rows of the profile `elastic`: names as Elastic's integration documents them.
  static var elastic: [FieldMapping] {
    rows.map { row in
      var mapping = row.mapping
      mapping.target = ElasticNormalizer.dataset + "." + row.elastic
      return mapping
    }
  }

  private static func row(
    _ field: CloudflareField, _ sekoia: String, _ elastic: String,
    _ type: FieldMapping.TargetType, array isArray: Bool = false,
    _ transform: FieldMapping.Transform,
    _ summary: String, _ record: String, _ value: String
  ) -> (mapping: FieldMapping, elastic: String) {
    let mapping = FieldMapping(
      field, to: sekoia, type, array: isArray, transform, summary, example: record, gives: value)
    return (mapping, elastic)
  }

  private static let rows: [(mapping: FieldMapping, elastic: String)] = [
    row(
      .clientASNDescription, "clientASNDescription", "client.asn.description", .keyword, .keyword,
      "Name of the visitor's autonomous system.", #"{"ClientASNDescription":"EXAMPLE-NET"}"#,
      #""EXAMPLE-NET""#),
    row(
      .clientIPClass, "ClientIPClass", "client.ip_class", .keyword, .keyword,
      "How Cloudflare classifies the visitor's address.", #"{"ClientIPClass":"tor"}"#, #""tor""#),
    row(
      .clientRefererScheme, "ClientRefererScheme", "client.referer.scheme", .keyword, .keyword,
      "Scheme of the referer.", #"{"ClientRefererScheme":"https"}"#, #""https""#),
    row(
      .clientRefererHost, "ClientRefererHost", "client.referer.host", .keyword, .keyword,
      "Host of the referer.", #"{"ClientRefererHost":"example.com"}"#, #""example.com""#),
    row(
      .clientRefererPath, "ClientRefererPath", "client.referer.path", .keyword, .keyword,
      "Path of the referer.", #"{"ClientRefererPath":"/a"}"#, #""/a""#),
    row(
      .clientRefererQuery, "ClientRefererQuery", "client.referer.query", .keyword, .keyword,
      "Query of the referer.", #"{"ClientRefererQuery":"?b=1"}"#, #""?b=1""#),
    row(
      .originResponseStatus, "OriginResponseStatus", "origin.response.status", .long, .integer,
      "Status of the origin; 0 if it was not asked.", #"{"OriginResponseStatus":0}"#, "0"),
    row(
      .edgeColoCode, "EdgeColoCode", "edge.colo.code", .keyword, .keyword,
      "IATA code of the data center.", #"{"EdgeColoCode":"CDG"}"#, #""CDG""#),
    row(
      .originatorRayID, "OriginatorRayID", "origin.ray.id", .keyword, .keyword,
      "Identifier of the request that issued the challenge.", #"{"OriginatorRayID":"00"}"#, #""00""#
    ),
    row(
      .source, "source", "source", .keyword, .keyword,
      "The security product.", #"{"Source":"firewallManaged"}"#, #""firewallManaged""#),
    row(
      .matchIndex, "matchIndex", "match_index", .long, .integer,
      "Place of the rule in the chain of matches.", #"{"MatchIndex":0}"#, "0"),
    row(
      .metadata, "metadata", "meta_data", .flattened, .object,
      "What the security product adds.",
      #"{"rayName":"87d0000000000001","metadata":[{"key":"kind","value":"firewall"}]}"#,
      #"{"kind":"firewall"}"#),
    row(
      .kind, "Kind", "kind", .keyword, .keyword,
      "Kind of event.", #"{"Kind":"firewall"}"#, #""firewall""#),
    row(
      .zoneName, "ZoneName", "zone.name", .keyword, .keyword,
      "Name of the zone.", #"{"ZoneName":"example.com"}"#, #""example.com""#),
    row(
      .fraudUserID, "FraudUserID", "fraud.user_id", .keyword, .keyword,
      "Identifier of the user, made by Fraud Detection.", #"{"FraudUserID":"u-1"}"#, #""u-1""#),
    row(
      .leakedCredentialCheckResult, "LeakedCredentialCheckResult", "leaked_credential_check",
      .keyword, .keyword,
      "Whether the credentials are known to have leaked.",
      #"{"LeakedCredentialCheckResult":"password_leaked"}"#, #""password_leaked""#),
    row(
      .contentScanObjResults, "ContentScanObjResults", "content_scan.results", .keyword,
      array: true, .array,
      "Results of scanning the content.", #"{"ContentScanObjResults":["clean"]}"#, #"["clean"]"#),
    row(
      .contentScanObjSizes, "ContentScanObjSizes", "content_scan.sizes", .long, array: true, .array,
      "Sizes of the scanned objects in bytes.", #"{"ContentScanObjSizes":[512]}"#, "[512]"),
    row(
      .contentScanObjTypes, "ContentScanObjTypes", "content_scan.types", .keyword, array: true,
      .array,
      "Content types of the scanned objects.", #"{"ContentScanObjTypes":["application/pdf"]}"#,
      #"["application/pdf"]"#),
    row(
      .aiSecurityInjectionScore, "AISecurityInjectionScore", "ai_security.injection_score", .long,
      .integer,
      "How likely the prompt is an injection attack.", #"{"AISecurityInjectionScore":12}"#, "12"),
    row(
      .aiSecurityTokenCount, "AISecurityTokenCount", "ai_security.token_count", .long, .integer,
      "Number of tokens in the request.", #"{"AISecurityTokenCount":154}"#, "154"),
    row(
      .aiSecurityPIICategories, "AISecurityPIICategories", "ai_security.pii_categories", .keyword,
      array: true, .array,
      "Categories of personal data in the prompt.",
      #"{"AISecurityPIICategories":["EMAIL_ADDRESS"]}"#, #"["EMAIL_ADDRESS"]"#),
    row(
      .aiSecurityUnsafeTopicCategories, "AISecurityUnsafeTopicCategories",
      "ai_security.unsafe_topic_categories", .keyword, array: true, .array,
      "Categories of unsafe topics in the prompt.", #"{"AISecurityUnsafeTopicCategories":["S1"]}"#,
      #"["S1"]"#),
    row(
      .aiSecurityCustomTopicCategories, "AISecurityCustomTopicCategories",
      "ai_security.custom_topic_categories", .flattened, .object,
      "Scores of your own topics.", #"{"AISecurityCustomTopicCategories":{"refunds":7}}"#,
      #"{"refunds":7}"#),
    row(
      .firewallForAIInjectionScore, "FirewallForAIInjectionScore",
      "firewall_for_ai.injection_score", .long, .integer,
      "Former name of `AISecurityInjectionScore`.", #"{"FirewallForAIInjectionScore":12}"#, "12"),
    row(
      .firewallForAITokenCount, "FirewallForAITokenCount", "firewall_for_ai.token_count", .long,
      .integer,
      "Former name of `AISecurityTokenCount`.", #"{"FirewallForAITokenCount":154}"#, "154"),
    row(
      .firewallForAIPIICategories, "FirewallForAIPIICategories", "firewall_for_ai.pii_categories",
      .keyword, array: true, .array,
      "Former name of `AISecurityPIICategories`.",
      #"{"FirewallForAIPIICategories":["EMAIL_ADDRESS"]}"#, #"["EMAIL_ADDRESS"]"#),
    row(
      .firewallForAIUnsafeTopicCategories, "FirewallForAIUnsafeTopicCategories",
      "firewall_for_ai.unsafe_topic_categories", .keyword, array: true, .array,
      "Former name of `AISecurityUnsafeTopicCategories`.",
      #"{"FirewallForAIUnsafeTopicCategories":["S1"]}"#, #"["S1"]"#),
    row(
      .wafRequestSignatureCategories, "WAFRequestSignatureCategories",
      "waf_request_signature.categories", .keyword, array: true, .array,
      "Categories of the WAF signatures that matched.",
      #"{"WAFRequestSignatureCategories":["sqli"]}"#, #"["sqli"]"#),
    row(
      .wafRequestSignatureRefs, "WAFRequestSignatureRefs", "waf_request_signature.refs", .keyword,
      array: true, .array,
      "References of the WAF signatures that matched.", #"{"WAFRequestSignatureRefs":["sig-1"]}"#,
      #"["sig-1"]"#),
  ]
}
