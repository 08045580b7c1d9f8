/// An observable in its canonical form, for comparison.
struct IndicatorKey: ~Copyable {
  enum Kind: UInt8 { case network, domain, url, userAgent }

  let kind: Kind
  /// The text. For an address or network: its version, its bits and the prefix length.
  var bytes = OutputBuffer(minimumCapacity: 96)
  private(set) var isIPv6 = false
  private(set) var networkLength: UInt8?

  private init(_ kind: Kind) { self.kind = kind }

  /// The position of the indicator's kind in `Indicator.Kind.allCases`.
  var kindIndex: Int {
    switch kind {
    case .network: isIPv6 ? 1 : 0
    case .domain: 2
    case .url: 3
    case .userAgent: 4
    }
  }

  /// The key of a text; nil if the text is not of the given kind.
  init?(_ kind: Indicator.Kind, _ text: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return nil }
    switch kind {
    case .ipv4, .ipv6:
      let slash = text.firstOffset(of: .slash, in: range)
      guard let address = IPAddress(text.extracting(range.lowerBound..<slash)),
        (address.version == .v6) == (kind == .ipv6)
      else { return nil }
      var length = address.width
      if slash < range.upperBound {
        let digits = (slash &+ 1)..<range.upperBound
        guard digits.count <= 3, !digits.isEmpty, digits.allSatisfy({ text[$0].isDigit }),
          let given = Int64(digits: text, digits), given <= Int64(length)
        else { return nil }
        length = UInt8(given)
      }
      self.init(address, length: length)
    case .domain:
      let host = RequestHost(text.extracting(range))
      guard !host.name.isEmpty, host.literal == nil else { return nil }
      for offset in range where text[offset] <= .space || text[offset] == .slash { return nil }
      self.init(.domain)
      bytes.append(folding: text.extracting(range), host.name)
    case .url:
      self.init(.url)
      bytes.append(url: text, range)
    case .userAgent:
      self.init(.userAgent)
      bytes.append(text, range)
    }
  }

  /// The key of the network with the given prefix length that contains an address.
  init(_ address: IPAddress, length: UInt8) {
    self.init(.network)
    isIPv6 = address.version == .v6
    networkLength = length
    var bits = address.network(length)
    bytes.append(UInt8(isIPv6 ? 6 : 4))
    for _ in 0..<16 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits &>>= 8
    }
    bytes.append(length)
  }

  /// Makes an indicator from the key only, for an entry without details.
  func indicator(of value: String) -> Indicator {
    switch kind {
    case .network:
      let isNetwork = networkLength != (isIPv6 ? 128 : 32)
      var text = value
      if isNetwork {
        // The bits are kept lowest byte first.
        let bits = bytes.withSpan { bytes in
          (1...16).reversed().reduce(UInt128(0)) { $0 &<< 8 | UInt128(bytes[$1]) }
        }
        text = "\(IPAddress(isIPv6 ? .v6 : .v4, bits: bits))/\(networkLength ?? 0)"
      }
      return Indicator(kind: isIPv6 ? .ipv6 : .ipv4, value: text)
    case .domain: return Indicator(kind: .domain, value: text)
    case .url: return Indicator(kind: .url, value: text)
    case .userAgent: return Indicator(kind: .userAgent, value: text)
    }
  }

  private var text: String { bytes.withSpan { String($0, 0..<$0.count) } }
}

extension IPAddress {
  /// The number of bits of the address.
  fileprivate var width: UInt8 { version == .v6 ? 128 : 32 }

  /// The first `length` bits of the address. The other bits are 0.
  func network(_ length: UInt8) -> UInt128 {
    let others = UInt128(width - length)
    return others == 128 ? 0 : (bits &>> others) &<< others
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
}

extension OutputBuffer {
  fileprivate mutating func append(folding text: Span<UInt8>, _ range: Range<Int>) {
    for offset in range { append(text[offset].lowercased) }
  }

  /// Appends a URL with scheme and host folded, and with `/` if it has no path. Appends a path
  /// unchanged.
  fileprivate mutating func append(url text: Span<UInt8>, _ range: Range<Int>) {
    guard let authority = text.authority(of: range) else { return append(text, range) }
    let end = authority.upperBound
    append(folding: text, range.lowerBound..<end)
    if end == range.upperBound || text[end] != .slash { append(.slash) }
    append(text, end..<range.upperBound)
  }
}
