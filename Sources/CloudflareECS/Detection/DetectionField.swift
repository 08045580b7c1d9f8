/// An ECS field that a condition can test. The raw value is its name.
///
/// Comparisons are the same in every profile. They ignore the case of the letters A–Z. Of `event.action`
/// only letters are compared (`managed_challenge` is `managedchallenge`), `url.query` is compared without
/// leading `?`, and hosts without port and trailing dot. An empty value counts as missing.
///
///     Condition.equals(.host, "api.telegram.org")
///
/// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-field-reference)
public enum DetectionField: String, CaseIterable, Hashable, Codable, Sendable {
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
  /// `source.address`: the client's address.
  case sourceAddress = "source.address"

  /// Compares the cases. The default would compare the raw values, which are texts, several times for each
  /// event.
  public static func == (left: DetectionField, right: DetectionField) -> Bool {
    left.index == right.index
  }

  /// The index in ``allCases``.
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

  /// The Cloudflare field from which both built-in profiles derive it.
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

  /// Prepares a text for comparison with values of the field: escapes it as in JSON and folds letters.
  /// For ``action`` keeps only letters.
  func folded(_ text: String) -> [UInt8] {
    if self == .action { return text.utf8.filter(\.isLetter).map(\.lowercased) }
    var escaped = OutputBuffer(minimumCapacity: 64)
    escaped.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    return escaped.array.map(\.lowercased)
  }
}
