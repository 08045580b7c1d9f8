/// A decimal number in a text, by its digits: `-?digits[.digits][(e|E)[±]digits]`.
///
/// Programs that pass records on write integers in these forms: `64500.0`, `4.03e2`, `1.65e+18`.
/// Whether a number is an integer is decided from its digits, whatever the exponent; no
/// floating-point number is involved.
///
///     text      1 . 6 5 0 e + 1 8
///     digits    1 . 6 5              from the first to the last that is not 0
///     powers   18   17 16            of ten: an integer of 19 digits
struct DecimalNumber {
  /// Why a number has no value as an integer.
  enum Fault: Error {
    case notAnInteger
    /// Beyond a signed 64-bit integer.
    case outOfRange
  }

  let isNegative: Bool
  /// From the first to the last digit that is not 0, perhaps with a dot between; empty for zero.
  private let digits: Range<Int>
  /// The powers of ten of the first and of the last of them.
  private let highestPower: Int
  private let lowestPower: Int

  /// Larger than any text is long, and far from the end of `Int`.
  private static let largestExponent = 1 << 56

  /// The number in a range of a text; nil if the range is anything else.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    func endOfDigits(_ start: Int) -> Int? {
      var position = start
      while position < range.upperBound, text[position].isDigit { position &+= 1 }
      return position > start ? position : nil
    }
    func isNext(_ byte: UInt8, at position: Int) -> Bool {
      position < range.upperBound && text[position] == byte
    }

    isNegative = isNext(.minus, at: range.lowerBound)
    let start = isNegative ? range.lowerBound &+ 1 : range.lowerBound
    guard let unitsEnd = endOfDigits(start) else { return nil }
    var digitsEnd = unitsEnd
    if isNext(.dot, at: unitsEnd) {
      guard let end = endOfDigits(unitsEnd &+ 1) else { return nil }
      digitsEnd = end
    }
    var exponent = 0
    var end = digitsEnd
    if isNext(UInt8(ascii: "e"), at: end) || isNext(UInt8(ascii: "E"), at: end) {
      let isBelow = isNext(.minus, at: end &+ 1)
      let first = isBelow || isNext(.plus, at: end &+ 1) ? end &+ 2 : end &+ 1
      guard let exponentEnd = endOfDigits(first) else { return nil }
      for offset in first..<exponentEnd {
        exponent = min(exponent &* 10 &+ Int(text[offset] &- .zero), Self.largestExponent)
      }
      if isBelow { exponent = -exponent }
      end = exponentEnd
    }
    guard end == range.upperBound else { return nil }

    var first = start
    while first < digitsEnd, text[first] == .zero || text[first] == .dot { first &+= 1 }
    var last = digitsEnd
    while last > first, text[last &- 1] == .zero || text[last &- 1] == .dot { last &-= 1 }
    digits = first..<last
    func power(at offset: Int) -> Int {
      exponent &+ (offset < unitsEnd ? unitsEnd &- 1 &- offset : unitsEnd &- offset)
    }
    highestPower = power(at: first)
    lowestPower = power(at: last &- 1)
  }

  /// Writes the digits of the number's absolute value, without zeros in front, and returns how many
  /// they are; 24 at most.
  func writeInteger(
    _ text: Span<UInt8>, into buffer: inout InlineArray<24, UInt8>
  ) throws(Fault) -> Int {
    if digits.isEmpty {
      buffer[0] = .zero
      return 1
    }
    guard lowestPower >= 0 else { throw .notAnInteger }
    guard highestPower < buffer.count else { throw .outOfRange }
    for index in 0...highestPower { buffer[index] = .zero }
    var index = 0
    for offset in digits where text[offset] != .dot {
      buffer[index] = text[offset]
      index &+= 1
    }
    return highestPower &+ 1
  }

  /// The number as an integer.
  func integer(_ text: Span<UInt8>) throws(Fault) -> Int64 {
    var buffer = InlineArray<24, UInt8>(repeating: 0)
    let count = try writeInteger(text, into: &buffer)
    var value: Int64 = 0
    for index in 0..<count {
      // Below zero there is room for one more than above.
      let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(buffer[index] &- .zero)
      let (sum, overflowsToo) =
        isNegative
        ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
      if overflows || overflowsToo { throw .outOfRange }
      value = sum
    }
    return value
  }
}

extension Int64 {
  /// The integer that a decimal number is; nil for any other text, and beyond 64 bits.
  init?(decimal text: String) {
    let bytes = text.utf8.span
    guard let number = DecimalNumber(bytes, 0..<bytes.count),
      let value = try? number.integer(bytes)
    else { return nil }
    self = value
  }
}
