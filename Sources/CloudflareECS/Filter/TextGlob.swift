/// A text with wildcards: `*` stands for any characters, also none, and `?` for exactly one.
///
/// It is stored as the texts between the `*`. Each is found at its first occurrence after the one before it, which
/// finds a match if there is one. The first and the last may be bound to the ends of the value.
///
///     /a*b?c      starts ["/a", "b?c"] ends
struct TextGlob: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case text([UInt8])
    /// One character.
    case one
    /// Any characters.
    case any
  }

  /// A byte, or ``one`` for a character.
  private typealias Symbol = UInt16
  private static let one: Symbol = 256

  /// The parts, as they were written.
  let elements: [Element]
  private var segments: [[Symbol]] = []
  private let isAtStart: Bool
  private let isAtEnd: Bool
  /// Whether letters A–Z have to have the same case.
  let isCased: Bool

  init(_ elements: [Element], isCased: Bool = false) {
    self.elements = elements
    self.isCased = isCased
    isAtStart = elements.first != .any
    isAtEnd = elements.last != .any
    var segment: [Symbol] = []
    for element in elements {
      switch element {
      case .text(let bytes):
        segment += bytes.map { Symbol(isCased ? $0 : $0.lowercased) }
      case .one: segment.append(Self.one)
      case .any:
        if !segment.isEmpty { segments.append(segment) }
        segment = []
      }
    }
    // Without any `*`, the one segment is the whole value, even if it is empty.
    if !segment.isEmpty || !elements.contains(.any) { segments.append(segment) }
  }

  /// The text, if there are no wildcards.
  var wholeText: [UInt8]? {
    guard isAtStart, isAtEnd, segments.count == 1, !segments[0].contains(Self.one) else {
      return nil
    }
    return segments[0].map { UInt8(truncatingIfNeeded: $0) }
  }

  /// A text that every match has: the longest, or one at an end that is half as long.
  var requiredText: RequiredText {
    func text(_ symbols: some Sequence<Symbol>) -> [UInt8] {
      symbols.map { UInt8(truncatingIfNeeded: $0).lowercased }
    }
    if let whole = wholeText {
      return RequiredText(place: .whole, text: text(whole.map(Symbol.init)))
    }
    let texts = segments.flatMap { $0.split(separator: Self.one) }
    let longest = texts.max { $0.count < $1.count } ?? []
    let first = isAtStart ? segments.first?.prefix { $0 != Self.one } ?? [] : []
    if first.count * 2 > longest.count { return RequiredText(place: .start, text: text(first)) }
    let last = isAtEnd ? segments.last?.reversed().prefix { $0 != Self.one } ?? [] : []
    if last.count * 2 > longest.count {
      return RequiredText(place: .end, text: text(last.reversed()))
    }
    return RequiredText(place: .anywhere, text: text(longest))
  }

  /// Whether it matches a range of a text, which is valid UTF-8.
  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = segments.first else { return true }
    var position = range.lowerBound
    var rest = segments[...]
    if isAtStart {
      guard let end = end(of: first, text, at: position, range.upperBound) else { return false }
      if segments.count == 1, isAtEnd { return end == range.upperBound }
      position = end
      rest.removeFirst()
    }
    let last = isAtEnd ? rest.popLast() : nil
    for segment in rest {
      guard let end = find(segment, text, position..<range.upperBound) else { return false }
      position = end
    }
    return last.map { isSuffix($0, text, position..<range.upperBound) } ?? true
  }

  /// The end of a segment that begins at a position.
  private func end(
    of segment: [Symbol], _ text: Span<UInt8>, at start: Int, _ limit: Int
  ) -> Int? {
    var position = start
    for symbol in segment {
      guard position < limit else { return nil }
      if symbol == Self.one {
        position += 1
        while position < limit, text[position] & 0xC0 == 0x80 { position += 1 }
      } else {
        let byte = isCased ? text[position] : text[position].lowercased
        if Symbol(byte) != symbol { return nil }
        position += 1
      }
    }
    return position
  }

  /// The end of the first occurrence of a segment.
  private func find(_ segment: [Symbol], _ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    for start in range where text[start] & 0xC0 != 0x80 {
      if let end = end(of: segment, text, at: start, range.upperBound) { return end }
      if range.upperBound &- start < segment.count { return nil }
    }
    return nil
  }

  private func isSuffix(_ segment: [Symbol], _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard segment.count <= range.count else { return false }
    // Each symbol is one to four bytes.
    let widest = segment.contains(Self.one) ? segment.count &* 4 : segment.count
    let first = max(range.lowerBound, range.upperBound &- widest)
    for start in first...(range.upperBound &- segment.count)
    where start == range.upperBound || text[start] & 0xC0 != 0x80 {
      if end(of: segment, text, at: start, range.upperBound) == range.upperBound { return true }
    }
    return false
  }
}
