/// Eight bytes of text in one word, the first byte lowest, so that decimal digits are tested, read
/// and written eight at a time.
///
///     text      2 0 2 2 - 0 7 -
///     word      0x2D37_302D_3232_3032
///     pair(at: 0) = 20, pair(at: 2) = 22, pair(at: 5) = 07
struct DigitWord {
  static let length = 8

  var bytes: UInt64
}

// MARK: Reading

extension DigitWord {
  /// The eight bytes of `text` from `offset` on.
  ///
  /// These are plain bounds-checked reads. Where the compiler can tell that the text is long
  /// enough, as behind a test of its count with a constant offset, they become one load.
  @inline(__always)
  init(_ text: Span<UInt8>, at offset: Int) {
    bytes = 0
    for index in 0..<Self.length {
      bytes |= UInt64(text[offset &+ index]) &<< UInt64(truncatingIfNeeded: 8 &* index)
    }
  }

  /// Whether all eight bytes are `0` to `9`.
  @inline(__always)
  var isDigits: Bool { matches(0x3030_3030_3030_3030, digits: .max) }

  /// Whether the bytes are those of `form` outside the bytes that `digits` covers, and digits there;
  /// `form` has zeros in their place.
  @inline(__always)
  func matches(_ form: UInt64, digits: UInt64) -> Bool {
    // A digit's high half is 3, and stays 3 when 6 is added. A byte that passes the first test does
    // not carry into its neighbour in the second.
    let highHalves = digits & 0xF0F0_F0F0_F0F0_F0F0
    let raised = bytes &+ (digits & 0x0606_0606_0606_0606)
    return bytes & (highHalves | ~digits) == form && raised & highHalves == form & digits
  }

  /// The number that eight digits write.
  @inline(__always)
  var number: UInt64 {
    let pairs = self.pairs & 0x00FF_00FF_00FF_00FF
    let quads = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return (quads &* 10_000 &+ quads &>> 32) & 0xFFFF_FFFF
  }

  /// The number that the two digits from byte `index` on write.
  @inline(__always)
  func pair(at index: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: pairs &>> (8 &* index)) & 0xFF
  }

  /// In each byte, ten times its digit and the next byte's digit; at most 165 whatever the bytes are,
  /// so that nothing carries.
  @inline(__always)
  private var pairs: UInt64 {
    let digits = bytes & 0x0F0F_0F0F_0F0F_0F0F
    return digits &* 10 &+ digits &>> 8
  }
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
    self.init(pairs: hundreds | (quads &- hundreds &* 100) &<< 16)
  }

  /// The digits of four numbers from 0 to 99, each in 16 bits, the first one lowest.
  @inline(__always)
  private init(pairs: UInt64) {
    // 103 / 2¹⁰ is close enough to a tenth for every number below 100.
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    let ones = pairs &- tens &* 10
    bytes = tens | ones &<< 8 | 0x3030_3030_3030_3030
  }

  /// Copies some of the bytes to `offset`.
  @inline(__always)
  func copy(_ range: Range<Int>, into text: inout InlineArray<32, UInt8>, at offset: Int) {
    for index in range {
      text[offset &+ index &- range.lowerBound] = UInt8(
        truncatingIfNeeded: bytes &>> UInt64(truncatingIfNeeded: 8 &* index))
    }
  }
}
