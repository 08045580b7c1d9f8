/// Reads one observable in the forms in which feeds write it, and gives its keys.
///
/// Every kind of feed uses it: for a line of text, a cell of CSV, a string in JSON.
struct ObservableReader: ~Copyable, Sendable {
  private var plain = OutputBuffer(minimumCapacity: 256)

  init() {}

  /// Reads an observable. `body` takes each key, and whether it is another part of the same indicator: a range
  /// of addresses has several networks. Returns whether the text is an observable.
  ///
  /// - Parameter type: its type according to the feed; nil if the feed has none.
  mutating func read(
    _ text: Span<UInt8>, _ range: Range<Int>, as type: FeedType?,
    _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    let range = text.trimmed(range)
    guard !range.isEmpty, range.count <= IndicatorKey.longest else { return false }
    guard type != .userAgent, text.mayBeDefanged(range) else {
      return Self.readPlain(text, range, type, body)
    }
    plain.removeAll()
    plain.append(refanged: text, range)
    return plain.withSpan { Self.readPlain($0, 0..<$0.count, type, body) }
  }

  private static func readPlain(
    _ text: Span<UInt8>, _ range: Range<Int>, _ type: FeedType?,
    _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    switch type {
    case .userAgent: return readKey(.userAgent, text, range, body)
    case .url: return readKey(.url, text, range, body)
    case .address: return readAddress(text, range.before(.pipe, text), body)
    case .domain:
      let host = range.before(.pipe, text)
      return readName(text, host, body) || readAddress(text, host, body)
    case .domainAndAddress:
      let name = range.before(.pipe, text)
      guard name.upperBound < range.upperBound, readName(text, name, body) else { return false }
      return readAddress(text, (name.upperBound &+ 1)..<range.upperBound, body)
    case nil: return readAny(text, range, body)
    }
  }

  /// Reads an observable of an unknown kind. A URL has `://`, or is a path, which begins with `/`; a name has
  /// a dot, and a letter in its last part; all else has to be an address.
  private static func readAny(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    if text[range.lowerBound] == .slash || text.hasScheme(range) {
      return readKey(.url, text, range, body)
    }
    if readAddress(text, range, body) { return true }
    var (hasDot, isNumeric) = (false, true)
    for offset in range {
      switch text[offset] {
      case .dot:
        if offset &+ 1 == range.upperBound { break }
        hasDot = true
        isNumeric = true
      case .zero ... .nine: break
      case .minus, .underscore, 0x80...: isNumeric = false
      case UInt8(ascii: "*") where offset == range.lowerBound: break
      case .pipe where offset &- range.lowerBound < 2: break
      case UInt8(ascii: "^"), UInt8(ascii: "$"):
        guard text[range.lowerBound] == .pipe else { return false }
      case .colon: break
      case let byte:
        guard byte.isLetter else {
          // The options after the name in a rule for an ad blocker.
          if text[range.lowerBound] == .pipe { break }
          return false
        }
        isNumeric = false
      }
    }
    return hasDot && !isNumeric && readName(text, range, body)
  }

  /// Reads a host name; with `*.` or `.` before it, or as `||name^`, it stands for all names below it, too.
  private static func readName(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    guard text[range.lowerBound] == .pipe else { return readKey(.domain, text, range, body) }
    guard range.count > 3, text[range.lowerBound &+ 1] == .pipe else { return false }
    let start = range.lowerBound &+ 2
    let end = text.firstOffset(of: UInt8(ascii: "^"), in: start..<range.upperBound)
    // Nothing may follow but options.
    guard end < range.upperBound,
      end &+ 1 == range.upperBound || text[end &+ 1] == UInt8(ascii: "$")
    else { return false }
    let key = IndicatorKey(.domain, text, start..<end)
    guard let key, key.kind == .domain else { return false }
    key.bytes.withSpan { body(IndicatorKey(zone: $0), false) }
    return true
  }

  private static func readKey(
    _ kind: Indicator.Kind, _ text: Span<UInt8>, _ range: Range<Int>,
    _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    let key = IndicatorKey(kind, text, range)
    guard let key else { return false }
    body(key, false)
    return true
  }

  // MARK: Addresses

  /// Reads an address, also with a port, a network, or a range of addresses.
  private static func readAddress(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (borrowing IndicatorKey, Bool) -> Void
  ) -> Bool {
    if range.isEmpty || range.count > 90 { return false }
    if let (address, length) = AddressBlock.parts(text, range) {
      body(IndicatorKey(address, length: length), false)
      return true
    }
    let minus = text.firstOffset(of: .minus, in: range)
    if minus < range.upperBound {
      let start = text.trimmed(range.lowerBound..<minus)
      let end = text.trimmed((minus &+ 1)..<range.upperBound)
      guard let first = IPAddress(text.extracting(start)),
        let last = IPAddress(text.extracting(end)), first.version == last.version,
        first.bits <= last.bits
      else { return false }
      networks(from: first, to: last, body)
      return true
    }
    let host = RequestHost(text.extracting(range))
    guard let literal = host.literal, !host.portIsBad else { return false }
    body(IndicatorKey(literal.address, length: literal.address.width), false)
    return true
  }

  /// The networks that make up a range of addresses: at most two of each length.
  private static func networks(
    from first: IPAddress, to last: IPAddress, _ body: (borrowing IndicatorKey, Bool) -> Void
  ) {
    let width = Int(first.width)
    var start = first.bits
    var isPart = false
    while start <= last.bits {
      // The largest network that begins here and does not end later.
      let more = last.bits &- start
      var free = min(width, start.trailingZeroBitCount)
      while free > 0, more < (free == UInt128.bitWidth ? .max : (1 &<< UInt128(free)) &- 1) {
        free -= 1
      }
      body(
        IndicatorKey(IPAddress(first.version, bits: start), length: UInt8(width - free)), isPart)
      isPart = true
      guard free < UInt128.bitWidth else { return }
      let (next, isOver) = start.addingReportingOverflow(1 &<< UInt128(free))
      if isOver { return }
      start = next
    }
  }
}

extension UInt8 {
  fileprivate static let pipe = UInt8(ascii: "|")
}

extension Range<Int> {
  /// The range before the first `byte`.
  fileprivate func before(_ byte: UInt8, _ text: Span<UInt8>) -> Range<Int> {
    lowerBound..<text.firstOffset(of: byte, in: self)
  }
}

/// Parts of defanged observables, which are written so that nobody follows them by mistake, and the plain
/// text.
private let defanged: [(text: String, plain: String)] = [
  ("[.]", "."), ("(.)", "."), ("[dot]", "."), ("(dot)", "."), ("[:]", ":"), ("[://]", "://"),
]

extension Span where Element == UInt8 {
  /// The range without white space around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isWhiteSpace { start &+= 1 }
    while end > start, self[end &- 1].isWhiteSpace { end &-= 1 }
    return start..<end
  }

  /// Whether there is `://` before any `/`.
  func hasScheme(_ range: Range<Int>) -> Bool { authority(of: range) != nil }

  /// Whether an observable may be defanged: `hxxp://bad[.]example`.
  fileprivate func mayBeDefanged(_ range: Range<Int>) -> Bool {
    if range.count > 4, equalsIgnoringCase(range.lowerBound..<(range.lowerBound &+ 4), "hxxp") {
      return true
    }
    for offset in range
    where self[offset] == .openBracket || self[offset] == UInt8(ascii: "(") { return true }
    return false
  }
}

extension OutputBuffer {
  /// Appends an observable in its plain form.
  fileprivate mutating func append(refanged text: Span<UInt8>, _ range: Range<Int>) {
    var offset = range.lowerBound
    if range.count > 4, text.equalsIgnoringCase(offset..<(offset &+ 4), "hxxp") {
      append("http")
      offset &+= 4
    }
    next: while offset < range.upperBound {
      if text[offset] == .openBracket || text[offset] == UInt8(ascii: "(") {
        for (form, plain) in defanged {
          let end = offset &+ form.utf8.count
          guard end <= range.upperBound, text.equalsIgnoringCase(offset..<end, form) else {
            continue
          }
          append(plain)
          offset = end
          continue next
        }
      }
      append(text[offset])
      offset &+= 1
    }
  }
}
