extension IndicatorSet {
  /// The indicators that a document matches, once for each field that matched.
  public func matches(in document: ECSEvent) -> [IndicatorMatch] {
    guard !isEmpty else { return [] }
    var matches: [IndicatorMatch] = []
    let time = document.timestamp.flatMap { Timestamp($0) }
    for (field, value) in observables(of: document) {
      let key = IndicatorKey(field.kind, value)
      guard let key else { continue }
      for indicator in indicators(key, of: value, at: time) {
        matches.append(IndicatorMatch(indicator: indicator, field: field.name, atomic: value))
      }
    }
    for (name, value) in [
      ("source.ip", document.source.ip), ("destination.ip", document.destination.ip),
    ] {
      guard let value, let address = IPAddress(value) else { continue }
      for length in networkLengths(isIPv6: address.version == .v6) {
        for indicator in indicators(IndicatorKey(address, length: length), of: value, at: time)
        where !indicator.isCommandAndControl || name == "destination.ip" {
          matches.append(IndicatorMatch(indicator: indicator, field: name, atomic: value))
        }
      }
    }
    return matches
  }

  private func observables(
    of document: ECSEvent
  ) -> [(field: (name: String, kind: Indicator.Kind), value: String)] {
    let url = document.url
    let query = url.query.map { $0.hasPrefix("?") ? $0 : "?" + $0 } ?? ""
    let request = url.path.map { $0 + query }
    var authority = url.domain
    if let port = url.port { authority = authority.map { "\($0):\(port)" } }
    var whole: String?
    // A path or a host that is not valid in a URL gives no URL.
    let isURL =
      url.path?.hasPrefix("/") ?? true
      && !(url.domain ?? "").utf8.contains { "/?#".utf8.contains($0) }
    if isURL, let scheme = url.scheme, let authority {
      whole = "\(scheme)://\(authority)\(request ?? query)"
    }
    let rows: [(String, Indicator.Kind, String?)] = [
      ("url.domain", .domain, url.domain),
      ("url.registered_domain", .domain, url.registeredDomain),
      ("destination.domain", .domain, document.destination.domain),
      ("destination.registered_domain", .domain, document.destination.registeredDomain),
      ("url.full", .url, whole),
      ("url.original", .url, request),
      ("user_agent.original", .userAgent, document.userAgent.original),
    ]
    return rows.compactMap { name, kind, value in value.map { ((name, kind), $0) } }
  }
}

extension IndicatorKey {
  /// The key of a text.
  init?(_ kind: Indicator.Kind, _ text: String) {
    self.init(kind, text.utf8.span, 0..<text.utf8.count)
  }
}
