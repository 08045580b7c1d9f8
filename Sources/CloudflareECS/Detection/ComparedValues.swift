/// The values of an event that indicators are compared with. They are the same whether the event is a
/// document or a record.
struct ComparedValues {
  private var sourceIP: String?
  private var destinationIP: String?
  private var host: String?
  private var registeredDomain: String?
  private var destinationDomain: String?
  private var destinationRegisteredDomain: String?
  private var scheme: String?
  private var port: Int64?
  private var path: String?
  private var query: String?
  private var userAgent: String?

  /// A value, the ECS field that has it, and the kind of indicator that it is compared with.
  struct Row {
    let field: String
    let kind: Indicator.Kind
    let value: String
    /// Whether the value is a whole host name, so that it may be below a zone.
    var isHost = false
    var isDestination = false
  }

  /// The targets without which some kind of indicator is not compared with the client, the host or the request.
  static let targets = ["source.ip", "url.domain", "url.path", "user_agent.original"]

  init(_ document: ECSEvent) {
    sourceIP = document.source.ip
    destinationIP = document.destination.ip
    host = document.url.domain
    registeredDomain = document.url.registeredDomain
    destinationDomain = document.destination.domain
    destinationRegisteredDomain = document.destination.registeredDomain
    scheme = document.url.scheme
    port = document.url.port
    path = document.url.path
    query = Self.query(document.url)
    userAgent = document.userAgent.original
  }

  /// The values of a record, as the tables of both profiles derive them.
  init(_ record: borrowing Record, _ text: Span<UInt8>) {
    func value(_ field: CloudflareField) -> String? {
      guard let slice = record[field.index] else { return nil }
      switch slice.kind {
      case .string: return String(unescaping: text, slice.content)
      case .integer, .decimal, .boolean: return String(text, slice.range)
      case .array, .object, .null, .absent: return nil
      }
    }
    sourceIP = value(.clientIP)
    scheme = value(.clientRequestScheme)
    path = value(.clientRequestPath)
    query = value(.clientRequestQuery)
    userAgent = value(.clientRequestUserAgent)
    guard let address = value(.clientRequestHost) else { return }
    let parts = RequestHost(address)
    port = parts.port.map(Int64.init)
    let name = parts.slice(parts.name, of: address)
    host = name.isEmpty ? nil : name
    if let literal = parts.literal {
      destinationIP = parts.slice(literal.range, of: address)
    } else {
      destinationDomain = host
      let start = PublicSuffixList.boundaries(of: name.utf8.span)?.registeredStart
      registeredDomain = start.map { String(decoding: name.utf8.dropFirst($0), as: UTF8.self) }
      destinationRegisteredDomain = registeredDomain
    }
  }

  /// All values, in the order of an alert's matches.
  var rows: [Row] {
    let rows: [Row?] = [
      row("url.domain", .domain, host, isHost: true),
      row("url.registered_domain", .domain, registeredDomain),
      row("destination.domain", .domain, destinationDomain, isHost: true),
      row("destination.registered_domain", .domain, destinationRegisteredDomain),
      row("url.full", .url, url),
      row("url.original", .url, path.map { $0 + queryPart }),
      row("user_agent.original", .userAgent, userAgent),
      address("source.ip", sourceIP),
      address("destination.ip", destinationIP, isDestination: true),
    ]
    return rows.compactMap { $0 }
  }

  private func row(
    _ field: String, _ kind: Indicator.Kind, _ value: String?, isHost: Bool = false
  ) -> Row? {
    value.map { Row(field: field, kind: kind, value: $0, isHost: isHost) }
  }

  private func address(_ field: String, _ value: String?, isDestination: Bool = false) -> Row? {
    guard let value, let address = IPAddress(value) else { return nil }
    let kind = address.version == .v6 ? Indicator.Kind.ipv6 : .ipv4
    return Row(field: field, kind: kind, value: value, isDestination: isDestination)
  }

  /// The query, from the original if that has it: a table may have left out the first `?` of `??`, so that the other one
  /// would be taken for it.
  private static func query(_ url: ECSEvent.URL) -> String? {
    guard let path = url.path, let original = url.original, original.utf8.starts(with: path.utf8)
    else { return url.query }
    let rest = original.utf8.dropFirst(path.utf8.count)
    return rest.first == .questionMark ? String(decoding: rest, as: UTF8.self) : url.query
  }

  private var queryPart: String {
    query.map { $0.utf8.first == .questionMark ? $0 : "?" + $0 } ?? ""
  }

  /// The whole URL; nil if a part is missing, or has a character that would end it in a URL.
  private var url: String? {
    guard let scheme, let host, path?.utf8.first ?? .slash == .slash,
      !host.utf8.contains(where: { "/?#@".utf8.contains($0) })
    else { return nil }
    let request = (path ?? "") + queryPart
    if request.utf8.contains(UInt8(ascii: "#")) { return nil }
    return "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(request)"
  }
}
