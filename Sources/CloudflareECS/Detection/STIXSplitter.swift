/// Finds the objects of a JSON feed without parsing them: the elements of an array, the elements of the
/// member `objects` or `items` of an object, or objects one after the other.
struct STIXSplitter: Sendable {
  private enum State { case top, elements, object, afterElements }

  private var state = State.top
  private var isTopObject = false
  /// Whether the elements belong to a member of an object.
  private var isWrapped = false
  private var depth = 0
  private var start = 0
  private var position = 0
  /// The last string at the top level of the current object, with its quotes.
  private var name = 0..<0
  private var stringStart = -1

  /// Whether an array or object is open.
  var isInside: Bool { state != .top }

  /// Adjusts all offsets after bytes were removed from the front of the text.
  mutating func forget(_ count: Int) {
    position -= count
    start -= count
    name = max(0, name.lowerBound - count)..<max(0, name.upperBound - count)
    if stringStart >= 0 { stringStart = max(0, stringStart - count) }
  }

  /// Abandons the current object: the rest of it is skipped. Returns the number of bytes at the front
  /// that are no longer needed.
  mutating func abandonObject() -> Int {
    let done = position
    position = 0
    start = -1
    name = 0..<0
    if stringStart >= 0 { stringStart = 0 }
    return done
  }

  /// Scans the rest of the text, and calls `body` with the range of each object that ends in it. Returns
  /// the number of bytes at the front that are no longer needed.
  mutating func advance(_ text: Span<UInt8>, _ body: (Range<Int>) -> Void) -> Int {
    while position < text.count {
      if stringStart >= 0 {
        guard skipString(text) else { break }
        continue
      }
      // Outside strings only braces and brackets matter. They differ by one bit.
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
      default: close(body)
      }
    }
    return state == .object && start >= 0 ? start : max(0, min(position, text.count))
  }

  /// Moves past the end of a string. Returns false if the text does not contain the end yet.
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
      // Both bytes of an escape must be available.
      if offset &+ 1 >= text.count { break }
      offset &+= 2
    }
    position = offset
    return false
  }

  private mutating func open(_ byte: UInt8, _ text: Span<UInt8>) {
    switch state {
    case .top, .elements:
      if byte == .openBracket, state == .top {
        (state, isWrapped) = (.elements, false)
      } else {
        isTopObject = state == .top
        (state, start, depth) = (.object, position &- 1, 1)
      }
    case .object:
      if isTopObject, depth == 1, byte == .openBracket,
        text.equals(name, "\"objects\"") || text.equals(name, "\"items\"")
      {
        (state, isWrapped) = (.elements, true)
      } else {
        depth &+= 1
      }
    case .afterElements: depth &+= 1
    }
  }

  private mutating func close(_ body: (Range<Int>) -> Void) {
    switch state {
    case .top: break
    case .elements: (state, depth) = (isWrapped ? .afterElements : .top, 1)
    case .object:
      depth &-= 1
      guard depth == 0 else { return }
      if start >= 0 { body(start..<position) }
      state = isTopObject ? .top : .elements
    case .afterElements:
      depth &-= 1
      if depth == 0 { state = .top }
    }
  }
}

extension Span where Element == UInt8 {
  /// The offset of the next quote or backslash, or the end.
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
