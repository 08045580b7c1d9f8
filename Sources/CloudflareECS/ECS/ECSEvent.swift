/// One document in Elastic Common Schema: the fields that the built-in profiles can fill, each in the
/// struct of its ECS field set, and whatever else in JSON trees.
///
/// A field that is nil, an array or a struct without content is not written. Fields are written in the
/// order in which they stand here.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
///     document.source.ip               // "203.0.113.28"
///     document.event.type              // ["denied"]
///
/// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-field-reference)
public struct ECSEvent: ECSFieldSet, Hashable, Sendable {
  /// `message`: the raw record (`sekoia`) or a sentence for people (`elastic`).
  public var message: String?
  /// `event`: about the event itself.
  public var event = Event()
  /// `@timestamp`: when the event happened: RFC 3339 in UTC.
  public var timestamp: String?
  /// `source`: where the request came from.
  public var source = Source()
  /// `destination`: where the request went.
  public var destination = Destination()
  /// `http`: the HTTP request and response.
  public var http = HTTP()
  /// `url`: the URL that was asked for.
  public var url = URL()
  /// `network`: the protocols.
  public var network = Network()
  /// `user_agent`: the visitor's user agent.
  public var userAgent = UserAgent()
  /// `tls`: the TLS connection.
  public var tls = TLS()
  /// `rule`: the rule that matched.
  public var rule = Rule()
  /// `threat`: what an alert is about.
  public var threat = Threat()
  /// `observer`: who saw the event.
  public var observer = Observer()
  /// `cloudflare`: Cloudflare's own fields in the `sekoia` profile.
  public var cloudflare: JSONObject = JSONObject()
  /// `cloudflare_logpush`: Cloudflare's own fields in the `elastic` profile.
  public var cloudflareLogpush: JSONObject = JSONObject()
  /// `related`: all addresses, hosts and users of the event, for searching.
  public var related = Related()
  /// `error`: what could not be converted.
  public var error = Failure()
  /// `ecs`: about ECS.
  public var ecs = Version()
  /// `data_stream`: where the document belongs.
  public var dataStream = DataStream()
  /// Fields that have no property: targets of somebody's own profile, by their path.
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
