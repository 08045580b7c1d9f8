/// Whether an event may match an indicator of a set: a Bloom filter, asked of every event.
///
/// It says yes wherever there is a match, and once in a thousand events or so else, whatever the
/// number of indicators: each takes 32 to 64 bits, three of them set, all in one word. What is hashed
/// stands in the event's record as it is, so that nothing is decoded, copied or looked up:
///
/// - of an address, the networks of every length that the set has;
/// - of a host, the name and what is behind each of its dots but the last, as one of them is the
///   registered domain;
/// - of a URL, the host and the first 16 bytes of the path; of a path with its query, only the latter;
/// - a user agent as a whole.
struct IndicatorFilter: Sendable {
  private enum Kind: UInt64 { case ipv4, ipv6, domain, url, path, userAgent }

  private var words: [UInt64]
  /// A bit for each kind that the set has, by its raw value.
  private var kinds: UInt64 = 0
  private let ipv4Lengths: [UInt8]
  private let ipv6Lengths: [UInt8]
  private static let pathLength = 16

  /// The places of the fields in an event.
  private let places = (
    address: CloudflareField.clientIP.index, host: CloudflareField.clientRequestHost.index,
    path: CloudflareField.clientRequestPath.index,
    userAgent: CloudflareField.clientRequestUserAgent.index
  )

  /// The filter of a set, which is complete.
  init(_ set: IndicatorSet) {
    var size = 1
    while size * 2 < set.entryCount { size *= 2 }
    words = [UInt64](repeating: 0, count: size)
    ipv4Lengths = set.networkLengths(isIPv6: false)
    ipv6Lengths = set.networkLengths(isIPv6: true)
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
    let kind = key[0] == 6 ? Kind.ipv6 : .ipv4
    insert(kind, Self.hash(key.word(at: 1), key.word(at: 9), UInt64(key[17])))
  }

  /// Inserts a key, escaped as in JSON.
  private mutating func insert(_ kind: IndicatorKey.Kind, _ key: Span<UInt8>) {
    let whole = 0..<key.count
    switch kind {
    case .network: break
    case .domain: insert(.domain, Self.hash(name: key, whole))
    case .userAgent: insert(.userAgent, Self.hash(key, whole))
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
    let (place, bits) = spread(kind, hash)
    words[place] |= bits
  }

  // MARK: Asking

  /// Whether something in an event may match.
  func mayMatch(_ fields: borrowing EventFields, _ text: Span<UInt8>) -> Bool {
    let words = words.span
    if has(.ipv4) || has(.ipv6) {
      let address = Self.value(fields, places.address, text)
      if !address.isEmpty, hasAddress(IPAddress(text.extracting(address)), words) { return true }
    }
    let host = Self.value(fields, places.host, text)
    if !host.isEmpty, hasHost(text, host, fields, words) { return true }
    if has(.path) {
      let path = Self.value(fields, places.path, text)
      let hash = Self.hash(path: text, path, host: 0)
      if !path.isEmpty, contains(.path, hash, words) { return true }
    }
    if has(.userAgent) {
      let agent = Self.value(fields, places.userAgent, text)
      if !agent.isEmpty, contains(.userAgent, Self.hash(text, agent), words) { return true }
    }
    return false
  }

  private func has(_ kind: Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }

  private func contains(_ kind: Kind, _ hash: UInt64, _ words: Span<UInt64>) -> Bool {
    let (place, bits) = spread(kind, hash)
    return words[place] & bits == bits
  }

  private func hasAddress(_ address: IPAddress?, _ words: Span<UInt64>) -> Bool {
    guard let address else { return false }
    let isIPv6 = address.version == .v6
    let kind = isIPv6 ? Kind.ipv6 : .ipv4
    for length in isIPv6 ? ipv6Lengths : ipv4Lengths {
      let bits = address.network(length)
      let low = UInt64(truncatingIfNeeded: bits)
      let hash = Self.hash(low, UInt64(truncatingIfNeeded: bits &>> 64), UInt64(length))
      if contains(kind, hash, words) { return true }
    }
    return false
  }

  private func hasHost(
    _ text: Span<UInt8>, _ host: Range<Int>, _ fields: borrowing EventFields,
    _ words: Span<UInt64>
  ) -> Bool {
    var name = host
    let isPlain =
      text[host.upperBound &- 1].isLetter
      && text.firstOffset(of: .colon, in: host) == host.upperBound
    if !isPlain {
      let parts = RequestHost(text.extracting(host))
      if hasAddress(parts.literal?.address, words) { return true }
      let start = host.lowerBound
      name = (start &+ parts.name.lowerBound)..<(start &+ parts.name.upperBound)
    }
    guard has(.domain) || has(.url), !name.isEmpty else { return false }
    let hash = Self.hash(name: text, name)
    if has(.domain), hasDomain(text, name, hash, words) { return true }
    guard has(.url) else { return false }
    let path = Self.value(fields, places.path, text)
    return contains(.url, Self.hash(path: text, path, host: hash), words)
  }

  private func hasDomain(
    _ text: Span<UInt8>, _ name: Range<Int>, _ hash: UInt64, _ words: Span<UInt64>
  ) -> Bool {
    if contains(.domain, hash, words) { return true }
    let end = name.upperBound
    var dot = text.firstOffset(of: .dot, in: name)
    while dot < end {
      let start = dot &+ 1
      dot = text.firstOffset(of: .dot, in: start..<end)
      if dot < end, contains(.domain, Self.hash(name: text, start..<end), words) { return true }
    }
    return false
  }

  @inline(__always)
  private static func value(
    _ fields: borrowing EventFields, _ index: Int, _ text: Span<UInt8>
  ) -> Range<Int> {
    DetectionSubject.value(of: .sourceAddress, at: index, fields, text)
  }

  // MARK: Hashes

  /// The word of a hash, and the bits in it.
  @inline(__always)
  private func spread(_ kind: Kind, _ hash: UInt64) -> (place: Int, bits: UInt64) {
    let mixed = Self.mixed(hash ^ kind.rawValue, 0x9E37_79B9_7F4A_7C15)
    let bits: UInt64 = 1 &<< (mixed & 63) | 1 &<< (mixed &>> 6 & 63) | 1 &<< (mixed &>> 12 & 63)
    return (Int(truncatingIfNeeded: mixed &>> 18) & (words.count &- 1), bits)
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func hash(_ one: UInt64, _ two: UInt64, _ three: UInt64) -> UInt64 {
    mixed(one ^ 0xD6E8_FEB8_6659_FD93, two ^ 0xA076_1D64_78BD_642F ^ three &<< 56 ^ three)
  }

  /// Of a name its length, its first eight bytes and its last sixteen, letters folded.
  @inline(__always)
  private static func hash(name text: Span<UInt8>, _ name: Range<Int>) -> UInt64 {
    let (start, end) = (name.lowerBound, name.upperBound)
    let first = text.shortWord(name).foldedLetters
    guard name.count > 8 else { return hash(first, 0, UInt64(name.count)) }
    let last = text.word(at: end &- 8).foldedLetters
    let between = text.word(at: max(start, end &- 16)).foldedLetters
    return hash(first ^ between &* 0x9E37_79B9_7F4A_7C15, last, UInt64(name.count))
  }

  /// Of a path its first 16 bytes, or those before its query; of none, `/`.
  @inline(__always)
  private static func hash(path text: Span<UInt8>, _ path: Range<Int>, host: UInt64) -> UInt64 {
    if path.isEmpty { return hash(UInt64(UInt8.slash), 0, host) }
    let start = path.lowerBound
    let limit = min(path.upperBound, start &+ pathLength)
    let end = text.firstOffset(of: .questionMark, in: start..<limit)
    let second = text.shortWord(min(start &+ 8, end)..<end)
    return hash(text.shortWord(start..<end), second, host)
  }

  @inline(__always)
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: range.count)
    var offset = range.lowerBound
    while offset &+ 16 <= range.upperBound {
      state = hash(text.word(at: offset), text.word(at: offset &+ 8), state)
      offset &+= 16
    }
    let middle = min(offset &+ 8, range.upperBound)
    return hash(
      text.shortWord(offset..<middle), text.shortWord(middle..<range.upperBound), state)
  }
}

extension UInt64 {
  /// Eight bytes with the letters A–Z in lower case.
  @inline(__always)
  fileprivate var foldedLetters: UInt64 {
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    // The high bit of each byte: at least `A`, and above `Z`.
    let isLetter =
      (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & ~self
      & 0x8080_8080_8080_8080
    return self | isLetter &>> 2
  }
}
