/// One entry of a feed about an observable, stored as bytes: so a million indicators with texts take little
/// memory.
///
///     offset  0  the next mention of the same observable (a ring: the last one names the first)
///             4  which of the parts below are there, and the index of the feed
///             8  times, 12 bytes each: from, until, first seen, last seen; the version and its number
///                texts, each with its length in two bytes: identifier, description, provider
struct IndicatorMention {
  /// The parts that a mention may have.
  private struct Parts: OptionSet {
    let rawValue: UInt16
    static let validFrom = Parts(rawValue: 1)
    static let validUntil = Parts(rawValue: 2)
    static let firstSeen = Parts(rawValue: 4)
    static let lastSeen = Parts(rawValue: 8)
    static let version = Parts(rawValue: 16)
    static let id = Parts(rawValue: 32)
    static let description = Parts(rawValue: 64)
    static let provider = Parts(rawValue: 128)
    static let confidence = Parts(rawValue: 256)
    static let isCommandAndControl = Parts(rawValue: 512)
  }

  /// A version of an object: the number of its identifier, and when it was changed.
  struct Version: Equatable {
    var object: Int
    var modified: Timestamp?
  }

  /// The most bytes of an identifier or provider, and of a description, that are kept.
  static let longestName = 256
  static let longestDescription = 1_000

  private(set) var validFrom: Timestamp?
  private(set) var validUntil: Timestamp?
  private(set) var firstSeen: Timestamp?
  private(set) var lastSeen: Timestamp?
  private(set) var version: Version?
  private(set) var confidence: Int?
  private(set) var isCommandAndControl = false
  /// The index of the feed.
  private(set) var feed = 0
  /// The offset of the next mention of the same observable.
  private(set) var next: UInt32 = 0
  private var parts: Parts = []
  /// The offset of the texts.
  private var texts: UInt32 = 0

  // MARK: Writing

  /// Appends a mention of which `next` is 0.
  static func append(
    _ indicator: Indicator?, version: Version?, feed: Int, to buffer: inout OutputBuffer
  ) {
    var parts: Parts = []
    func note(_ part: Parts, _ isThere: Bool) { if isThere { parts.insert(part) } }
    note(.validFrom, indicator?.validFrom != nil)
    note(.validUntil, indicator?.validUntil != nil)
    note(.firstSeen, indicator?.firstSeen != nil)
    note(.lastSeen, indicator?.lastSeen != nil)
    note(.version, version != nil)
    note(.id, indicator?.id != nil)
    note(.description, indicator?.description != nil)
    note(.provider, indicator?.provider != nil)
    note(.confidence, indicator?.confidence != nil)
    note(.isCommandAndControl, indicator?.isCommandAndControl ?? false)
    buffer.append(word: 0, length: 4)
    buffer.append(word: UInt64(parts.rawValue), length: 2)
    buffer.append(word: UInt64(feed), length: 2)
    guard !parts.isEmpty else { return }
    let times = [
      indicator?.validFrom, indicator?.validUntil, indicator?.firstSeen, indicator?.lastSeen,
    ]
    for case let time? in times { buffer.append(time: time) }
    if let version {
      buffer.append(word: UInt64(version.object), length: 4)
      buffer.append(time: version.modified)
    }
    if let confidence = indicator?.confidence {
      buffer.append(word: UInt64(min(max(confidence, 0), 100)), length: 1)
    }
    if let id = indicator?.id { buffer.append(counted: id, atMost: longestName) }
    if let text = indicator?.description {
      buffer.append(counted: text, atMost: longestDescription)
    }
    if let provider = indicator?.provider { buffer.append(counted: provider, atMost: longestName) }
  }

  // MARK: Reading

  /// Reads a mention, except its texts.
  init(_ arena: ByteArena, at offset: UInt32) {
    next = arena[word: offset]
    let head = arena[word: offset + 4]
    parts = Parts(rawValue: UInt16(truncatingIfNeeded: head))
    feed = Int(head >> 16)
    texts = offset + 8
    guard !parts.isEmpty else { return }
    func time(_ part: Parts, _ texts: inout UInt32) -> Timestamp? {
      parts.contains(part) ? Timestamp(arena, at: &texts) : nil
    }
    validFrom = time(.validFrom, &texts)
    validUntil = time(.validUntil, &texts)
    firstSeen = time(.firstSeen, &texts)
    lastSeen = time(.lastSeen, &texts)
    if parts.contains(.version) {
      let object = Int(arena[word: texts])
      texts += 4
      version = Version(object: object, modified: Timestamp(arena, at: &texts))
    }
    if parts.contains(.confidence) {
      confidence = arena.withPiece(at: texts, count: 1) { Int($0[0]) }
      texts += 1
    }
    isCommandAndControl = parts.contains(.isCommandAndControl)
  }

  /// The mention as an indicator of an observable.
  func indicator(
    of observable: (kind: Indicator.Kind, value: String), feed name: String?, in arena: ByteArena
  ) -> Indicator {
    var indicator = Indicator(kind: observable.kind, value: observable.value)
    indicator.validFrom = validFrom
    indicator.validUntil = validUntil
    indicator.firstSeen = firstSeen
    indicator.lastSeen = lastSeen
    indicator.confidence = confidence
    indicator.isCommandAndControl = isCommandAndControl
    var offset = texts
    func text(_ part: Parts) -> String? {
      guard parts.contains(part) else { return nil }
      let count = arena.withPiece(at: offset, count: 2) { Int($0[0]) | Int($0[1]) << 8 }
      let text = arena.withPiece(at: offset + 2, count: count) { String($0, 0..<$0.count) }
      offset += UInt32(count + 2)
      return text
    }
    indicator.id = text(.id)
    indicator.description = text(.description)
    indicator.provider = text(.provider) ?? name
    return indicator
  }
}

extension OutputBuffer {
  /// Appends a time as twelve bytes; nil is stored as a value before all times.
  fileprivate mutating func append(time: Timestamp?) {
    append(word: UInt64(bitPattern: time?.seconds ?? .min), length: 8)
    append(word: UInt64(time?.nanoseconds ?? 0), length: 4)
  }

  /// Appends the beginning of a text, and its length before it.
  fileprivate mutating func append(counted text: String, atMost limit: Int) {
    let end = text.utf8.span.endOfCharacters(within: limit)
    append(word: UInt64(end), length: 2)
    append(text.utf8.span, 0..<end)
  }
}

extension Timestamp {
  /// Reads a time from twelve bytes; nil if none was stored.
  fileprivate init?(_ arena: ByteArena, at offset: inout UInt32) {
    let (low, high) = (arena[word: offset], arena[word: offset + 4])
    let nanoseconds = arena[word: offset + 8]
    offset += 12
    self.init(
      seconds: Int64(bitPattern: UInt64(high) << 32 | UInt64(low)),
      nanoseconds: Int(nanoseconds))
  }
}

extension Span where Element == UInt8 {
  /// The end of the last whole character of UTF-8 among the first `limit` bytes.
  func endOfCharacters(within limit: Int) -> Int {
    guard count > limit else { return count }
    var end = limit
    while end > 0, self[end] & 0xC0 == 0x80 { end &-= 1 }
    return end
  }
}
