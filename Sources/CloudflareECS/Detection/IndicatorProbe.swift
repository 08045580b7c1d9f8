/// Looks up the values of a record in a set, without making a document.
///
/// It never misses what ``IndicatorSet/matches(in:)`` finds. False positives are rare: it ignores the
/// times of indicators, which `matches` checks.
struct IndicatorProbe: ~Copyable {
  private var value = OutputBuffer(minimumCapacity: 512)

  mutating func finds(
    _ set: IndicatorSet, _ fields: borrowing Record, _ text: Span<UInt8>
  ) -> Bool {
    decode(.clientIP, fields, text)
    if hasAddress(set) { return true }
    decode(.clientRequestHost, fields, text)
    if hasHost(set) { return true }
    decode(.clientRequestUserAgent, fields, text)
    if has(set, .userAgent) { return true }
    return hasURL(set, fields, text)
  }

  /// Replaces the buffer with the decoded value of a field.
  private mutating func decode(
    _ field: CloudflareField, _ fields: borrowing Record, _ text: Span<UInt8>
  ) {
    value.removeAll()
    append(field, fields, text)
  }

  private mutating func append(
    _ field: CloudflareField, _ fields: borrowing Record, _ text: Span<UInt8>
  ) {
    guard let slot = fields[field.index] else { return }
    switch slot.kind {
    case .string: value.appendPlain(text, content: slot.content)
    case .integer, .decimal, .boolean: value.append(text, slot.range)
    case .array, .object, .null, .absent: break
    }
  }

  private func has(_ set: IndicatorSet, _ kind: Indicator.Kind) -> Bool {
    value.withSpan { text in
      let key = IndicatorKey(kind, text, 0..<text.count)
      guard let key else { return false }
      return set.has(key)
    }
  }

  private func hasAddress(_ set: IndicatorSet) -> Bool {
    value.withSpan { text in IPAddress(text).map { Self.has($0, set) } ?? false }
  }

  private static func has(_ address: IPAddress, _ set: IndicatorSet) -> Bool {
    set.networkLengths(isIPv6: address.version == .v6).contains { length in
      set.has(IndicatorKey(address, length: length))
    }
  }

  private func hasHost(_ set: IndicatorSet) -> Bool {
    value.withSpan { text in
      let host = RequestHost(text)
      if let literal = host.literal { return Self.has(literal.address, set) }
      func has(_ range: Range<Int>) -> Bool {
        let key = IndicatorKey(.domain, text, range)
        guard let key else { return false }
        return set.has(key)
      }
      if has(host.name) { return true }
      let boundaries = PublicSuffixList.boundaries(of: text.extracting(host.name))
      guard let registered = boundaries?.registeredStart else { return false }
      return has((host.name.lowerBound + registered)..<host.name.upperBound)
    }
  }

  private mutating func hasURL(
    _ set: IndicatorSet, _ fields: borrowing Record, _ text: Span<UInt8>
  ) -> Bool {
    decode(.clientRequestPath, fields, text)
    let hasPath = value.count > 0
    appendQuery(fields, text)
    if hasPath, has(set, .url) { return true }
    decode(.clientRequestScheme, fields, text)
    guard value.count > 0 else { return false }
    value.append("://")
    let start = value.count
    append(.clientRequestHost, fields, text)
    guard value.count > start else { return false }
    let host = value.withSpan { RequestHost($0.extracting(start..<$0.count)) }
    value.truncate(to: start + host.name.upperBound)
    if let port = host.port {
      value.append(.colon)
      value.append(integer: Int64(port))
    }
    append(.clientRequestPath, fields, text)
    appendQuery(fields, text)
    return has(set, .url)
  }

  private mutating func appendQuery(_ fields: borrowing Record, _ text: Span<UInt8>) {
    let start = value.count
    value.append(.questionMark)
    append(.clientRequestQuery, fields, text)
    if value.count == start + 1 {
      value.truncate(to: start)
    } else if value.withSpan({ $0[start + 1] }) == .questionMark {
      var query = OutputBuffer(minimumCapacity: 64)
      value.withSpan { query.append($0, (start + 2)..<$0.count) }
      value.truncate(to: start + 1)
      query.withSpan { value.append($0) }
    }
  }
}
