extension FieldMapping.Transform {
  /// A whole number of 64 bits, from a number or from a string without a sign. `64500.0` and `4.03e2` are
  /// whole numbers, too.
  public static let integer = Self(IntegerTransform.self)
}

/// A whole number of 64 bits: a number, or a string without a sign, that is an integer by its digits
/// (``DecimalNumber``).
enum IntegerTransform: TransformDefinition {
  static let name = "integer"
  static var verbatimKind: JSONSlice.Kind? { .integer }
  static func result(_ parameters: [String]) -> TransformResult { .integer }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let start = scratch.buffer.count
    scratch.appendInteger(row.field, record, text)
    return scratch.madeIfAny(from: start)
  }
}

extension Scratch {
  /// Appends the digits of the whole number in a field; nothing where it has none, which is an issue.
  mutating func appendInteger(_ field: Int, _ record: borrowing Record, _ text: Span<UInt8>) {
    let slice = record.slices[field]
    if slice.tag == JSONSlice.verbatimTag(.integer) {
      buffer.append(text, slice.content)
    } else if !slice.isEmpty, let value = integer(of: slice, field, text) {
      buffer.append(integer: value)
    }
  }

  private mutating func integer(
    of slice: JSONSlice, _ field: Int, _ text: Span<UInt8>
  ) -> Int64? {
    let digits = slice.content
    var isPlain = slice.kind == .integer
    if slice.kind == .string {
      isPlain = true
      for offset in digits where !text[offset].isDigit { isPlain = false }
    }
    guard isPlain else { return exactInteger(of: slice, digits, field, text) }
    guard let value = Int64(digits: text, digits) else {
      report(.outOfRange, field, slice)
      return nil
    }
    return value
  }

  /// The integer that is equal to a decimal number; if there is none, that is an issue.
  @inline(never)
  private mutating func exactInteger(
    of slice: JSONSlice, _ content: Range<Int>, _ field: Int, _ text: Span<UInt8>
  ) -> Int64? {
    guard slice.kind == .string || slice.kind == .decimal,
      let number = DecimalNumber(text, content), slice.kind == .decimal || !number.isNegative
    else {
      report(.wrongType, field, slice)
      return nil
    }
    do throws(DecimalNumber.Fault) {
      return try number.integer(text)
    } catch {
      report(error == .outOfRange ? .outOfRange : .wrongType, field, slice)
      return nil
    }
  }
}

extension Int64 {
  /// An optional minus and digits that are known to be digits; nil beyond 64 bits.
  init?(digits text: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    let isNegative = position < range.upperBound && text[position] == .minus
    if isNegative { position &+= 1 }
    var value: Int64 = 0
    while position < range.upperBound {
      let digit = Int64(text[position] &- .zero)
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowedToo) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflowed || overflowedToo { return nil }
      value = sum
      position &+= 1
    }
    self = value
  }
}
