/// Why a text is not a record, and where.
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
  /// Offset of the byte at fault in the text that was scanned.
  var offset: Int

  init(_ cause: Cause, at offset: Int) {
    self.cause = cause
    self.offset = offset
  }

  /// Whether all that is wrong is that the text ends at `end`.
  func isCut(_ text: Span<UInt8>, at end: Int) -> Bool {
    if offset >= end { return true }
    // Of a character of several bytes, only the first may be there.
    guard cause == .invalidUTF8, 0xC2...0xF4 ~= text[offset],
      end &- offset < (~text[offset]).leadingZeroBitCount
    else { return false }
    return (offset &+ 1..<end).allSatisfy { text[$0] & 0xC0 == 0x80 }
  }
}
