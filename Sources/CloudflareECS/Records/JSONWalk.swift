/// Visits the members of an object or the items of an array. Checks the JSON, and stores nothing.
enum JSONWalk {
  /// Calls `body` with the content of each name and the offset of each value, until it returns false. Returns
  /// the offset after the object, or nil if `body` stopped the walk.
  static func members(
    _ text: Span<UInt8>, _ start: Int,
    _ body: (Range<Int>, Int) throws(JSONError) -> Bool
  ) throws(JSONError) -> Int? {
    var position = try skipSpace(text, start &+ 1)
    if text[position] == .closeBrace { return position &+ 1 }
    while true {
      let (name, value) = try memberName(text, position)
      guard try body(name, value) else { return nil }
      position = try skipSpace(text, try skipValue(text, value))
      if text[position] == .closeBrace { return position &+ 1 }
      guard text[position] == .comma else { throw ValueScanner.unexpected(text, position) }
      position = try skipSpace(text, position &+ 1)
    }
  }

  /// Calls `body` with the offset of each item, until it returns false. Returns whether there are items.
  @discardableResult
  static func items(
    _ text: Span<UInt8>, _ start: Int, _ body: (Int) throws(JSONError) -> Bool
  ) throws(JSONError) -> Bool {
    var position = try skipSpace(text, start &+ 1)
    if text[position] == .closeBracket { return false }
    while try body(position) {
      position = try skipSpace(text, try skipValue(text, position))
      if text[position] == .closeBracket { break }
      guard text[position] == .comma else { throw ValueScanner.unexpected(text, position) }
      position = try skipSpace(text, position &+ 1)
    }
    return true
  }

  /// The content of a member's name, and the offset of its value.
  static func memberName(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> (
    name: Range<Int>, value: Int
  ) {
    guard text[start] == .quote else { throw ValueScanner.unexpected(text, start) }
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer(minimumCapacity: 0)
    let end = try scanner.scanString(text, start, &unused)
    let colon = try scanner.scanColon(text, end, &unused)
    return ((start &+ 1)..<(end &- 1), try skipSpace(text, colon))
  }

  /// Checks a value; returns the offset after it.
  static func skipValue(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer(minimumCapacity: 0)
    return try scanner.scanValue(text, start, depth: 0, &unused)
  }

  private static func skipSpace(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer(minimumCapacity: 0)
    return try scanner.skipSpace(text, start, &unused)
  }
}
