/// The bytes inside a JSON string: which need attention, and how long a character is.
enum StringBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The lowest mark, the highest bit of a byte, is at the first byte that is a quote, a backslash, a
  /// control character or not ASCII; no mark: there is none. Marks behind the first mean nothing.
  ///
  /// Of a byte below 0x80, `(b ^ 2) - 0x21` is negative for a control character and for a quote, as
  /// the quote is 0x22, and `(b ^ 0x5C) - 1` for a backslash. A subtraction borrows from the next byte
  /// only where it leaves a mark.
  @inline(__always)
  static func special(in word: UInt64) -> UInt64 {
    let quoteOrControl = (word ^ ones &* 0x02) &- ones &* 0x21
    let backslash = (word ^ ones &* 0x5C) &- ones
    return (quoteOrControl | backslash | word) & highBits
  }

  /// The lowest mark is at the first byte that a JSON string needs an escape for: a quote, a backslash
  /// or a control character. Marks behind the first mean nothing.
  @inline(__always)
  static func escaped(in word: UInt64) -> UInt64 {
    let quoteOrControl = (word ^ ones &* 0x02) &- ones &* 0x21
    let backslash = (word ^ ones &* 0x5C) &- ones
    return (quoteOrControl | backslash) & ~word & highBits
  }

  /// The same as `special` for sixteen bytes.
  @inline(__always)
  static func special(in block: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let quoteOrControl =
      (block ^ SIMD2(repeating: ones &* 0x02)) &- SIMD2(repeating: ones &* 0x21)
    let backslash = (block ^ SIMD2(repeating: ones &* 0x5C)) &- SIMD2(repeating: ones)
    return (quoteOrControl | backslash | block) & SIMD2(repeating: highBits)
  }

  /// The lowest mark is at the first quote; no mark: there is none.
  @inline(__always)
  static func quote(in block: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let others = block ^ SIMD2(repeating: ones &* 0x22)
    return (others &- SIMD2(repeating: ones)) & ~others & SIMD2(repeating: highBits)
  }

  /// The offset of the first mark; there must be one.
  @inline(__always)
  static func offset(of special: SIMD2<UInt64>) -> Int {
    special[0] != 0
      ? special[0].trailingZeroBitCount &>> 3 : 8 &+ special[1].trailingZeroBitCount &>> 3
  }

  /// The number of bytes before the first mark, 16 if there is none; without a branch.
  @inline(__always)
  static func count(before marks: SIMD2<UInt64>) -> Int {
    let first = marks[0].trailingZeroBitCount
    let second = marks[1].trailingZeroBitCount
    return (first &+ second & (0 &- first &>> 6)) &>> 3
  }

  /// The same for two blocks; 32 if there is none.
  @inline(__always)
  static func count(before marks: SIMD2<UInt64>, _ next: SIMD2<UInt64>) -> Int {
    let first = count(before: marks)
    return first &+ count(before: next) & (0 &- first &>> 4)
  }

  /// The length of the UTF-8 character at `offset`, or nil if it is none (RFC 3629, section 4).
  ///
  /// The text must go on with a byte that continues no character, as a line break.
  static func scalarLength(_ text: Span<UInt8>, at offset: Int) -> Int? {
    func continues(_ distance: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      offset &+ distance < text.count && allowed.contains(text[offset &+ distance])
    }
    switch text[offset] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return continues(1) ? 2 : nil
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : nil
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : nil
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : nil
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : nil
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : nil
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : nil
    default: return nil
    }
  }
}
