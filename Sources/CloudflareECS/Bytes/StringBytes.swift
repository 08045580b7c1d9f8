/// Tests for the bytes inside a JSON string, eight or sixteen at a time.
///
/// The tests return marks: bit 7 of each byte that was found. Only the lowest mark is reliable,
/// since a subtraction may borrow from the bytes above a mark; if there is no mark, nothing was
/// found.
///
/// For a byte below 0x80, `(b ^ 2) - 0x21` is negative for a control character and for a quote
/// (0x22), and `(b ^ 0x5C) - 1` for a backslash. Negative means that bit 7 is set:
///
///     text              a     b     "     c     \
///     b                 61    62    22    63    5C
///     (b ^ 02) - 21     42    3F    FF    3F*   3D     * one less: the byte before it borrowed
///     (b ^ 5C) - 01     3C    3D    7D    3E    FF
///     marks             00    00    80    00    80     the lowest mark: offset 2, the quote
enum StringBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Marks the first byte that is a quote, a backslash, a control character or not ASCII.
  @inline(__always)
  static func special(in word: UInt64) -> UInt64 {
    let quoteOrControl = (word ^ ones &* 0x02) &- ones &* 0x21
    let backslash = (word ^ ones &* 0x5C) &- ones
    return (quoteOrControl | backslash | word) & highBits
  }

  /// Whether no byte of a range is special.
  static func arePlain(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.count < 8 {
      // Zeros behind the range count as control characters.
      return special(in: text.shortWord(range)).trailingZeroBitCount &>> 3 == range.count
    }
    let last = range.upperBound &- 8
    var offset = range.lowerBound
    while offset < last {
      if special(in: text.word(at: offset)) != 0 { return false }
      offset &+= 8
    }
    // The last eight bytes may overlap those before.
    return special(in: text.word(at: last)) == 0
  }

  /// Marks the first byte that must be escaped in a JSON string: a quote, a backslash or a control
  /// character.
  @inline(__always)
  static func escaped(in word: UInt64) -> UInt64 {
    let quoteOrControl = (word ^ ones &* 0x02) &- ones &* 0x21
    let backslash = (word ^ ones &* 0x5C) &- ones
    return (quoteOrControl | backslash) & ~word & highBits
  }

  /// Marks as `special(in:)` does for a word, for sixteen bytes.
  @inline(__always)
  static func special(in block: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let quoteOrControl =
      (block ^ SIMD2(repeating: ones &* 0x02)) &- SIMD2(repeating: ones &* 0x21)
    let backslash = (block ^ SIMD2(repeating: ones &* 0x5C)) &- SIMD2(repeating: ones)
    return (quoteOrControl | backslash | block) & SIMD2(repeating: highBits)
  }

  /// Marks the first quote.
  @inline(__always)
  static func quote(in block: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let others = block ^ SIMD2(repeating: ones &* 0x22)
    return (others &- SIMD2(repeating: ones)) & ~others & SIMD2(repeating: highBits)
  }

  /// The number of bytes before the first mark, 16 if there is none.
  ///
  /// It has no branch: a word without a mark has 64 trailing zeros, and only then is `0 - (first >>
  /// 6)` a mask of ones that lets the second word count.
  @inline(__always)
  static func count(before marks: SIMD2<UInt64>) -> Int {
    let first = marks[0].trailingZeroBitCount
    let second = marks[1].trailingZeroBitCount
    return (first &+ second & (0 &- first &>> 6)) &>> 3
  }

  /// The number of bytes before the first mark in two blocks, 32 if there is none. Branch-free,
  /// too.
  @inline(__always)
  static func count(before marks: SIMD2<UInt64>, _ next: SIMD2<UInt64>) -> Int {
    let first = count(before: marks)
    return first &+ count(before: next) & (0 &- first &>> 4)
  }

  /// The length of the UTF-8 character at `offset`, or nil if the bytes are not valid UTF-8 (RFC
  /// 3629, section 4).
  ///
  /// It may read beyond the range that the caller checks, up to the end of the text. A line break
  /// after the range is enough to make a cut character invalid.
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
