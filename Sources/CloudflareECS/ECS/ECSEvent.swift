/// One document in Elastic Common Schema. The targets of the built-in profiles are properties,
/// grouped by ECS field set; all other targets are in ``other``.
///
/// Properties that are nil or empty are not written. The others are written in the order of their
/// declaration.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
///     document.source.ip               // "203.0.113.28"
///     document.event.type              // ["denied"]
///
/// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-field-reference)
public struct ECSEvent: ECSFieldSet, Hashable, Sendable {
  /// `message`: the raw record (`sekoia`) or a summary for people (`elastic`).
  public var message: String?
  /// `event`: the event itself.
  public var event = Event()
  /// `@timestamp`: when the event happened, as RFC 3339 in UTC.
  public var timestamp: String?
  /// `source`: the client that sent the request.
  public var source = Source()
  /// `destination`: the host that received the request.
  public var destination = Destination()
  /// `http`: the HTTP request and response.
  public var http = HTTP()
  /// `url`: the requested URL.
  public var url = URL()
  /// `network`: the protocols.
  public var network = Network()
  /// `user_agent`: the visitor's user agent.
  public var userAgent = UserAgent()
  /// `tls`: the TLS connection.
  public var tls = TLS()
  /// `rule`: the rule that matched.
  public var rule = Rule()
  /// `threat`: the threat that an alert reports.
  public var threat = Threat()
  /// `observer`: the product that observed the event.
  public var observer = Observer()
  /// `cloudflare`: Cloudflare's own fields in the `sekoia` profile.
  public var cloudflare: JSONObject = JSONObject()
  /// `cloudflare_logpush`: Cloudflare's own fields in the `elastic` profile.
  public var cloudflareLogpush: JSONObject = JSONObject()
  /// `related`: all addresses, hosts and users of the event, for searching.
  public var related = Related()
  /// `error`: the issues of the document.
  public var error = Failure()
  /// `ecs`: the ECS version.
  public var ecs = Version()
  /// `data_stream`: the data stream that the document belongs to.
  public var dataStream = DataStream()
  /// Targets of custom profiles that have no property, as a tree by the parts of their paths.
  public var other = JSONObject()

  /// A document without fields.
  public init() {}

  mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
    visitor.field("message", &message)
    visitor.group("event", &event)
    visitor.field("@timestamp", &timestamp)
    visitor.group("source", &source)
    visitor.group("destination", &destination)
    visitor.group("http", &http)
    visitor.group("url", &url)
    visitor.group("network", &network)
    visitor.group("user_agent", &userAgent)
    visitor.group("tls", &tls)
    visitor.group("rule", &rule)
    visitor.group("threat", &threat)
    visitor.group("observer", &observer)
    visitor.field("cloudflare", &cloudflare)
    visitor.field("cloudflare_logpush", &cloudflareLogpush)
    visitor.group("related", &related)
    visitor.group("error", &error)
    visitor.group("ecs", &ecs)
    visitor.group("data_stream", &dataStream)
  }
}
