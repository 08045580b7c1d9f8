/// A set of characters, as the rules of user agents have them: any of ASCII, and all others or none.
///
/// It is a line of ``UserAgentRules/sets``: 32 digits from `0` (0) to `?` (15), each with the bits of four characters,
/// the first in the lowest bit, then `1` if all characters beyond ASCII are in the set.
///
///     000000000000?300000000000000000000     the digits 0 to 9
struct UserAgentCharacters {
  private static let lineLength = 34
  /// Where the line begins.
  private let line: Int

  @inline(__always)
  init(_ number: Int) { line = number &* Self.lineLength }

  @inline(__always)
  func contains(_ byte: UInt8, _ sets: Span<UInt8>) -> Bool {
    if byte >= 0x80 { return sets[line &+ 32] & 1 == 1 }
    return sets[line &+ Int(byte &>> 2)] &>> (byte & 3) & 1 == 1
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
