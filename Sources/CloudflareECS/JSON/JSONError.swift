/// Why a text is not a valid record, and at which offset.
struct JSONError: Error {
  enum Cause {
    case unexpectedByte
    case lineBreakInRecord
    case controlCharacterInString
    case badEscape
    case badNumber
    case invalidUTF8
    case tooDeep
    case notAnObject
    case textAfterRecord
  }

  var cause: Cause
  /// The offset of the wrong byte in the text that was scanned.
  var offset: Int

  init(_ cause: Cause, at offset: Int) {
    self.cause = cause
    self.offset = offset
  }

  /// Whether the only error is that the text ends at `end`.
  func isCut(_ text: Span<UInt8>, at end: Int) -> Bool {
    if offset >= end { return true }
    // The text may end inside a character of several bytes.
    guard cause == .invalidUTF8, 0xC2...0xF4 ~= text[offset],
      end &- offset < (~text[offset]).leadingZeroBitCount
    else { return false }
    return (offset &+ 1..<end).allSatisfy { text[$0] & 0xC0 == 0x80 }
  }
}
