/// An observable in its canonical form, for comparison. Feeds and events use the same form.
struct IndicatorKey: ~Copyable {
  /// A zone is a name with all names below it.
  enum Kind: UInt8 { case network, domain, zone, url, userAgent }

  /// The longest observable of a feed, in bytes. Longer ones are not supported.
  static let longest = 4_000
  /// The longest host name (RFC 1035, section 2.3.4), without the dot at its end.
  static let longestName = 253

  let kind: Kind
  /// The text. For an address or network: its version, its bits and the prefix length.
  let bytes: OutputBuffer
  private(set) var isIPv6 = false
  private(set) var networkLength: UInt8?

  private init(_ kind: Kind, _ bytes: consuming OutputBuffer) {
    self.kind = kind
    self.bytes = bytes
  }

  private static let usualLength = 96

  /// The kind of the indicator.
  var observableKind: Indicator.Kind {
    switch kind {
    case .network: isIPv6 ? .ipv6 : .ipv4
    case .domain, .zone: .domain
    case .url: .url
    case .userAgent: .userAgent
    }
  }

  /// The key of a text; nil if the text is not of the given kind.
  init?(_ kind: Indicator.Kind, _ text: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return nil }
    switch kind {
    case .ipv4, .ipv6:
      guard let (network, length) = AddressBlock.parts(text, range),
        (network.version == .v6) == (kind == .ipv6)
      else { return nil }
      self.init(network, length: length)
    case .domain:
      let isZone = text[range.lowerBound] == UInt8(ascii: "*") || text[range.lowerBound] == .dot
      var name = range
      if text[name.lowerBound] == UInt8(ascii: "*") {
        name = (name.lowerBound &+ 1)..<name.upperBound
      }
      if isZone {
        guard name.count > 1, text[name.lowerBound] == .dot else { return nil }
        name = (name.lowerBound &+ 1)..<name.upperBound
      }
      let host = RequestHost(text.extracting(name))
      guard !host.name.isEmpty, host.literal == nil, !host.portIsBad else { return nil }
      for offset in name where text[offset] <= .space || text[offset] == .slash { return nil }
      let start = name.lowerBound
      var bytes = OutputBuffer(minimumCapacity: Self.usualLength)
      guard
        bytes.append(
          name: text, (start &+ host.name.lowerBound)..<(start &+ host.name.upperBound))
      else { return nil }
      self.init(isZone ? .zone : .domain, bytes)
    case .url:
      var bytes = OutputBuffer(minimumCapacity: Self.usualLength)
      guard bytes.append(url: text, range) else { return nil }
      self.init(.url, bytes)
    case .userAgent:
      var bytes = OutputBuffer(minimumCapacity: range.count)
      bytes.append(text, range)
      self.init(.userAgent, bytes)
    }
  }

  /// The key of a text.
  init?(_ kind: Indicator.Kind, _ text: String) {
    self.init(kind, text.utf8.span, 0..<text.utf8.count)
  }

  /// The key of the network with the given prefix length that contains an address. An IPv4-mapped IPv6
  /// address, such as `::ffff:192.0.2.1`, counts as the IPv4 address.
  init(_ address: IPAddress, length: UInt8) {
    let block = AddressBlock(address, length: length)
    var bits = block.bits
    var bytes = OutputBuffer(minimumCapacity: 18)
    bytes.append(UInt8(block.version == .v6 ? 6 : 4))
    for _ in 0..<16 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits &>>= 8
    }
    bytes.append(block.length)
    self.init(.network, bytes)
    isIPv6 = block.version == .v6
    networkLength = block.length
  }

  /// The key of a zone, from a part of a name in canonical form.
  init(zone name: Span<UInt8>) {
    var bytes = OutputBuffer(minimumCapacity: name.count)
    bytes.append(name)
    self.init(.zone, bytes)
  }

  /// The observable of a stored key, as text.
  static func text(_ kind: Kind, _ key: Span<UInt8>) -> (kind: Indicator.Kind, value: String) {
    switch kind {
    case .network:
      // The bits are kept lowest byte first.
      let bits = (1...16).reversed().reduce(UInt128(0)) { $0 &<< 8 | UInt128(key[$1]) }
      let address = IPAddress(key[0] == 6 ? .v6 : .v4, bits: bits)
      let isWhole = key[17] == address.width
      return (key[0] == 6 ? .ipv6 : .ipv4, isWhole ? "\(address)" : "\(address)/\(key[17])")
    case .domain: return (.domain, String(key, 0..<key.count))
    case .zone: return (.domain, "*." + String(key, 0..<key.count))
    case .url: return (.url, String(key, 0..<key.count))
    case .userAgent: return (.userAgent, String(key, 0..<key.count))
    }
  }
}

extension OutputBuffer {
  /// Appends a host name in lower case and ASCII; false if it is too long.
  fileprivate mutating func append(name text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = count
    var isASCII = true
    for offset in range {
      append(text[offset].lowercased)
      isASCII = isASCII && text[offset] < 0x80
    }
    guard !isASCII else { return count &- start <= IndicatorKey.longestName }
    truncate(to: start)
    guard range.count <= IndicatorKey.longest, let name = Punycode.asciiName(String(text, range))
    else { return false }
    append(name)
    return count &- start <= IndicatorKey.longestName
  }

  /// Appends a URL in canonical form: scheme and host in lower case, the host in ASCII and without user and
  /// dot at its end, no default port, `/` for an empty path, no fragment. A path is appended unchanged.
  /// Returns false for a text that is neither a URL nor a path.
  fileprivate mutating func append(url text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if text[range.lowerBound] == .slash {
      append(text, range)
      return true
    }
    guard let authority = text.authority(of: range) else { return false }
    let scheme = range.lowerBound..<(authority.lowerBound &- 3)
    guard !scheme.isEmpty, text[scheme.lowerBound].isLetter else { return false }
    for offset in scheme { append(text[offset].lowercased) }
    append("://")
    var start = authority.lowerBound
    if let at = text.lastOffset(of: UInt8(ascii: "@"), in: authority) { start = at &+ 1 }
    let host = RequestHost(text.extracting(start..<authority.upperBound))
    guard !host.portIsBad, !host.name.isEmpty else { return false }
    if let literal = host.literal {
      if literal.address.version == .v6 {
        append("[\(literal.address)]")
      } else {
        // An IPv4 address has one spelling only.
        append(text, (start &+ literal.range.lowerBound)..<(start &+ literal.range.upperBound))
      }
    } else if !append(
      name: text, (start &+ host.name.lowerBound)..<(start &+ host.name.upperBound))
    {
      return false
    }
    if let port = host.port, port != text.defaultPort(of: scheme) {
      append(.colon)
      append(integer: Int64(port))
    }
    let path = authority.upperBound
    let end = text.firstOffset(of: UInt8(ascii: "#"), in: path..<range.upperBound)
    if path == end || text[path] != .slash { append(.slash) }
    append(text, path..<end)
    return true
  }
}

extension Span where Element == UInt8 {
  /// The range of a URL's host and port, up to its path, query or fragment; nil without a scheme.
  func authority(of url: Range<Int>) -> Range<Int>? {
    var end = url.lowerBound
    while end < url.upperBound, self[end] != .colon, self[end] != .slash,
      self[end] != .questionMark
    {
      end &+= 1
    }
    guard end &+ 2 < url.upperBound, self[end] == .colon, self[end &+ 1] == .slash,
      self[end &+ 2] == .slash
    else { return nil }
    let start = end &+ 3
    end = start
    while end < url.upperBound, self[end] != .slash, self[end] != .questionMark,
      self[end] != UInt8(ascii: "#")
    {
      end &+= 1
    }
    return start..<end
  }

  /// The port that a scheme has if the URL gives none.
  fileprivate func defaultPort(of scheme: Range<Int>) -> Int? {
    if equalsIgnoringCase(scheme, "http") || equalsIgnoringCase(scheme, "ws") { return 80 }
    if equalsIgnoringCase(scheme, "https") || equalsIgnoringCase(scheme, "wss") { return 443 }
    return nil
  }
}
