/// A set of characters, as the rules of user agents have them: any of ASCII, and all others or none.
struct UserAgentCharacters {
  /// A bit for each of the first 64 characters.
  var low: UInt64
  /// A bit for each of the next 64.
  var high: UInt64
  /// Whether all characters beyond ASCII are in the set.
  var others: Bool

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return others }
    return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
  }
}

extension Span where Element == UInt8 {
  /// A digit of the generated rules.
  @inline(__always)
  func digit(_ offset: Int) -> Int { Int(self[offset] &- 0x30) }

  /// A number of two digits.
  @inline(__always)
  func twoDigits(_ offset: Int) -> Int { digit(offset) &<< 6 | digit(offset &+ 1) }

  /// A number of three digits.
  @inline(__always)
  func threeDigits(_ offset: Int) -> Int { twoDigits(offset) &<< 6 | digit(offset &+ 2) }

  /// The offset after the character at `offset` of UTF-8.
  @inline(__always)
  func endOfCharacter(_ offset: Int) -> Int {
    var end = offset &+ 1
    if self[offset] >= 0x80 { while end < count, self[end] & 0xC0 == 0x80 { end &+= 1 } }
    return end
  }
}
