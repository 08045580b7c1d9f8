extension ElasticNormalizer {
  /// Unchanged values under the names that Elastic's integration exports, which its dashboards and saved searches
  /// read. ECS has a field for each except the last, often with a derived value.
  static let asGiven: [FieldMapping] = [
    row(
      .action, "action", .keyword, .keyword,
      "What the firewall did, as given.", #"{"Action":"managedChallenge"}"#,
      #""managedChallenge""#),
    row(
      .clientRequestHost, "client.request.host", .keyword, .keyword,
      "The host as given.", #"{"ClientRequestHost":"www.example.com:8443"}"#,
      #""www.example.com:8443""#),
    row(
      .clientRequestMethod, "client.request.method", .keyword, .keyword,
      "HTTP method as given.", #"{"ClientRequestMethod":"GET"}"#, #""GET""#),
    row(
      .clientRequestPath, "client.request.path", .matchOnlyText, .keyword,
      "Path as given.", #"{"ClientRequestPath":"/static/favicon.ico"}"#,
      #""/static/favicon.ico""#),
    row(
      .clientRequestProtocol, "client.request.protocol", .keyword, .keyword,
      "Protocol as given.", #"{"ClientRequestProtocol":"HTTP/1.1"}"#, #""HTTP/1.1""#),
    row(
      .clientRequestQuery, "client.request.query", .keyword, .keyword,
      "Query string as given.", #"{"ClientRequestQuery":"?a=b"}"#, #""?a=b""#),
    row(
      .clientRequestScheme, "client.request.scheme", .matchOnlyText, .keyword,
      "Scheme as given.", #"{"ClientRequestScheme":"https"}"#, #""https""#),
    row(
      .clientRequestUserAgent, "client.request.user.agent", .matchOnlyText, .keyword,
      "User agent as given.", #"{"ClientRequestUserAgent":"curl/8.5.0"}"#, #""curl/8.5.0""#),
    row(
      .edgeResponseStatus, "edge.response.status", .long, .integer,
      "Status that Cloudflare returned.", #"{"EdgeResponseStatus":403}"#, "403"),
    row(
      .rayID, "ray.id", .keyword, .keyword,
      "Identifier of the request.", #"{"RayID":"7299f155dda47d6b"}"#, #""7299f155dda47d6b""#),
    row(
      .ref, "ref", .keyword, .keyword,
      "What the user gave to the rule.", #"{"Ref":"block-probes"}"#, #""block-probes""#),
  ]

  private static func row(
    _ field: CloudflareField, _ name: String, _ type: FieldMapping.TargetType,
    _ transform: FieldMapping.Transform,
    _ summary: String, _ record: String, _ value: String
  ) -> FieldMapping {
    FieldMapping(
      field, to: dataset + "." + name, type, transform, summary, example: record, gives: value)
  }
}
