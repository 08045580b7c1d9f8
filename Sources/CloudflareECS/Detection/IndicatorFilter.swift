/// A Bloom filter that checks for every event whether it may match an indicator of a set.
///
/// It never misses a match, and has about one false positive in a thousand events, whatever the number
/// of indicators: each takes 32 to 64 bits, of which it sets three, all in one word. Values are hashed
/// as they are in the record, so nothing is decoded or copied:
///
/// - an address: its network for every prefix length in the set. If the set has no IPv4 networks, IPv4
///   addresses are hashed as text, because each has only one spelling;
/// - a host: its name, and the part after each dot, because one of these parts may be the registered domain
///   or a zone; the part after the last dot only if the set has a top-level domain;
/// - a URL: its host and the first 16 bytes of its path; without a host only the path;
/// - a user agent: the whole text, if the set has one of about that length.
struct IndicatorFilter: Sendable {
  private enum Kind: UInt64 { case ipv4, ipv6, domain, url, path, userAgent }

  private var words: [UInt64]
  /// A bit for each kind that the set contains, by its raw value.
  private var kinds: UInt64 = 0
  private let ipv4Lengths: [UInt8]
  private let ipv6Lengths: [UInt8]
  /// Whether IPv4 addresses are hashed as text.
  private let hasWholeIPv4Only: Bool
  /// Whether the part of a host after its last dot may match.
  private let hasTopLevelZones: Bool

  /// The lengths of user agents, one bit for eight lengths.
  private var userAgentLengths: UInt64 = 0

  /// The indices of the fields in a record.
  private let address = CloudflareField.clientIP.index
  private let host = CloudflareField.clientRequestHost.index
  private let path = CloudflareField.clientRequestPath.index
  private let userAgent = CloudflareField.clientRequestUserAgent.index

  /// Makes a filter for a set. Indicators added to the set later are not in the filter.
  init(_ set: IndicatorSet) {
    var size = 1
    while size * 2 < set.observableCount { size *= 2 }
    words = [UInt64](repeating: 0, count: size)
    ipv4Lengths = set.networkLengths(isIPv6: false)
    ipv6Lengths = set.networkLengths(isIPv6: true)
    hasWholeIPv4Only = ipv4Lengths.allSatisfy { $0 == 32 }
    hasTopLevelZones = set.hasTopLevelZones
    var escaped = OutputBuffer(minimumCapacity: 256)
    set.forEachKey { kind, key in
      if kind == .network { return insert(network: key) }
      escaped.removeAll()
      escaped.append(jsonContent: key, 0..<key.count)
      escaped.withSpan { insert(kind, $0) }
    }
  }

  // MARK: Filling

  private mutating func insert(network key: Span<UInt8>) {
    let (low, high, length) = (key.word(at: 1), key.word(at: 9), key[17])
    if key[0] == 4, hasWholeIPv4Only {
      let text = IPAddress(.v4, bits: UInt128(low)).description.utf8
      insert(.ipv4, Self.hash(beginning: text.span, 0..<text.count))
    } else {
      insert(key[0] == 6 ? .ipv6 : .ipv4, Self.hash(network: low, high, length))
    }
  }

  /// Inserts a key that is escaped as in JSON.
  private mutating func insert(_ kind: IndicatorKey.Kind, _ key: Span<UInt8>) {
    let whole = 0..<key.count
    switch kind {
    case .network: break
    case .domain, .zone: insert(.domain, Self.hash(name: key, whole))
    case .userAgent:
      userAgentLengths |= Self.lengthBit(key.count)
      insert(.userAgent, Self.hash(key, whole))
    case .url:
      guard let authority = key.authority(of: whole) else {
        return insert(.path, Self.hash(path: key, whole, host: 0))
      }
      let host = Self.hash(name: key, key.hostName(authority))
      let path = authority.upperBound..<key.count
      insert(.url, Self.hash(path: key, path, host: host))
    }
  }

  private mutating func insert(_ kind: Kind, _ hash: UInt64) {
    kinds |= 1 &<< kind.rawValue
    let (index, bits) = Self.spread(kind, hash, words.count)
    words[index] |= bits
  }

  // MARK: Checking

  /// Whether a value of an event may match.
  func mayMatch(_ fields: borrowing Record, _ text: Span<UInt8>) -> Bool {
    let words = words.span
    let address = Self.value(fields, address, text)
    if hasAddress(text, address, words) { return true }
    let host = Self.value(fields, host, text)
    let path = Self.value(fields, path, text)
    if !host.isEmpty, hasHost(text, host, path, words) { return true }
    if has(.path) || has(.url), mayHavePath(fields, path, text, words) { return true }
    guard has(.userAgent) else { return false }
    let agent = Self.value(fields, userAgent, text)
    return userAgentLengths & Self.lengthBit(agent.count) != 0
      && Self.contains(.userAgent, Self.hash(text, agent), words)
  }

  /// Whether an indicator may match the path and query alone: one that is a path, or a URL if the path is one.
  @inline(__always)
  private func mayHavePath(
    _ fields: borrowing Record, _ path: Range<Int>, _ text: Span<UInt8>, _ words: Span<UInt64>
  ) -> Bool {
    if path.isEmpty { return false }
    // A URL in place of a path: the full comparison decides.
    guard text[path.lowerBound] == .slash else { return true }
    return has(.path) && Self.contains(.path, Self.hash(path: text, path, host: 0), words)
  }

  @inline(__always)
  private func has(_ kind: Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }

  @inline(__always)
  private static func value(
    _ fields: borrowing Record, _ index: Int, _ text: Span<UInt8>
  ) -> Range<Int> {
    guard let slice = fields[index] else { return 0..<0 }
    switch slice.kind {
    case .string: return slice.content
    case .integer, .decimal, .boolean: return slice.range
    case .array, .object, .null, .absent: return 0..<0
    }
  }

  @inline(__always)
  private static func contains(_ kind: Kind, _ hash: UInt64, _ words: Span<UInt64>) -> Bool {
    let (index, bits) = spread(kind, hash, words.count)
    return words[index] & bits == bits
  }

  @inline(__always)
  private func hasAddress(
    _ text: Span<UInt8>, _ address: Range<Int>, _ words: Span<UInt64>
  ) -> Bool {
    guard has(.ipv4) || has(.ipv6), !address.isEmpty else { return false }
    // The first group of an IPv6 address has at most four digits, so a colon is in the first word.
    let isIPv6 = text.word(address.lowerBound, min(address.count, 8)).marks(of: .colon) != 0
    if !isIPv6, hasWholeIPv4Only {
      return Self.contains(.ipv4, Self.hash(beginning: text, address), words)
    }
    return hasNetwork(IPAddress(text.extracting(address)), words)
  }

  private func hasNetwork(_ address: IPAddress?, _ words: Span<UInt64>) -> Bool {
    guard let address else { return false }
    let isIPv6 = address.version == .v6
    if isIPv6, let mapped = address.mappedIPv4 {
      if !hasWholeIPv4Only { return hasNetwork(mapped, words) }
      let text = mapped.description.utf8
      return Self.contains(.ipv4, Self.hash(beginning: text.span, 0..<text.count), words)
    }
    for length in isIPv6 ? ipv6Lengths : ipv4Lengths {
      let bits = address.network(length)
      let high = UInt64(truncatingIfNeeded: bits &>> 64)
      let hash = Self.hash(network: UInt64(truncatingIfNeeded: bits), high, length)
      if Self.contains(isIPv6 ? .ipv6 : .ipv4, hash, words) { return true }
    }
    return false
  }

  @inline(__always)
  private func hasHost(
    _ text: Span<UInt8>, _ host: Range<Int>, _ path: Range<Int>, _ words: Span<UInt64>
  ) -> Bool {
    // The common case: a name without port and trailing dot, and not an address.
    guard text[host.upperBound &- 1].isLetter, let marks = text.marks(in: host),
      !marks.needsReading
    else { return hasOtherHost(text, host, path, words) }
    return hasName(text, host, dots: marks.dots, path, words)
  }

  @inline(never)
  private func hasOtherHost(
    _ text: Span<UInt8>, _ host: Range<Int>, _ path: Range<Int>, _ words: Span<UInt64>
  ) -> Bool {
    let parts = RequestHost(text.extracting(host))
    let start = host.lowerBound
    if let literal = parts.literal {
      // An IPv6 address has several spellings, so the full comparison decides about a URL with one.
      if literal.address.version == .v6, has(.url) { return true }
      let address = (start &+ literal.range.lowerBound)..<(start &+ literal.range.upperBound)
      if hasAddress(text, address, words) { return true }
    }
    let name = (start &+ parts.name.lowerBound)..<(start &+ parts.name.upperBound)
    if name.isEmpty { return false }
    // The name is too long for the marks, or has letters beyond ASCII: the full comparison decides.
    guard let marks = text.marks(in: name), !marks.isBeyondASCII else { return true }
    return hasName(text, name, dots: marks.dots, path, words)
  }

  @inline(__always)
  private func hasName(
    _ text: Span<UInt8>, _ name: Range<Int>, dots: UInt64, _ path: Range<Int>,
    _ words: Span<UInt64>
  ) -> Bool {
    guard has(.domain) || has(.url) else { return false }
    let hash = Self.hash(name: text, name)
    if has(.domain) {
      if Self.contains(.domain, hash, words) { return true }
      var dots = dots
      if !hasTopLevelZones, dots != 0 { dots &= ~(1 &<< UInt64(63 &- dots.leadingZeroBitCount)) }
      while dots != 0 {
        let start = name.lowerBound &+ dots.trailingZeroBitCount &+ 1
        let part = Self.hash(name: text, start..<name.upperBound)
        if Self.contains(.domain, part, words) { return true }
        dots &= dots &- 1
      }
    }
    return has(.url) && Self.contains(.url, Self.hash(path: text, path, host: hash), words)
  }

  @inline(__always)
  private static func lengthBit(_ count: Int) -> UInt64 {
    1 &<< UInt64(min(count &>> 3, 63))
  }

  // MARK: Bits

  /// The index of a hash's word, and the bits that it sets there.
  @inline(__always)
  private static func spread(
    _ kind: Kind, _ hash: UInt64, _ count: Int
  ) -> (index: Int, bits: UInt64) {
    let mixed = hash &+ kind.rawValue &* factor
    let bits: UInt64 = 1 &<< (mixed & 63) | 1 &<< (mixed &>> 6 & 63) | 1 &<< (mixed &>> 12 & 63)
    return (Int(truncatingIfNeeded: mixed &>> 18) & (count &- 1), bits)
  }
}
