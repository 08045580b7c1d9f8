/// The bytes inside a JSON string: which need attention, and how long a character is.
enum StringBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each byte that is a quote, a backslash, a control character or not ASCII.
  ///
  /// Seven bits are added to seven bits, so no byte carries into the next and every mark is exact:
  /// `(b ^ c) + 0x7F` reaches the highest bit unless `b == c`, `b + 0x60` unless `b < 0x20`.
  @inline(__always)
  static func special(in word: UInt64) -> UInt64 {
    let low = word & ~highBits
    let noQuote = (low ^ (ones &* 0x22)) &+ (ones &* 0x7F)
    let noBackslash = (low ^ (ones &* 0x5C)) &+ (ones &* 0x7F)
    let noControl = low &+ (ones &* 0x60)
    return (~(noQuote & noBackslash & noControl) | word) & highBits
  }

  /// The same for two words at once.
  @inline(__always)
  static func special(in words: SIMD2<UInt64>) -> SIMD2<UInt64> {
    func all(_ byte: UInt64) -> SIMD2<UInt64> { SIMD2(repeating: ones &* byte) }
    let low = words & all(0x7F)
    let noQuote = (low ^ all(0x22)) &+ all(0x7F)
    let noBackslash = (low ^ all(0x5C)) &+ all(0x7F)
    let noControl = low &+ all(0x60)
    return (~(noQuote & noBackslash & noControl) | words) & all(0x80)
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
