/// A field name of Sigma's categories `webserver` and `proxy`, and what it reads of an event.
///
/// These read Cloudflare's fields, whatever the table: a web rule gives the same verdict with any profile.
///
/// [Sigma taxonomy](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-appendix-taxonomy.md)
struct SigmaField: Sendable {
  let name: String
  /// Other names for the same.
  let aliases: [String]
  /// What it stands for, for people.
  let meaning: String
  /// Rows that make its value: the first that gives one. None if Cloudflare's events do not have it.
  let rows: [FieldMapping]

  private init(
    _ name: String, also aliases: [String] = [], _ meaning: String,
    _ type: FieldMapping.TargetType = .keyword,
    _ rows: [(fields: [CloudflareField], transform: FieldMapping.Transform)] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.meaning = meaning
    self.rows = rows.map { FieldMapping($0.fields, to: name, type, $0.transform, meaning) }
  }

  private static let target: [CloudflareField] = [.clientRequestPath, .clientRequestQuery]
  private static let url: [CloudflareField] =
    [.clientRequestScheme, .clientRequestHost, .clientRequestPath, .clientRequestQuery]
  private static let referer: [(fields: [CloudflareField], transform: FieldMapping.Transform)] = [
    ([.clientRequestReferer], .keyword),
    (
      [.clientRefererScheme, .clientRefererHost, .clientRefererPath, .clientRefererQuery], .referrer
    ),
  ]
  private static let absent = "not in Cloudflare's firewall events"

  /// All names.
  static let all: [SigmaField] = [
    SigmaField(
      "cs-uri-query", also: ["cs-uri"], "path and query, as requested", .keyword,
      [(target, .pathAndQuery)]),
    SigmaField(
      "c-uri", "the whole URL; without scheme or host, path and query", .keyword,
      [(url, .url), (target, .pathAndQuery)]),
    SigmaField(
      "c-uri-query", "ClientRequestQuery without ? at its start", .keyword,
      [([.clientRequestQuery], .query)]),
    SigmaField(
      "c-uri-path", also: ["cs-uri-stem"], "ClientRequestPath", .keyword,
      [([.clientRequestPath], .keyword)]),
    SigmaField(
      "c-uri-extension", "what follows the last dot of the path's last part", .keyword,
      [([.clientRequestPath], .fileExtension)]),
    SigmaField("cs-method", "ClientRequestMethod", .keyword, [([.clientRequestMethod], .keyword)]),
    SigmaField("sc-status", "EdgeResponseStatus", .long, [([.edgeResponseStatus], .integer)]),
    SigmaField(
      "cs-host", also: ["r-dns"], "the host without port and trailing dot", .keyword,
      [([.clientRequestHost], .host(.nameOrAddress))]),
    SigmaField(
      "c-useragent", also: ["cs-user-agent"], "ClientRequestUserAgent", .keyword,
      [([.clientRequestUserAgent], .keyword)]),
    SigmaField(
      "cs-referer", also: ["cs-referrer"], "the referrer, whole or from its parts", .keyword,
      referer),
    SigmaField(
      "c-ip", also: ["src_ip"], "ClientIP, if it is an address", .ip, [([.clientIP], .address)]),
    SigmaField("cs-bytes", "ClientRequestBytes", .long, [([.clientRequestBytes], .integer)]),
    SigmaField(
      "cs-version", "ClientRequestProtocol without HTTP/", .keyword,
      [([.clientRequestProtocol], .httpVersion)]),
    SigmaField("cs-username", absent),
    SigmaField("cs-cookie", absent),
    SigmaField("cs-content-type", absent),
    SigmaField("dst_ip", absent),
  ]

  /// The fields in which a value without a field name is searched.
  static let keywordFields = [
    "cs-method", "cs-uri-query", "cs-host", "c-useragent", "cs-referer", "sc-status",
  ]

  /// The name under which a value is derived: the first of those that stand for the same.
  static func canonical(_ name: String) -> String {
    all.first { $0.aliases.contains(name) }?.name ?? name
  }

  /// Whether Cloudflare's events lack what a name stands for.
  static func isAbsent(_ name: String) -> Bool {
    all.contains { $0.name == name && $0.rows.isEmpty }
  }

  /// A text table of all names.
  static var table: String {
    let keywords = ("(no name)", "one of " + keywordFields.joined(separator: ", "))
    let rows =
      [("SIGMA", "WHAT IT READS")]
      + all.flatMap { field in ([field.name] + field.aliases).map { ($0, field.meaning) } } + [
        keywords
      ]
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, meaning in
      name + String(repeating: " ", count: width - name.count + 2) + meaning + "\n"
    }.joined()
  }
}
