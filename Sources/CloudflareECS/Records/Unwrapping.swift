/// Takes events out of records of other programs, which hold them in a member: as JSON text or as an object.
struct Unwrapping: Sendable {
  /// The member's name, or its path with dots.
  let member: String
  /// The event that was taken out last, and a line break.
  private(set) var text: [UInt8] = []
  /// Where the event is in it.
  var record = 0..<0
  /// Why there is none in the last record.
  private(set) var fault: String?

  init(member: String) { self.member = member }

  /// Forgets what was taken out: the next record is read as it is first.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    fault = nil
  }

  /// Takes the event out of the record at `start`, which is valid; says whether there is a text that may be one.
  mutating func take(from record: Span<UInt8>, at start: Int) -> Bool {
    clear()
    guard let value = value(in: record, at: start) else { return fail("no member `\(member)`") }
    switch record[value.lowerBound] {
    case .quote:
      text += String(unescaping: record, (value.lowerBound &+ 1)..<(value.upperBound &- 1)).utf8
    case .openBrace: text.append(copying: record.extracting(value))
    default: return fail("`\(member)` is neither text nor an object")
    }
    text.append(UInt8.lineFeed)
    return true
  }

  /// Notes why the text is no record.
  @discardableResult
  mutating func fail(_ fault: String) -> Bool {
    self.fault = fault
    return false
  }

  /// A member of exactly this name, or else the one that the path leads to.
  private func value(in record: Span<UInt8>, at start: Int) -> Range<Int>? {
    if let value = Self.member(member, of: record, at: start) { return value }
    var value: Range<Int>? = start..<start
    for name in member.split(separator: ".", omittingEmptySubsequences: false) {
      guard let object = value?.lowerBound, record[object] == .openBrace else { return nil }
      value = Self.member(String(name), of: record, at: object)
    }
    return value
  }

  /// The value of a member; of several with this name the last one's.
  private static func member(_ name: String, of record: Span<UInt8>, at start: Int) -> Range<Int>? {
    var found: Range<Int>?
    _ = try? JSONWalk.members(record, start) { content, value throws(JSONError) in
      if text(record, content, is: name) { found = value..<(try JSONWalk.skipValue(record, value)) }
      return true
    }
    return found
  }

  private static func text(_ record: Span<UInt8>, _ content: Range<Int>, is name: String) -> Bool {
    if record.equals(content, name) { return true }
    // Another spelling of the same name has escapes.
    guard record.firstOffset(of: .backslash, in: content) < content.upperBound else { return false }
    return String(unescaping: record, content) == name
  }
}
