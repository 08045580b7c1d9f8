/// A field of a document that a condition can ask about. The raw value is its ECS name.
///
/// Comparisons are the same in every profile: letters A–Z are folded, `event.action` counts by its
/// letters only (`managed_challenge` is `managedchallenge`), `url.query` without leading `?`, host
/// names without port and trailing dot. An empty value is a missing one.
///
///     Condition.equals(.host, "api.telegram.org")
///
/// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-field-reference)
public enum DetectionField: String, CaseIterable, Hashable, Sendable {
  /// `event.action`: what Cloudflare did.
  case action = "event.action"
  /// `user_agent.original`: the user agent.
  case userAgent = "user_agent.original"
  /// `url.path`: the path.
  case path = "url.path"
  /// `url.query`: the query, without `?` at its start.
  case query = "url.query"
  /// `url.domain`: the host, a name or an address.
  case host = "url.domain"
  /// `url.scheme`: the scheme.
  case scheme = "url.scheme"
  /// `http.request.method`: the method.
  case method = "http.request.method"
  /// `source.address`: who asked.
  case sourceAddress = "source.address"

  /// The place in ``allCases``.
  var index: Int {
    switch self {
    case .action: 0
    case .userAgent: 1
    case .path: 2
    case .query: 3
    case .host: 4
    case .scheme: 5
    case .method: 6
    case .sourceAddress: 7
    }
  }

  /// The Cloudflare field that both built-in profiles make it of.
  var source: CloudflareField {
    switch self {
    case .action: .action
    case .userAgent: .clientRequestUserAgent
    case .path: .clientRequestPath
    case .query: .clientRequestQuery
    case .host: .clientRequestHost
    case .scheme: .clientRequestScheme
    case .method: .clientRequestMethod
    case .sourceAddress: .clientIP
    }
  }

  /// A text as it is compared with values of the field: escaped as in JSON, letters folded; for
  /// ``action`` its letters only.
  func folded(_ text: String) -> [UInt8] {
    if self == .action { return text.utf8.filter(\.isLetter).map(\.lowercased) }
    var escaped = OutputBuffer(minimumCapacity: 64)
    escaped.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    return escaped.array.map(\.lowercased)
  }
}
