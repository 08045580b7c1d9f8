/// The profile `elastic`: strict ECS 9.4.0, with the names and types of the data stream
/// `cloudflare_logpush.firewall_event`.
///
/// What could not be converted is said in `error.message`, and `event.kind` is `pipeline_error` then.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
///     let document = ElasticNormalizer().normalize(event).document
///     document.source.geo.countryName      // "United States"
///     document.event.outcome               // "success"
///
/// - [ECS 9.4 field reference](https://www.elastic.co/docs/reference/ecs/ecs-field-reference)
/// - [Elastic: Cloudflare Logpush](https://www.elastic.co/docs/reference/integrations/cloudflare_logpush)
public struct ElasticNormalizer: Normalizer {
  /// The module and the dataset of the integration, by which its data stream and its own fields are named.
  static let module = "cloudflare_logpush"
  static let dataset = module + ".firewall_event"

  /// The namespace of the data stream, if none is asked for.
  public static let defaultNamespace = "default"

  private let parsesUserAgents: Bool
  /// The table for another namespace than the default one.
  private let namedTable: MappingTable?

  /// The profile.
  /// - Parameters:
  ///   - namespace: the namespace of the data stream.
  ///   - parsesUserAgents: whether documents have the parts of the user agent: see ``UserAgent``.
  public init(namespace: String = defaultNamespace, parsesUserAgents: Bool = false) {
    self.parsesUserAgents = parsesUserAgents
    namedTable =
      namespace == Self.defaultNamespace
      ? nil : Self.defaultTable(parsesUserAgents).named(namespace: namespace)
  }

  /// The table. It is compiled when it is first asked for.
  public var table: MappingTable { namedTable ?? Self.defaultTable(parsesUserAgents) }

  private static func defaultTable(_ parsesUserAgents: Bool) -> MappingTable {
    parsesUserAgents ? parsingUserAgents : standard
  }

  private static let standard = MappingTable(checked: rows)
  private static let parsingUserAgents = MappingTable(checked: rows + UserAgentFields.elastic)

  private static var rows: [FieldMapping] {
    constants + own + CommonFields.rows + VendorFields.elastic + asGiven
  }

  private static var constants: [FieldMapping] {
    [
      .constant("9.4.0", to: "ecs.version", "Version of ECS."),
      .constant(module, to: "event.module", "Name of the module."),
      .constant(dataset, to: "event.dataset", "Name of the dataset."),
      .constant("logs", to: "data_stream.type", as: .constantKeyword, "Type of the data stream."),
      .constant(
        dataset, to: "data_stream.dataset", as: .constantKeyword,
        "Dataset of the data stream."),
      .constant(
        defaultNamespace, to: MappingTable.namespaceTarget, as: .constantKeyword,
        "Namespace of the data stream."),
      .constant("WAF", to: "observer.product", "What the observer is called."),
    ]
  }

  /// Who asked for what, an arrow, what was done by which rule, and the status.
  private static let sentence =
    "[{ClientIP}][ ([{ClientCountry|upper}][, [AS{ClientASN|integer}][ {ClientASNDescription}]])]"
    + "[ {ClientRequestMethod}]"
    + "[ [{ClientRequestScheme}://]{ClientRequestHost}[{ClientRequestPath}][{ClientRequestQuery|query}]]"
    + "[ {!ClientRequestHost}{ClientRequestPath}[{ClientRequestQuery|query}]]"
    + "[ → [{Action|action}][ by[ {Source|category}][ {RuleID}]]]"
    + "[ ({EdgeResponseStatus|integer})]"

  private static let own: [FieldMapping] = [
    FieldMapping(
      [], to: "event.original", .keyword, .record,
      "The raw record.",
      example: #"{"Action":"block"}"#, gives: #""{\"Action\":\"block\"}""#),
    FieldMapping(
      template: sentence, otherwise: "Cloudflare firewall event", to: "message", .matchOnlyText,
      "One sentence about the event.",
      example: FieldMapping.Example(
        record:
          #"{"Action":"block","ClientASN":64500,"ClientASNDescription":"EXAMPLE-NET","ClientCountry":"us","ClientIP":"203.0.113.7","ClientRequestHost":"example.com","ClientRequestMethod":"GET","ClientRequestPath":"/.env","ClientRequestScheme":"https","EdgeResponseStatus":403,"RuleID":"100016","Source":"firewallManaged"}"#,
        value:
          #""203.0.113.7 (US, AS64500 EXAMPLE-NET) GET https://example.com/.env → block by WAF managed rules 100016 (403)""#
      )),
    FieldMapping(
      [], to: "event.kind", .keyword, .kind("event", withProblems: "pipeline_error"),
      "Kind of event; `pipeline_error` if something could not be converted.",
      example: #"{"Action":"block","Datetime":"soon"}"#, gives: #""pipeline_error""#),
    FieldMapping(
      [], to: "error.message", .matchOnlyText, .problems,
      "What could not be converted, and why.",
      example: #"{"Action":"block","Datetime":1657630626,"ClientASN":"none"}"#,
      gives: #""ClientASN: has a value of the wrong type""#),
    FieldMapping(
      .datetime, to: "@timestamp", .date, .timestamp(.shortest),
      "When the event happened, in UTC with the fewest digits that lose nothing.",
      example: #"{"Datetime":1657630626219000001}"#, gives: #""2022-07-12T12:57:06.219000001Z""#),
    FieldMapping(
      .action, to: "event.action", .keyword, .foldedAction,
      "What the firewall did, in one spelling; an action that is not known in lower case.",
      example: #"{"Action":"managedChallenge"}"#, gives: #""managedchallenge""#),
    FieldMapping(
      .action, to: "event.type", .keyword, array: true, .eventType(closed: ["denied", "end"]),
      "What that means: `denied`, `allowed`, `end` or `info`.",
      example: #"{"Action":"connectionClose"}"#, gives: #"["denied","end"]"#),
    FieldMapping(
      .action, to: "event.outcome", .keyword, .outcome,
      "Whether the firewall did what it was told.",
      example: #"{"Action":"challengeFailed"}"#, gives: #""failure""#),
    FieldMapping(
      .clientIP, to: "network.type", .keyword, .addressType,
      "Kind of the visitor's address.",
      example: #"{"ClientIP":"2001:db8::1"}"#, gives: #""ipv6""#),
    FieldMapping(
      .clientASNDescription, to: "source.as.organization.name", .keyword, .keyword,
      "Name of the visitor's autonomous system.",
      example: #"{"ClientASNDescription":"EXAMPLE-NET"}"#, gives: #""EXAMPLE-NET""#),
    FieldMapping(
      .clientCountry, to: "source.geo.country_iso_code", .keyword, .country(.code),
      "The visitor's country: its code in ISO 3166-1, upper case.",
      example: #"{"ClientCountry":"us"}"#, gives: #""US""#),
    FieldMapping(
      .clientCountry, to: "source.geo.country_name", .keyword, .country(.name),
      "The visitor's country: its name in English.",
      example: #"{"ClientCountry":"us"}"#, gives: #""United States""#),
    FieldMapping(
      .clientCountry, to: dataset + ".client.country", .keyword,
      .country(.other),
      "The visitor's country where ISO 3166-1 has no such code.",
      example: #"{"ClientCountry":"T1"}"#, gives: #""T1""#),
    FieldMapping(
      .clientRefererHost, to: "related.hosts", .keyword, array: true, .keyword,
      "All host names of the event.",
      example: #"{"ClientRefererHost":"example.org","ClientRequestHost":"example.com"}"#,
      gives: #"["example.org","example.com"]"#),
    FieldMapping(
      .clientRequestProtocol, to: "http.version", .keyword, .httpVersion,
      "Version of HTTP.",
      example: #"{"ClientRequestProtocol":"HTTP/1.1"}"#, gives: #""1.1""#),
    FieldMapping(
      .clientRequestProtocol, to: "network.protocol", .keyword, .httpName,
      "Protocol, in lower case.",
      example: #"{"ClientRequestProtocol":"HTTP/2"}"#, gives: #""http""#),
    FieldMapping(
      .clientRequestPath, to: "url.extension", .keyword, .fileExtension,
      "Extension of the file asked for.",
      example: #"{"ClientRequestPath":"/static/favicon.ico"}"#, gives: #""ico""#),
    FieldMapping(
      .clientRequestQuery, to: "url.query", .keyword, .query,
      "Query string, without its `?`.",
      example: #"{"ClientRequestQuery":"?a=b"}"#, gives: #""a=b""#),
    FieldMapping(
      [.clientRequestScheme, .clientRequestHost, .clientRequestPath, .clientRequestQuery],
      to: "url.full", .wildcard, .url,
      "The whole URL.",
      example:
        #"{"ClientRequestScheme":"https","ClientRequestHost":"example.com:8443","ClientRequestPath":"/a","ClientRequestQuery":"b=1"}"#,
      gives: #""https://example.com:8443/a?b=1""#),
    FieldMapping(
      [.clientRequestPath, .clientRequestQuery], to: "url.original", .wildcard, .pathAndQuery,
      "Path and query as they came.",
      example: #"{"ClientRequestPath":"/a","ClientRequestQuery":"?b=1"}"#, gives: #""/a?b=1""#),
    FieldMapping(
      .clientSSLProtocol, to: "tls.version", .keyword, .tlsVersion,
      "Version of TLS.",
      example: #"{"ClientSSLProtocol":"TLSv1.3"}"#, gives: #""1.3""#),
    FieldMapping(
      .rayID, to: "http.request.id", .keyword, .keyword,
      "Identifier of the request.",
      example: #"{"RayID":"7299f155dda47d6b"}"#, gives: #""7299f155dda47d6b""#),
    FieldMapping(
      [.rayID, .ruleID, .matchIndex], to: "event.id", .keyword, .joined(by: "-"),
      "An identifier that no other event has.",
      example: #"{"RayID":"7299f155dda47d6b","RuleID":"100016","MatchIndex":0}"#,
      gives: #""7299f155dda47d6b-100016-0""#),
    FieldMapping(
      .description, to: "event.reason", .keyword, .keyword,
      "Description of the rule.",
      example: #"{"Description":"Version Control - Information Disclosure"}"#,
      gives: #""Version Control - Information Disclosure""#),
    FieldMapping(
      .ref, to: "rule.reference", .keyword, .webReference,
      "What the user gave to the rule, if it is a URL.",
      example: #"{"Ref":"https://example.com/rules/7"}"#, gives: #""https://example.com/rules/7""#),
    FieldMapping(
      .source, to: "event.provider", .keyword, .keyword,
      "The security product.",
      example: #"{"Source":"firewallManaged"}"#, gives: #""firewallManaged""#),
    FieldMapping(
      .source, to: "rule.category", .keyword, .sourceCategory,
      "Readable name of the security product.",
      example: #"{"Source":"firewallManaged"}"#, gives: #""WAF managed rules""#),
    FieldMapping(
      .fraudUserID, to: "related.user", .keyword, array: true, .keyword,
      "Users of the event.",
      example: #"{"FraudUserID":"u-1"}"#, gives: #"["u-1"]"#),
    FieldMapping(
      [], to: dataset + ".unmapped.*", .flattened, .unmapped,
      "Every member that is not listed here, under its own name.",
      example: #"{"Action":"block","BotScore":12345678901234567890}"#,
      gives: #"{"BotScore":12345678901234567890}"#),
  ]
}
