/// Eight bytes of text in one word, the first byte lowest. Decimal digits are checked, read and
/// written eight at a time.
///
///     text        2 0 2 2 - 0 7 -          read in the form 0000-00-
///     word        0x2D37_302D_3232_3032
///     form        0x2D30_302D_3030_3030
///     difference  0x0007_0000_0202_0002    word ^ form: values of digits, zero elsewhere
///     pair(at: 0) = 20, pair(at: 2) = 22, pair(at: 5) = 7
struct DigitWord {
  /// The form that eight bytes of text must have: any digit for `0`, otherwise the same byte.
  struct Form {
    fileprivate let text: UInt64
    /// Added to the differences, it carries into the upper half of each byte that is too large: 6
    /// for a digit (10 + 6 = 16), 15 for another byte (1 + 15 = 16).
    fileprivate let excess: UInt64

    static let eightDigits = Form(text: 0x3030_3030_3030_3030, excess: 0x0606_0606_0606_0606)
    /// `0000-00-`
    static let yearAndMonth = Form(text: 0x2D30_302D_3030_3030, excess: 0x0F06_060F_0606_0606)

    /// `00T00:00`, with any byte as the `T`.
    @inline(__always)
    static func dayAndMinute(separator: UInt8) -> Form {
      Form(text: 0x3030_3A30_3000_3030 | UInt64(separator) &<< 16, excess: 0x0606_0F06_060F_0606)
    }
  }

  private let difference: UInt64
}

// MARK: Reading

extension DigitWord {
  /// The eight bytes of `text` from `offset` on, or nil if they do not have the form.
  @inline(__always)
  init?(_ text: Span<UInt8>, at offset: Int, _ form: Form) {
    // Safe: the raw span checks both ends of the load, and every pattern of bits is a `UInt64`.
    let word = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let difference = word ^ form.text
    // A byte that carries into its neighbour is too large itself, so the word is refused anyway.
    guard (difference | (difference &+ form.excess)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else {
      return nil
    }
    self.difference = difference
  }

  /// The value of eight digits.
  ///
  ///     text     1   2   3   4   5   6   7   8
  ///     pairs   12      34      56      78         every second byte; the others are masked out
  ///     quads   1234            5678
  ///     number  12345678
  @inline(__always)
  var number: UInt64 {
    let pairs = self.pairs & 0x00FF_00FF_00FF_00FF
    let quads = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return (quads &* 10_000 &+ quads &>> 32) & 0xFFFF_FFFF
  }

  /// The value of the two digits at bytes `index` and `index + 1`.
  @inline(__always)
  func pair(at index: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: pairs &>> (8 &* index)) & 0xFF
  }

  /// In each byte, ten times its digit plus the next byte's digit.
  @inline(__always)
  private var pairs: UInt64 { difference &* 10 &+ difference &>> 8 }
}

// MARK: Writing

extension DigitWord {
  /// The digits of four numbers from 0 to 99.
  @inline(__always)
  init(_ first: UInt32, _ second: UInt32, _ third: UInt32, _ fourth: UInt32) {
    self.init(
      pairs: UInt64(first) | UInt64(second) &<< 16 | UInt64(third) &<< 32 | UInt64(fourth) &<< 48)
  }

  /// The eight digits of a number below 100,000,000.
  @inline(__always)
  init(_ number: UInt32) {
    let quads = UInt64(number / 10_000) | UInt64(number % 10_000) &<< 32
    // 5243 / 2¹⁹ is close enough to a hundredth for every number below 10,000.
    let hundreds = (quads &* 5243) &>> 19 & 0x0000_007F_0000_007F
    // hundreds | (quads - 100 * hundreds) << 16
    self.init(pairs: quads &<< 16 &- hundreds &* (100 &<< 16 &- 1))
  }

  /// The digits of four numbers from 0 to 99, each in 16 bits, the first one lowest.
  @inline(__always)
  private init(pairs: UInt64) {
    // 103 / 2¹⁰ is close enough to a tenth for every number below 100.
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    // tens | (pairs - 10 * tens) << 8
    difference = pairs &<< 8 &- tens &* (10 &<< 8 &- 1)
  }

  /// Writes the digits that start at byte `index`, as many as a `Part` has bytes, to `text` at
  /// `offset`.
  @inline(__always)
  func write<Part: FixedWidthInteger & BitwiseCopyable>(
    _ part: Part.Type, from index: UInt64, into text: inout InlineArray<32, UInt8>, at offset: Int
  ) {
    let word = difference | 0x3030_3030_3030_3030
    let part = Part(truncatingIfNeeded: word &>> (8 &* index)).littleEndian
    // Safe: the raw span checks both ends of the store, and every pattern of bits is a `UInt8`.
    // One wide store: the compiler does not merge single-byte stores here, and they would cost 50
    // instructions per text.
    var span = text.mutableSpan
    #if compiler(>=6.3)
      var raw = unsafe span.mutableBytes
    #else
      var raw = span.mutableBytes
    #endif
    raw.storeBytes(of: part, toByteOffset: offset, as: Part.self)
  }
}

extension Span where Element == UInt8 {
  /// The value of the digit at `position`; above 9 if the byte is not a digit.
  @inline(__always)
  func digit(at position: Int) -> UInt32 {
    UInt32(self[position]) &- UInt32(UInt8(ascii: "0"))
  }

  /// The value of the two digits at `start`, or nil if either byte is not a digit.
  @inline(__always)
  func pairOfDigits(at start: Int) -> UInt32? {
    let tens = digit(at: start)
    let ones = digit(at: start &+ 1)
    return tens < 10 && ones < 10 ? tens &* 10 &+ ones : nil
  }
}
