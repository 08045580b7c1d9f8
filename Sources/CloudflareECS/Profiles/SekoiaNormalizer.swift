/// The profile `sekoia`: documents as SEKOIA.IO's Cloudflare intake describes them, with all documented
/// fields filled. The default.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
///     document.event.type                      // ["denied"]
///     document.source.geo.countryName          // "us"
///
/// [SEKOIA.IO: Cloudflare](https://docs.sekoia.io/integration/categories/network_security/cloudflare/)
public struct SekoiaNormalizer: Normalizer {
  private let parsesUserAgents: Bool

  /// The profile.
  ///
  /// - Parameter parsesUserAgents: whether documents have the parts of the user agent: see ``UserAgent``.
  public init(parsesUserAgents: Bool = false) { self.parsesUserAgents = parsesUserAgents }

  /// The table.
  public var table: MappingTable { parsesUserAgents ? Self.parsingUserAgents : Self.standard }

  private static let standard = MappingTable(checked: rows + [unmapped])
  private static let parsingUserAgents = MappingTable(
    checked: rows + UserAgentFields.sekoia + [unmapped])

  private static var rows: [FieldMapping] { own + CommonFields.rows + VendorFields.sekoia }

  private static let own: [FieldMapping] = [
    FieldMapping(
      [], to: "message", .matchOnlyText, .record,
      "The raw record.",
      example: #"{"Action":"block"}"#, gives: #""{\"Action\":\"block\"}""#),
    .constant("event", to: "event.kind", "Kind of event."),
    .constant("firewall-events", to: "event.dataset", "Name of the dataset."),
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
    FieldMapping(
      .clientCountry, to: "source.geo.country_name", .keyword, .keyword,
      "The visitor's country, by its code as given.",
      example: #"{"ClientCountry":"us"}"#, gives: #""us""#),
    FieldMapping(
      .clientRequestQuery, to: "url.query", .keyword, .keyword,
      "Query string, its `?` kept.",
      example: #"{"ClientRequestQuery":"?id=1"}"#, gives: #""?id=1""#),
    FieldMapping(
      .clientRequestProtocol, to: "http.version", .keyword, .keyword,
      "Version of HTTP, as given.",
      example: #"{"ClientRequestProtocol":"HTTP/1.1"}"#, gives: #""HTTP/1.1""#),
    FieldMapping(
      .clientRequestProtocol, to: "network.protocol", .keyword, .keyword,
      "Protocol, as given.",
      example: #"{"ClientRequestProtocol":"HTTP/2"}"#, gives: #""HTTP/2""#),
    FieldMapping(
      .edgeResponseStatus, to: "cloudflare.EdgeResponseStatus", .long, .integer,
      "Status that Cloudflare returned.",
      example: #"{"EdgeResponseStatus":403}"#, gives: "403"),
    FieldMapping(
      .rayID, to: "cloudflare.RayID", .keyword, .keyword,
      "Identifier of the request.",
      example: #"{"RayID":"7299f155dda47d6b"}"#, gives: #""7299f155dda47d6b""#),
    FieldMapping(
      .ref, to: "rule.reference", .keyword, .keyword,
      "Identifier that the user gave to the rule.",
      example: #"{"Ref":"block-probes"}"#, gives: #""block-probes""#),
  ]

  private static let unmapped = FieldMapping(
    [], to: "cloudflare.unmapped.*", .flattened, .unmapped,
    "Every member that is not listed here, under its own name.",
    example: #"{"Action":"block","BotScore":12345678901234567890}"#,
    gives: #"{"BotScore":12345678901234567890}"#)
}
