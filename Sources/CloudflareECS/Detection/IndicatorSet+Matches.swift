extension IndicatorSet {
  /// The indicators that a document matches, once for each field that matched. At most ten indicators of one
  /// observable are listed; ``IndicatorSet/Match/others`` counts the rest.
  public func matches(in document: ECSEvent) -> [Match] {
    guard !isEmpty else { return [] }
    let time = document.timestamp.flatMap { Timestamp($0) }
    var matches: [Match] = []
    for row in ComparedValues(document).rows {
      forEachKey(of: row) { key in
        let found = indicators(key, at: time, isDestination: row.isDestination)
        for indicator in found.listed {
          matches.append(Match(indicator: indicator, field: row.field, atomic: row.value))
        }
        if !found.listed.isEmpty { matches[matches.count - 1].others = found.others }
        return false
      }
    }
    return matches
  }

  /// Whether a record has a value of the set. False positives are rare: neither the validity of
  /// an indicator nor its labels are checked.
  func has(_ record: borrowing Record, _ text: Span<UInt8>) -> Bool {
    ComparedValues(record, text).rows.contains { row in forEachKey(of: row) { has($0) } }
  }

  /// Calls `body` with each key that an indicator of a value may have, until it returns true. Returns whether
  /// it did.
  @discardableResult
  private func forEachKey(
    of row: ComparedValues.Row, _ body: (borrowing IndicatorKey) -> Bool
  ) -> Bool {
    switch row.kind {
    case .ipv4, .ipv6:
      guard let address = IPAddress(row.value).map({ $0.mappedIPv4 ?? $0 }) else { return false }
      return networkLengths(isIPv6: address.version == .v6).contains { length in
        body(IndicatorKey(address, length: length))
      }
    case .domain:
      let key = IndicatorKey(row.kind, row.value)
      guard let key, key.kind == .domain else { return false }
      return body(key) || row.isHost && hasZones && forEachZone(of: key, body)
    case .url, .userAgent:
      let key = IndicatorKey(row.kind, row.value)
      guard let key else { return false }
      return body(key)
    }
  }

  /// A name, and the names above it.
  private func forEachZone(
    of name: borrowing IndicatorKey, _ body: (borrowing IndicatorKey) -> Bool
  ) -> Bool {
    name.bytes.withSpan { text in
      var start = 0
      while start < text.count {
        if body(IndicatorKey(zone: text.extracting(start..<text.count))) { return true }
        start = text.firstOffset(of: .dot, in: start..<text.count) &+ 1
      }
      return false
    }
  }
}
