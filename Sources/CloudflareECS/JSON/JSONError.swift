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
}
