/// The profile `sekoia`: documents as SEKOIA.IO's Cloudflare intake describes them, with all documented
/// fields filled. The default.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
///     let document = SekoiaNormalizer.normalize(event).document
///     document.event.type                      // ["denied"]
///     document.source.geo.countryName          // "us"
///
/// [SEKOIA.IO: Cloudflare](https://docs.sekoia.io/integration/categories/network_security/cloudflare/)
public enum SekoiaNormalizer: Normalizer {
  /// The table.
  public static let fields: [FieldMapping] = [
    // The record and what is always the same.
    FieldMapping(
      [], to: "message", .matchOnlyText, .record,
      "The raw record.",
      example: #"{"Action":"block"}"#, gives: #""{\"Action\":\"block\"}""#),
    .constant("event", to: "event.kind", "Kind of event."),
    .constant(["network"], to: "event.category", "Category of event."),
    .constant("firewall-events", to: "event.dataset", "Name of the dataset."),
    .constant("Cloudflare", to: "observer.vendor", "Who made the observer."),
    .constant("firewall", to: "observer.type", "What the observer is."),

    // When, and what was done.
    FieldMapping(
      .datetime, to: "@timestamp", .date, .timestamp(.microseconds),
      "When the event happened, in UTC with six fraction digits.",
      example: #"{"Datetime":1657630626219000000}"#, gives: #""2022-07-12T12:57:06.219000Z""#),
    FieldMapping(
      .action, to: "event.action", .keyword, .keyword,
      "What the firewall did, by Cloudflare's name.",
      example: #"{"Action":"managedChallenge"}"#, gives: #""managedChallenge""#),
    FieldMapping(
      .action, to: "event.type", .keyword, array: true, .eventType(closed: ["end"]),
      "What that means: `denied`, `allowed`, `end` or `info`.",
      example: #"{"Action":"managed_challenge_bypassed"}"#, gives: #"["allowed"]"#),
    FieldMapping(
      .source, to: "event.module", .keyword, .prefixed("cloudflare."),
      "The security product, as a module of Cloudflare.",
      example: #"{"Source":"firewallManaged"}"#, gives: #""cloudflare.firewallManaged""#),

    // Who asked.
    FieldMapping(
      .clientIP, to: "source.address", .keyword, .keyword,
      "The visitor's address as given.",
      example: #"{"ClientIP":"203.0.113.28"}"#, gives: #""203.0.113.28""#),
    FieldMapping(
      .clientIP, to: "source.ip", .ip, .address,
      "The visitor's address, if it is one.",
      example: #"{"ClientIP":"2001:db8::1"}"#, gives: #""2001:db8::1""#),
    FieldMapping(
      .clientIP, to: "related.ip", .ip, array: true, .address,
      "All addresses of the event.",
      example: #"{"ClientIP":"203.0.113.28","ClientRequestHost":"192.0.2.7"}"#, gives: #"["203.0.113.28","192.0.2.7"]"#),
    FieldMapping(
      .clientSrcPort, to: "source.port", .long, .integer,
      "The visitor's port.",
      example: #"{"ClientSrcPort":51234}"#, gives: "51234"),
    FieldMapping(
      .clientASN, to: "source.as.number", .long, .integer,
      "Number of the visitor's autonomous system.",
      example: #"{"ClientASN":"64500"}"#, gives: "64500"),
    FieldMapping(
      .clientASNDescription, to: "cloudflare.clientASNDescription", .keyword, .keyword,
      "Name of the visitor's autonomous system.",
      example: #"{"ClientASNDescription":"EXAMPLE-NET"}"#, gives: #""EXAMPLE-NET""#),
    FieldMapping(
      .clientCountry, to: "source.geo.country_name", .keyword, .keyword,
      "The visitor's country, by its code as given.",
      example: #"{"ClientCountry":"us"}"#, gives: #""us""#),
    FieldMapping(
      .clientIPClass, to: "cloudflare.ClientIPClass", .keyword, .keyword,
      "How Cloudflare classifies the visitor's address.",
      example: #"{"ClientIPClass":"tor"}"#, gives: #""tor""#),
    FieldMapping(
      .clientRequestUserAgent, to: "user_agent.original", .keyword, .keyword,
      "The visitor's user agent.",
      example: #"{"ClientRequestUserAgent":"curl/8.5.0"}"#, gives: #""curl/8.5.0""#),

    // What was asked for.
    FieldMapping(
      .clientRequestHost, to: "destination.address", .keyword, .host(.address),
      "The host as given, without its port.",
      example: #"{"ClientRequestHost":"www.Example.com.:8443"}"#, gives: #""www.Example.com.""#),
    FieldMapping(
      .clientRequestHost, to: "destination.domain", .keyword, .host(.name),
      "The host's name.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: #""www.example.com""#),
    FieldMapping(
      .clientRequestHost, to: "destination.ip", .ip, .host(.ip),
      "The host's address, if the host is one.",
      example: #"{"ClientRequestHost":"[2001:db8::7]:8443"}"#, gives: #""2001:db8::7""#),
    FieldMapping(
      .clientRequestHost, to: "destination.port", .long, .host(.port),
      "The port in the host.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: "8443"),
    FieldMapping(
      .clientRequestHost, to: "destination.top_level_domain", .keyword, .host(.topLevelDomain),
      "The host's public suffix.",
      example: #"{"ClientRequestHost":"www.example.co.uk"}"#, gives: #""co.uk""#),
    FieldMapping(
      .clientRequestHost, to: "destination.registered_domain", .keyword, .host(.registeredDomain),
      "The public suffix and one label more.",
      example: #"{"ClientRequestHost":"www.example.co.uk"}"#, gives: #""example.co.uk""#),
    FieldMapping(
      .clientRequestHost, to: "destination.subdomain", .keyword, .host(.subdomain),
      "What stands before the registered domain.",
      example: #"{"ClientRequestHost":"a.b.example.co.uk"}"#, gives: #""a.b""#),
    FieldMapping(
      .clientRequestHost, to: "url.domain", .keyword, .host(.nameOrAddress),
      "The host's name, or its address, brackets kept.",
      example: #"{"ClientRequestHost":"[2001:db8::7]:8443"}"#, gives: #""[2001:db8::7]""#),
    FieldMapping(
      .clientRequestHost, to: "url.port", .long, .host(.port),
      "The port in the host.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: "8443"),
    FieldMapping(
      .clientRequestHost, to: "url.top_level_domain", .keyword, .host(.topLevelDomain),
      "The host's public suffix.",
      example: #"{"ClientRequestHost":"foo-bar.xyz"}"#, gives: #""xyz""#),
    FieldMapping(
      .clientRequestHost, to: "url.registered_domain", .keyword, .host(.registeredDomain),
      "The public suffix and one label more.",
      example: #"{"ClientRequestHost":"foo-bar.xyz"}"#, gives: #""foo-bar.xyz""#),
    FieldMapping(
      .clientRequestHost, to: "url.subdomain", .keyword, .host(.subdomain),
      "What stands before the registered domain.",
      example: #"{"ClientRequestHost":"www.foo-bar.xyz"}"#, gives: #""www""#),
    FieldMapping(
      .clientRequestHost, to: "related.hosts", .keyword, array: true, .host(.name),
      "All host names of the event.",
      example: #"{"ClientRequestHost":"www.example.com"}"#, gives: #"["www.example.com"]"#),
    FieldMapping(
      .clientRequestHost, to: "related.ip", .ip, array: true, .host(.ip),
      "All addresses of the event.",
      example: #"{"ClientRequestHost":"192.0.2.7:8080"}"#, gives: #"["192.0.2.7"]"#),
    FieldMapping(
      .clientRequestScheme, to: "url.scheme", .keyword, .keyword,
      "Scheme of the URL.",
      example: #"{"ClientRequestScheme":"https"}"#, gives: #""https""#),
    FieldMapping(
      .clientRequestPath, to: "url.path", .wildcard, .keyword,
      "Path of the URL.",
      example: #"{"ClientRequestPath":"/static/favicon.ico"}"#, gives: #""/static/favicon.ico""#),
    FieldMapping(
      .clientRequestQuery, to: "url.query", .keyword, .keyword,
      "Query string, its `?` kept.",
      example: #"{"ClientRequestQuery":"?id=1"}"#, gives: #""?id=1""#),
    FieldMapping(
      .clientRequestMethod, to: "http.request.method", .keyword, .keyword,
      "HTTP method, letter case kept.",
      example: #"{"ClientRequestMethod":"GET"}"#, gives: #""GET""#),
    FieldMapping(
      .clientRequestBytes, to: "http.request.bytes", .long, .integer,
      "Size of the request in bytes.",
      example: #"{"ClientRequestBytes":712}"#, gives: "712"),
    FieldMapping(
      .clientRequestReferer, to: "http.request.referrer", .keyword, .keyword,
      "The referer; put together from its parts where it is not given whole.",
      example: #"{"ClientRequestReferer":"https://example.com/","ClientRefererHost":"example.org"}"#, gives: #""https://example.com/""#),
    FieldMapping(
      [.clientRefererScheme, .clientRefererHost, .clientRefererPath, .clientRefererQuery], to: "http.request.referrer", .keyword, .referrer,
      "The referer; put together from its parts where it is not given whole.",
      example: #"{"ClientRefererScheme":"https","ClientRefererHost":"example.com","ClientRefererPath":"/a","ClientRefererQuery":"b=1"}"#, gives: #""https://example.com/a?b=1""#),
    FieldMapping(
      .clientRefererScheme, to: "cloudflare.ClientRefererScheme", .keyword, .keyword,
      "Scheme of the referer.",
      example: #"{"ClientRefererScheme":"https"}"#, gives: #""https""#),
    FieldMapping(
      .clientRefererHost, to: "cloudflare.ClientRefererHost", .keyword, .keyword,
      "Host of the referer.",
      example: #"{"ClientRefererHost":"example.com"}"#, gives: #""example.com""#),
    FieldMapping(
      .clientRefererPath, to: "cloudflare.ClientRefererPath", .keyword, .keyword,
      "Path of the referer.",
      example: #"{"ClientRefererPath":"/a"}"#, gives: #""/a""#),
    FieldMapping(
      .clientRefererQuery, to: "cloudflare.ClientRefererQuery", .keyword, .keyword,
      "Query of the referer.",
      example: #"{"ClientRefererQuery":"?b=1"}"#, gives: #""?b=1""#),
    FieldMapping(
      .clientRequestProtocol, to: "http.version", .keyword, .keyword,
      "Version of HTTP, as given.",
      example: #"{"ClientRequestProtocol":"HTTP/1.1"}"#, gives: #""HTTP/1.1""#),
    FieldMapping(
      .clientRequestProtocol, to: "network.protocol", .keyword, .keyword,
      "Protocol, as given.",
      example: #"{"ClientRequestProtocol":"HTTP/2"}"#, gives: #""HTTP/2""#),
    FieldMapping(
      .clientSSLCipher, to: "tls.cipher", .keyword, .keyword,
      "Cipher of the connection.",
      example: #"{"ClientSSLCipher":"AEAD-AES128-GCM-SHA256"}"#, gives: #""AEAD-AES128-GCM-SHA256""#),
    FieldMapping(
      .clientSSLProtocol, to: "tls.version_protocol", .keyword, .tlsProtocol,
      "Protocol of the connection, in lower case without its number.",
      example: #"{"ClientSSLProtocol":"TLSv1.3"}"#, gives: #""tls""#),

    // What was answered.
    FieldMapping(
      .edgeResponseStatus, to: "http.response.status_code", .long, .integer,
      "Status that Cloudflare returned.",
      example: #"{"EdgeResponseStatus":403}"#, gives: "403"),
    FieldMapping(
      .edgeResponseStatus, to: "cloudflare.EdgeResponseStatus", .long, .integer,
      "Status that Cloudflare returned.",
      example: #"{"EdgeResponseStatus":403}"#, gives: "403"),
    FieldMapping(
      .originResponseStatus, to: "cloudflare.OriginResponseStatus", .long, .integer,
      "Status of the origin; 0 if it was not asked.",
      example: #"{"OriginResponseStatus":0}"#, gives: "0"),
    FieldMapping(
      .edgeColoCode, to: "cloudflare.EdgeColoCode", .keyword, .keyword,
      "IATA code of the data center.",
      example: #"{"EdgeColoCode":"CDG"}"#, gives: #""CDG""#),

    // The request and the rule that matched.
    FieldMapping(
      .rayID, to: "cloudflare.RayID", .keyword, .keyword,
      "Identifier of the request.",
      example: #"{"RayID":"7299f155dda47d6b"}"#, gives: #""7299f155dda47d6b""#),
    FieldMapping(
      .originatorRayID, to: "cloudflare.OriginatorRayID", .keyword, .keyword,
      "Identifier of the request that issued the challenge.",
      example: #"{"OriginatorRayID":"00"}"#, gives: #""00""#),
    FieldMapping(
      .ruleID, to: "rule.id", .keyword, .keyword,
      "Identifier of the rule.",
      example: #"{"RuleID":100016}"#, gives: #""100016""#),
    FieldMapping(
      .rulesetID, to: "rule.ruleset", .keyword, .keyword,
      "Ruleset of the rule.",
      example: #"{"rulesetId":"efb7b8c949ac4650a09736fc376e9aee"}"#, gives: #""efb7b8c949ac4650a09736fc376e9aee""#),
    FieldMapping(
      .description, to: "rule.description", .keyword, .keyword,
      "Description of the rule.",
      example: #"{"Description":"Version Control - Information Disclosure"}"#, gives: #""Version Control - Information Disclosure""#),
    FieldMapping(
      .ref, to: "rule.reference", .keyword, .keyword,
      "Identifier that the user gave to the rule.",
      example: #"{"Ref":"block-probes"}"#, gives: #""block-probes""#),
    FieldMapping(
      .source, to: "cloudflare.source", .keyword, .keyword,
      "The security product.",
      example: #"{"Source":"firewallManaged"}"#, gives: #""firewallManaged""#),
    FieldMapping(
      .matchIndex, to: "cloudflare.matchIndex", .long, .integer,
      "Place of the rule in the chain of matches.",
      example: #"{"MatchIndex":0}"#, gives: "0"),
    FieldMapping(
      .metadata, to: "cloudflare.metadata", .flattened, .object,
      "What the security product adds.",
      example: #"{"metadata":[{"key":"kind","value":"firewall"}]}"#, gives: #"{"kind":"firewall"}"#),
    FieldMapping(
      .kind, to: "cloudflare.Kind", .keyword, .keyword,
      "Kind of event.",
      example: #"{"Kind":"firewall"}"#, gives: #""firewall""#),
    FieldMapping(
      .zoneName, to: "cloudflare.ZoneName", .keyword, .keyword,
      "Name of the zone.",
      example: #"{"ZoneName":"example.com"}"#, gives: #""example.com""#),
    FieldMapping(
      .fraudUserID, to: "cloudflare.FraudUserID", .keyword, .keyword,
      "Identifier of the user, made by Fraud Detection.",
      example: #"{"FraudUserID":"u-1"}"#, gives: #""u-1""#),
    FieldMapping(
      .leakedCredentialCheckResult, to: "cloudflare.LeakedCredentialCheckResult", .keyword, .keyword,
      "Whether the credentials are known to have leaked.",
      example: #"{"LeakedCredentialCheckResult":"password_leaked"}"#, gives: #""password_leaked""#),

    // Scans and scores.
    FieldMapping(
      .contentScanObjResults, to: "cloudflare.ContentScanObjResults", .keyword, array: true, .array,
      "Results of scanning the content.",
      example: #"{"ContentScanObjResults":["clean"]}"#, gives: #"["clean"]"#),
    FieldMapping(
      .contentScanObjSizes, to: "cloudflare.ContentScanObjSizes", .long, array: true, .array,
      "Sizes of the scanned objects in bytes.",
      example: #"{"ContentScanObjSizes":[512]}"#, gives: "[512]"),
    FieldMapping(
      .contentScanObjTypes, to: "cloudflare.ContentScanObjTypes", .keyword, array: true, .array,
      "Content types of the scanned objects.",
      example: #"{"ContentScanObjTypes":["application/pdf"]}"#, gives: #"["application/pdf"]"#),
    FieldMapping(
      .aiSecurityInjectionScore, to: "cloudflare.AISecurityInjectionScore", .long, .integer,
      "How likely the prompt is an injection attack.",
      example: #"{"AISecurityInjectionScore":12}"#, gives: "12"),
    FieldMapping(
      .aiSecurityTokenCount, to: "cloudflare.AISecurityTokenCount", .long, .integer,
      "Number of tokens in the request.",
      example: #"{"AISecurityTokenCount":154}"#, gives: "154"),
    FieldMapping(
      .aiSecurityPIICategories, to: "cloudflare.AISecurityPIICategories", .keyword, array: true, .array,
      "Categories of personal data in the prompt.",
      example: #"{"AISecurityPIICategories":["EMAIL_ADDRESS"]}"#, gives: #"["EMAIL_ADDRESS"]"#),
    FieldMapping(
      .aiSecurityUnsafeTopicCategories, to: "cloudflare.AISecurityUnsafeTopicCategories", .keyword, array: true, .array,
      "Categories of unsafe topics in the prompt.",
      example: #"{"AISecurityUnsafeTopicCategories":["S1"]}"#, gives: #"["S1"]"#),
    FieldMapping(
      .aiSecurityCustomTopicCategories, to: "cloudflare.AISecurityCustomTopicCategories", .flattened, .object,
      "Scores of your own topics.",
      example: #"{"AISecurityCustomTopicCategories":{"refunds":7}}"#, gives: #"{"refunds":7}"#),
    FieldMapping(
      .firewallForAIInjectionScore, to: "cloudflare.FirewallForAIInjectionScore", .long, .integer,
      "Former name of AISecurityInjectionScore.",
      example: #"{"FirewallForAIInjectionScore":12}"#, gives: "12"),
    FieldMapping(
      .firewallForAITokenCount, to: "cloudflare.FirewallForAITokenCount", .long, .integer,
      "Former name of AISecurityTokenCount.",
      example: #"{"FirewallForAITokenCount":154}"#, gives: "154"),
    FieldMapping(
      .firewallForAIPIICategories, to: "cloudflare.FirewallForAIPIICategories", .keyword, array: true, .array,
      "Former name of AISecurityPIICategories.",
      example: #"{"FirewallForAIPIICategories":["EMAIL_ADDRESS"]}"#, gives: #"["EMAIL_ADDRESS"]"#),
    FieldMapping(
      .firewallForAIUnsafeTopicCategories, to: "cloudflare.FirewallForAIUnsafeTopicCategories", .keyword, array: true, .array,
      "Former name of AISecurityUnsafeTopicCategories.",
      example: #"{"FirewallForAIUnsafeTopicCategories":["S1"]}"#, gives: #"["S1"]"#),
    FieldMapping(
      .wafRequestSignatureCategories, to: "cloudflare.WAFRequestSignatureCategories", .keyword, array: true, .array,
      "Categories of the WAF signatures that matched.",
      example: #"{"WAFRequestSignatureCategories":["sqli"]}"#, gives: #"["sqli"]"#),
    FieldMapping(
      .wafRequestSignatureRefs, to: "cloudflare.WAFRequestSignatureRefs", .keyword, array: true, .array,
      "References of the WAF signatures that matched.",
      example: #"{"WAFRequestSignatureRefs":["sig-1"]}"#, gives: #"["sig-1"]"#),

    // All the rest.
    FieldMapping(
      [], to: "cloudflare.*", .flattened, .unmapped,
      "Every member that is not listed here, under its own name.",
      example: #"{"Action":"block","BotScore":12345678901234567890}"#, gives: #"{"BotScore":12345678901234567890}"#),
  ]
}
