/// Whether an event may match an indicator of a set: a Bloom filter, asked of every event.
///
/// It says yes wherever there is a match, and once in a thousand events or so else, whatever the
/// number of indicators: each takes 32 to 64 bits, three of them set, all in one word. What is hashed
/// stands in the event's record as it is, so that nothing is decoded or copied:
///
/// - of an address the networks of every length that the set has; IPv4 addresses as they are written,
///   which is in one way only, if there are no networks of them;
/// - of a host the name, and what is behind each of its dots but the last, as one of them is the
///   registered domain;
/// - of a URL the host and the first 16 bytes of the path; of a path with its query only the latter;
/// - a user agent as a whole.
struct IndicatorFilter: Sendable {
  private enum Kind: UInt64 { case ipv4, ipv6, domain, url, path, userAgent }

  private var words: [UInt64]
  /// A bit for each kind that the set has, by its raw value.
  private var kinds: UInt64 = 0
  private let ipv4Lengths: [UInt8]
  private let ipv6Lengths: [UInt8]
  /// Whether IPv4 addresses are hashed as text.
  private let hasWholeIPv4Only: Bool

  /// The places of the fields in an event.
  private let address = CloudflareField.clientIP.index
  private let host = CloudflareField.clientRequestHost.index
  private let path = CloudflareField.clientRequestPath.index
  private let scheme = CloudflareField.clientRequestScheme.index
  private let userAgent = CloudflareField.clientRequestUserAgent.index

  /// The filter of a set, which is complete.
  init(_ set: IndicatorSet) {
    var size = 1
    while size * 2 < set.entryCount { size *= 2 }
    words = [UInt64](repeating: 0, count: size)
    ipv4Lengths = set.networkLengths(isIPv6: false)
    ipv6Lengths = set.networkLengths(isIPv6: true)
    hasWholeIPv4Only = ipv4Lengths.allSatisfy { $0 == 32 }
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
    let (place, bits) = Self.spread(kind, hash, words.count)
    words[place] |= bits
  }

  // MARK: Asking

  /// Whether something in an event may match.
  func mayMatch(_ fields: borrowing EventFields, _ text: Span<UInt8>) -> Bool {
    let words = words.span
    let address = Self.value(fields, address, text)
    if hasAddress(text, address, words) { return true }
    let host = Self.value(fields, host, text)
    let path = Self.value(fields, path, text)
    if !host.isEmpty, hasHost(text, host, path, words) { return true }
    if has(.path), mayHavePath(fields, path, text, words) { return true }
    guard has(.userAgent) else { return false }
    let agent = Self.value(fields, userAgent, text)
    return !agent.isEmpty && Self.contains(.userAgent, Self.hash(text, agent), words)
  }

  /// Whether what has no scheme and host may match: a path, or a URL whose scheme is none.
  @inline(__always)
  private func mayHavePath(
    _ fields: borrowing EventFields, _ path: Range<Int>, _ text: Span<UInt8>, _ words: Span<UInt64>
  ) -> Bool {
    if !path.isEmpty, Self.contains(.path, Self.hash(path: text, path, host: 0), words) {
      return true
    }
    let scheme = Self.value(fields, scheme, text)
    // Too long for a scheme, or with what ends one: left to those who compare.
    guard scheme.count <= 8 else { return true }
    let word = text.word(scheme.lowerBound, scheme.count)
    return word.marks(of: .slash) | word.marks(of: .questionMark) | word.marks(of: .colon) != 0
  }

  @inline(__always)
  private func has(_ kind: Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }

  @inline(__always)
  private static func value(
    _ fields: borrowing EventFields, _ index: Int, _ text: Span<UInt8>
  ) -> Range<Int> {
    DetectionSubject.value(of: .sourceAddress, at: index, fields, text)
  }

  @inline(__always)
  private static func contains(_ kind: Kind, _ hash: UInt64, _ words: Span<UInt64>) -> Bool {
    let (place, bits) = spread(kind, hash, words.count)
    return words[place] & bits == bits
  }

  @inline(__always)
  private func hasAddress(
    _ text: Span<UInt8>, _ address: Range<Int>, _ words: Span<UInt64>
  ) -> Bool {
    guard has(.ipv4) || has(.ipv6), !address.isEmpty else { return false }
    // The first group of an IPv6 address has four digits at most.
    let isIPv6 = text.word(address.lowerBound, min(address.count, 8)).marks(of: .colon) != 0
    guard has(isIPv6 ? .ipv6 : .ipv4) else { return false }
    if !isIPv6, hasWholeIPv4Only {
      return Self.contains(.ipv4, Self.hash(beginning: text, address), words)
    }
    return hasNetwork(IPAddress(text.extracting(address)), words)
  }

  private func hasNetwork(_ address: IPAddress?, _ words: Span<UInt64>) -> Bool {
    guard let address else { return false }
    let isIPv6 = address.version == .v6
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
    // A name without port and dot at the end, and not an address.
    guard text[host.upperBound &- 1].isLetter, let marks = text.marks(in: host),
      marks.colons == 0
    else { return hasOtherHost(text, host, path, words) }
    return hasName(text, host, dots: marks.dots, path, words)
  }

  @inline(never)
  private func hasOtherHost(
    _ text: Span<UInt8>, _ host: Range<Int>, _ path: Range<Int>, _ words: Span<UInt64>
  ) -> Bool {
    let parts = RequestHost(text.extracting(host))
    let start = host.lowerBound
    if let literal = parts.literal?.range {
      let address = (start &+ literal.lowerBound)..<(start &+ literal.upperBound)
      if hasAddress(text, address, words) { return true }
    }
    let name = (start &+ parts.name.lowerBound)..<(start &+ parts.name.upperBound)
    if name.isEmpty { return false }
    // What is too long for the marks is left to those who compare.
    guard let marks = text.marks(in: name) else { return true }
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
      // All but the last one.
      var dots = dots & ~(dots == 0 ? 0 : 1 &<< UInt64(63 &- dots.leadingZeroBitCount))
      while dots != 0 {
        let start = name.lowerBound &+ dots.trailingZeroBitCount &+ 1
        let part = Self.hash(name: text, start..<name.upperBound)
        if Self.contains(.domain, part, words) { return true }
        dots &= dots &- 1
      }
    }
    return has(.url) && Self.contains(.url, Self.hash(path: text, path, host: hash), words)
  }

  // MARK: Hashes

  /// The word of a hash, and the bits in it.
  @inline(__always)
  private static func spread(
    _ kind: Kind, _ hash: UInt64, _ count: Int
  ) -> (place: Int, bits: UInt64) {
    let mixed = hash &+ kind.rawValue &* factor
    let bits: UInt64 = 1 &<< (mixed & 63) | 1 &<< (mixed &>> 6 & 63) | 1 &<< (mixed &>> 12 & 63)
    return (Int(truncatingIfNeeded: mixed &>> 18) & (count &- 1), bits)
  }

  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = (one ^ 0xD6E8_FEB8_6659_FD93)
      .multipliedFullWidth(by: other ^ 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  private static func hash(network low: UInt64, _ high: UInt64, _ length: UInt8) -> UInt64 {
    mixed(low ^ UInt64(length) &<< 56, high)
  }

  /// Of a name its length, its first eight bytes and its last sixteen, letters folded.
  @inline(__always)
  private static func hash(name text: Span<UInt8>, _ name: Range<Int>) -> UInt64 {
    let count = name.count
    let first = text.word(name.lowerBound, min(count, 8)).foldedLetters
    guard count > 8 else { return mixed(first, UInt64(count)) }
    let last = text.word(at: name.upperBound &- 8).foldedLetters
    let between = count > 16 ? text.word(at: name.upperBound &- 16).foldedLetters : 0
    return mixed(first &+ between &* factor, last ^ UInt64(count))
  }

  /// Of a path its first 16 bytes, or those before its query; of none, `/`.
  @inline(__always)
  private static func hash(path text: Span<UInt8>, _ path: Range<Int>, host: UInt64) -> UInt64 {
    if path.isEmpty { return mixed(UInt64(UInt8.slash) ^ host, 0) }
    let (start, count) = (path.lowerBound, path.count)
    var first = text.word(start, min(count, 8))
    var second = count > 8 ? text.word(start &+ 8, min(count &- 8, 8)) : 0
    if first.marks(of: .questionMark) != 0 {
      first = first.before(.questionMark)
      second = 0
    } else if second.marks(of: .questionMark) != 0 {
      second = second.before(.questionMark)
    }
    return mixed(first ^ host, second)
  }

  /// Of a text its first 16 bytes.
  @inline(__always)
  private static func hash(beginning text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let (start, count) = (range.lowerBound, range.count)
    let second = count > 8 ? text.word(start &+ 8, min(count &- 8, 8)) : 0
    return mixed(text.word(start, min(count, 8)), second)
  }

  @inline(__always)
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: range.count)
    guard range.count > 16 else { return state ^ hash(beginning: text, range) }
    var offset = range.lowerBound
    while offset &+ 16 < range.upperBound {
      state = mixed(text.word(at: offset) ^ state, text.word(at: offset &+ 8))
      offset &+= 16
    }
    let end = range.upperBound
    return mixed(text.word(at: end &- 16) ^ state, text.word(at: end &- 8))
  }
}

extension UInt64 {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The highest bit of every byte that is `byte`, and perhaps of one behind such a byte.
  @inline(__always)
  fileprivate func marks(of byte: UInt8) -> UInt64 {
    let difference = self ^ Self.ones &* UInt64(byte)
    return (difference &- Self.ones) & ~difference & (Self.ones &* 0x80)
  }

  /// The bytes before the first one that is `byte`, which must be there; the others zero.
  @inline(__always)
  fileprivate func before(_ byte: UInt8) -> UInt64 {
    let mark = UInt64(marks(of: byte).trailingZeroBitCount & ~7)
    return self & ((1 &<< mark) &- 1)
  }

  /// Eight bytes with the letters A–Z in lower case.
  @inline(__always)
  fileprivate var foldedLetters: UInt64 {
    let low = self & (Self.ones &* 0x7F)
    // The high bit of each byte: at least `A`, and above `Z`.
    let isLetter =
      (low &+ Self.ones &* 0x3F) & ~(low &+ Self.ones &* 0x25) & ~self & (Self.ones &* 0x80)
    return self | isLetter &>> 2
  }
}

extension Span where Element == UInt8 {
  /// Eight bytes, of which those behind the first `length` are zero.
  @inline(__always)
  fileprivate func word(_ start: Int, _ length: Int) -> UInt64 {
    guard start &+ 8 <= count else { return shortWord(start..<(start &+ length)) }
    let unused = UInt64(truncatingIfNeeded: 8 &- length) &* 8
    return unused == 64 ? 0 : word(at: start) & (~0 &>> unused)
  }

  /// A bit for each dot and each colon, by its place in the range, and perhaps for a byte behind one;
  /// nil for a range of more than 64 bytes.
  @inline(__always)
  fileprivate func marks(in range: Range<Int>) -> (dots: UInt64, colons: UInt64)? {
    guard range.count <= 64 else { return nil }
    var (dots, colons): (UInt64, UInt64) = (0, 0)
    var offset = 0
    while offset < range.count {
      let word = word(range.lowerBound &+ offset, Swift.min(range.count &- offset, 8))
      // The multiplication brings the eight marks side by side.
      let places = UInt64(truncatingIfNeeded: offset)
      dots |= (((word.marks(of: .dot) &>> 7) &* 0x0102_0408_1020_4080) &>> 56) &<< places
      colons |= word.marks(of: .colon)
      offset &+= 8
    }
    return (dots, colons)
  }
}
