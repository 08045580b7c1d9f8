/// Finds the objects of a JSON feed without reading them: elements of an array, of the member
/// `objects` or `items` of an object, or objects one after the other.
struct STIXSplitter: Sendable {
  private enum Place { case top, elements, object, behindElements }

  private var place = Place.top
  private var isTopObject = false
  /// Whether the elements are those of an object's member.
  private var isWrapped = false
  private var depth = 0
  private var start = 0
  private var position = 0
  /// The string that ended last in the object at hand.
  private var name = 0..<0
  private var stringStart = -1

  /// Whether something is begun.
  var isInside: Bool { place != .top }

  /// Bytes at the front are gone.
  mutating func forget(_ count: Int) {
    position -= count
    start -= count
    name = max(0, name.lowerBound - count)..<max(0, name.upperBound - count)
    if stringStart >= 0 { stringStart = max(0, stringStart - count) }
  }

  /// Gives up the object at hand; what follows is passed over to its end. Returns how many bytes at the
  /// front are done with.
  mutating func abandonObject() -> Int {
    let done = position
    position = 0
    start = -1
    name = 0..<0
    if stringStart >= 0 { stringStart = 0 }
    return done
  }

  /// Goes through all bytes, and tells where objects are that have ended; returns how many bytes at the
  /// front are done with.
  mutating func advance(_ text: Span<UInt8>, _ tell: (Range<Int>) -> Void) -> Int {
    while position < text.count {
      if stringStart >= 0 {
        guard skipString(text) else { break }
        continue
      }
      // Braces and brackets differ by a bit; nothing else counts outside strings.
      var offset = position
      while offset < text.count {
        let byte = text[offset]
        if byte == .quote || byte | 0x20 == .openBrace || byte | 0x20 == .closeBrace { break }
        offset &+= 1
      }
      position = offset
      guard offset < text.count else { break }
      position &+= 1
      switch text[offset] {
      case .quote: stringStart = offset
      case .openBrace, .openBracket: open(text[offset], text)
      default: close(tell)
      }
    }
    return place == .object && start >= 0 ? start : max(0, min(position, text.count))
  }

  /// Goes behind the end of a string; false if it is not there yet.
  private mutating func skipString(_ text: Span<UInt8>) -> Bool {
    var offset = position
    while true {
      offset = text.endOfPlainText(from: offset)
      guard offset < text.count else { break }
      if text[offset] == .quote {
        if depth == 1 { name = stringStart..<(offset &+ 1) }
        stringStart = -1
        position = offset &+ 1
        return true
      }
      // Both bytes of an escape are to be there.
      if offset &+ 1 >= text.count { break }
      offset &+= 2
    }
    position = offset
    return false
  }

  private mutating func open(_ byte: UInt8, _ text: Span<UInt8>) {
    switch place {
    case .top, .elements:
      if byte == .openBracket, place == .top {
        (place, isWrapped) = (.elements, false)
      } else {
        isTopObject = place == .top
        (place, start, depth) = (.object, position &- 1, 1)
      }
    case .object:
      if isTopObject, depth == 1, byte == .openBracket,
        text.equals(name, "\"objects\"") || text.equals(name, "\"items\"")
      {
        (place, isWrapped) = (.elements, true)
      } else {
        depth &+= 1
      }
    case .behindElements: depth &+= 1
    }
  }

  private mutating func close(_ tell: (Range<Int>) -> Void) {
    switch place {
    case .top: break
    case .elements: (place, depth) = (isWrapped ? .behindElements : .top, 1)
    case .object:
      depth &-= 1
      guard depth == 0 else { return }
      if start >= 0 { tell(start..<position) }
      place = isTopObject ? .top : .elements
    case .behindElements:
      depth &-= 1
      if depth == 0 { place = .top }
    }
  }
}

extension Span where Element == UInt8 {
  /// The first offset of a quote or a backslash, or the end.
  @inline(__always)
  fileprivate func endOfPlainText(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var offset = start
    while offset &+ 8 <= count {
      let word = word(at: offset)
      let quote = word ^ ones &* UInt64(UInt8.quote)
      let backslash = word ^ ones &* UInt64(UInt8.backslash)
      let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
      let marks = found & (ones &* 0x80)
      if marks != 0 { return offset &+ marks.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < count, self[offset] != .quote, self[offset] != .backslash { offset &+= 1 }
    return offset
  }
}
