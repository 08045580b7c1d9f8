/// Finds the objects and strings of a JSON feed without parsing them: the elements of arrays, or values one
/// after the other. Objects that only contain others, such as a bundle of STIX or an event of MISP, are not
/// kept in memory.
///
///     {"type":"bundle","objects":[{"type":"indicator",…},{"type":"indicator",…}]}
///     ^ an object, until `objects` shows that it is a container
///                                 ^ an element       ^ another
///
/// An object is a container if it has a member with one of the names below, and an array or object in it. The
/// containers that are open are a stack; inside an element only the depth is counted.
///
/// A fault (a bracket that does not fit, a line break in a string) makes the object around it unsupported.
/// Reading resumes after the line on which that object began, at the next line that begins with `{` or `[`.
struct FeedSplitter: Sendable {
  enum Element {
    case object(Range<Int>)
    case string(Range<Int>)
    /// An object with a fault, up to the fault.
    case fault(Range<Int>)
  }

  private enum Container { case array, object }

  /// Names of arrays that contain elements unless they are inside one; and names of arrays and objects that
  /// contain elements everywhere (MISP).
  private static func isOuterName(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    switch name.count {
    case 4: text.equals(name, "data")
    case 5: text.equals(name, "items")
    case 7: text.equals(name, "objects")
    default: false
    }
  }

  private static func isAnyName(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    switch name.count {
    case 5: text.equals(name, "Event")
    case 6: text.equals(name, "Object")
    case 8: text.equals(name, "response")
    case 9: text.equals(name, "Attribute")
    default: false
    }
  }

  private static let deepest = 16

  private var containers: [Container] = []
  /// The depth in the current object or container, 0 outside; and for each level whether it is an array.
  private var depth: UInt64 = 0
  private var arrays = UInt128(0)
  /// The offset of the current object; nil if it is a container, or if it is too long and skipped.
  private var start: Int?
  private var position = 0
  private var stringStart: Int?
  /// Whether the last name at the first level may be that of a container; if so, whether of an object, too.
  private var isContainerName = false
  private var mayBeObject = false
  /// Whether text is skipped up to a line that begins with `{` or `[`.
  private var isLost = false

  private var hasFailed = false

  /// Whether an array or a container is still open, although there was no fault.
  var isCut: Bool { !hasFailed && (depth > 0 || !containers.isEmpty) }

  /// The number of bytes at the front of the text that are no longer needed.
  var unneeded: Int { max(0, min(position, start ?? .max, stringStart ?? .max)) }

  /// Adjusts all offsets after bytes were removed from the front of the text.
  mutating func forget(_ count: Int) {
    position -= count
    start = start.map { $0 - count }
    stringStart = stringStart.map { $0 - count }
  }

  /// Skips the rest of the current object or string, which is too long.
  mutating func abandon() {
    start = nil
    if stringStart != nil { stringStart = position }
  }

  /// The next element that ends in the text; nil if there is none.
  /// - Parameter isEnd: whether the text is the last of the feed.
  mutating func next(_ text: Span<UInt8>, isEnd: Bool) -> Element? {
    while true {
      if isLost, !findLine(text) { return nil }
      if stringStart != nil {
        switch readString(text) {
        case .needsMore: return isEnd ? fail(text) : nil
        case .broken: return fail(text)
        case .element(let range): return .string(range)
        case .inside: continue
        }
      }
      // Outside strings only braces and brackets matter. They differ by one bit.
      var offset = position
      while offset < text.count {
        let byte = text[offset]
        if byte == .quote || byte | 0x20 == .openBrace || byte | 0x20 == .closeBrace { break }
        offset &+= 1
      }
      position = offset
      guard offset < text.count else {
        return isEnd && start != nil ? fail(text) : nil
      }
      position &+= 1
      switch text[offset] {
      case .quote: stringStart = offset
      case .openBrace, .openBracket:
        if !open(text[offset], text) { return fail(text) }
      case let byte:
        guard depth > 0 else {
          closeArray(byte)
          continue
        }
        guard (byte == .closeBracket) == (arrays & 1 == 1) else { return fail(text) }
        arrays &>>= 1
        depth &-= 1
        if depth == 0 {
          let start = start
          self.start = nil
          leaveObject()
          if let start { return .object(start..<position) }
        }
      }
    }
  }

  // MARK: Brackets

  /// Opens an object or array. Returns false where JSON does not allow one.
  private mutating func open(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    let isArray = byte == .openBracket
    if depth == 0 { return enter(isArray) }
    if let start, !mayOpen(text, after: start) { return false }
    if depth == 1, isContainerName, isArray || mayBeObject, containers.count < Self.deepest {
      isContainerName = false
      start = nil
      depth = 0
      containers.append(.object)
      return enter(isArray)
    }
    isContainerName = false
    guard depth < UInt64(ValueScanner.maximumDepth) else { return false }
    depth &+= 1
    arrays = arrays &<< 1 | (isArray ? 1 : 0)
    return true
  }

  /// Opens an array of elements, or an element.
  private mutating func enter(_ isArray: Bool) -> Bool {
    if isArray {
      guard containers.count <= Self.deepest else { return false }
      containers.append(.array)
    } else {
      (start, depth, arrays, isContainerName) = (position - 1, 1, 0, false)
    }
    return true
  }

  /// Whether a value may begin at the last bracket: after a colon, and in an array after a comma or at its start.
  private func mayOpen(_ text: Span<UInt8>, after start: Int) -> Bool {
    var offset = position - 2
    while offset > start, text[offset].isWhiteSpace { offset -= 1 }
    switch text[offset] {
    case .colon: return arrays & 1 == 0
    case .comma, .openBracket: return arrays & 1 == 1
    default: return false
    }
  }

  private mutating func closeArray(_ byte: UInt8) {
    guard byte == .closeBracket, containers.last == .array else { return }
    containers.removeLast()
    leaveObject()
  }

  /// After a value of a container: the rest of the container follows.
  private mutating func leaveObject() {
    guard containers.last == .object else { return }
    containers.removeLast()
    (depth, arrays, start, isContainerName) = (1, 0, nil, false)
  }

  // MARK: Strings

  private enum StringResult {
    case needsMore
    case broken
    /// A string that is an element.
    case element(Range<Int>)
    case inside
  }

  private mutating func readString(_ text: Span<UInt8>) -> StringResult {
    var offset = position
    while true {
      offset = text.endOfPlainText(from: offset)
      guard offset < text.count else { break }
      switch text[offset] {
      case .quote:
        let first = stringStart ?? offset
        stringStart = nil
        position = offset &+ 1
        if depth == 1 { noteName(text, (first &+ 1)..<offset) }
        return depth == 0 ? .element(first..<position) : .inside
      case .lineFeed:
        position = offset
        return .broken
      default: break
      }
      // Both bytes of an escape must be available.
      if text[offset] == .backslash {
        if offset &+ 1 >= text.count { break }
        offset &+= 1
      }
      offset &+= 1
      continue
    }
    position = offset
    return .needsMore
  }

  private mutating func noteName(_ text: Span<UInt8>, _ name: Range<Int>) {
    mayBeObject = Self.isAnyName(text, name)
    isContainerName = mayBeObject
    if isContainerName || containers.last == .array || name.isEmpty { return }
    // Some feeds are an object with an array for each number.
    let isNumber = text[name.lowerBound].isDigit && name.allSatisfy { text[$0].isDigit }
    isContainerName = isNumber || Self.isOuterName(text, name)
  }

  // MARK: Faults

  private mutating func fail(_ text: Span<UInt8>) -> Element {
    let first = start ?? stringStart ?? max(0, position - 1)
    let range = first..<max(first, min(position, text.count))
    position = first
    hasFailed = true
    (start, stringStart, depth, isContainerName, isLost) = (nil, nil, 0, false, true)
    return .fault(range)
  }

  /// Moves to the next line that begins with `{` or `[`. Returns false if the text does not have it.
  private mutating func findLine(_ text: Span<UInt8>) -> Bool {
    while true {
      let end = text.firstOffset(of: .lineFeed, in: position..<text.count)
      guard end &+ 1 < text.count else {
        position = end
        return false
      }
      position = end &+ 1
      if text[position] == .openBrace || text[position] == .openBracket {
        isLost = false
        return true
      }
    }
  }
}

extension Span where Element == UInt8 {
  /// The offset of the next quote, backslash or control character, or the end.
  @inline(__always)
  fileprivate func endOfPlainText(from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= count {
      let marks = StringBytes.escaped(in: word(at: offset))
      if marks != 0 { return offset &+ marks.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < count, self[offset] >= .space, self[offset] != .quote,
      self[offset] != .backslash
    {
      offset &+= 1
    }
    return offset
  }
}
