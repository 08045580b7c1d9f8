/// Extracts events that are in a member of another program's records, as JSON text or as an object.
struct EventExtraction: Sendable {
  /// The member's name, or a path of names separated by dots.
  let member: String
  /// The event that was extracted last, followed by a line break.
  private(set) var text: [UInt8] = []
  /// The range of the event in ``text``.
  var record = 0..<0
  /// Why no event could be extracted from the last record.
  private(set) var fault: String?

  init(member: String) { self.member = member }

  /// Clears the extracted event, before the next record is read.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    fault = nil
  }

  /// Extracts the event from the valid record at `start`. Returns whether there is a text that may be an event.
  mutating func take(from record: Span<UInt8>, at start: Int) -> Bool {
    clear()
    guard let value = value(in: record, at: start) else {
      return fail("the record has no member `\(member)`")
    }
    switch record[value.lowerBound] {
    case .quote:
      text += String(unescaping: record, (value.lowerBound &+ 1)..<(value.upperBound &- 1)).utf8
    case .openBrace: text.append(copying: record.extracting(value))
    default: return fail("`\(member)` is neither text nor an object")
    }
    text.append(UInt8.lineFeed)
    return true
  }

  /// Notes why the text is not a record.
  @discardableResult
  mutating func fail(_ fault: String) -> Bool {
    self.fault = fault
    return false
  }

  /// The value of the member with exactly this name, or else of the member at the path.
  private func value(in record: Span<UInt8>, at start: Int) -> Range<Int>? {
    if let value = Self.member(member, of: record, at: start) { return value }
    var value: Range<Int>? = start..<start
    for name in member.split(separator: ".", omittingEmptySubsequences: false) {
      guard let object = value?.lowerBound, record[object] == .openBrace else { return nil }
      value = Self.member(String(name), of: record, at: object)
    }
    return value
  }

  /// The value of the last member with this name.
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
    // The same name may be written with escapes.
    guard record.firstOffset(of: .backslash, in: content) < content.upperBound else { return false }
    return String(unescaping: record, content) == name
  }
}
