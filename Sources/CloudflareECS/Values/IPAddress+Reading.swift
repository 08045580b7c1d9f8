extension IPAddress {
  /// Reads the text form of an address, strictly.
  ///
  /// IPv4 is four decimal numbers from 0 to 255 without leading zeros. IPv6 is eight groups of one
  /// to four hexadecimal digits in either case; one `::` may replace one or more groups of zeros,
  /// and the last two groups may be written as an IPv4 address. A zone (`%eth0`), brackets, a port,
  /// a prefix length and white space are not accepted.
  ///
  /// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
  ///
  /// ```swift
  /// IPAddress("203.0.113.7")?.bits            // 3405803783
  /// IPAddress("::ffff:203.0.113.7")?.version  // .v6
  /// IPAddress("203.0.113.07")                 // nil
  /// IPAddress("[2001:db8::1]")                // nil
  /// ```
  public init?(_ text: String) {
    self.init(text.utf8.span)
  }

  /// Reads an address from UTF-8 text, in the forms of `init(_: String)`.
  package init?(_ text: Span<UInt8>) {
    if let bits = Self.ipv4Bits(text, from: 0) {
      self.init(.v4, bits: UInt128(bits))
    } else if let bits = Self.ipv6Bits(text) {
      self.init(.v6, bits: bits)
    } else {
      return nil
    }
  }

  /// Whether the text in a range is a dotted quad. `true` is definite; `false` means: parse it,
  /// since fewer than 16 bytes may follow the start of the range.
  ///
  /// `word` and `next` hold the next 16 bytes of the text, and lose each number and its dot:
  ///
  ///     203.0.11|3.7",…      three digits and a dot: shift by four bytes
  ///     0.113.7"|,…          one digit and a dot: shift by two
  @inline(__always)
  static func isDottedQuad(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 15, range.lowerBound &+ 16 <= text.count else { return false }
    var word = text.word(at: range.lowerBound)
    var next = text.word(at: range.lowerBound &+ 8)
    var rest = range.count &+ 1
    for _ in 0..<4 {
      let count = word.digitCount
      guard UInt(bitPattern: count &- 1) < 3, count == 1 || word & 0xF != 0 else { return false }
      if count == 3, word.byteSwapped &>> 40 > 0x323535 { return false }  // 255
      let bits = UInt64(truncatingIfNeeded: count &* 8)
      rest &-= count &+ 1
      guard rest == 0 || UInt8(truncatingIfNeeded: word &>> bits) == UInt8(ascii: ".") else {
        return false
      }
      word = word &>> (bits &+ 8) | next &<< (56 &- bits)
      next &>>= bits &+ 8
    }
    return rest == 0
  }

  /// The value of the dotted quad that extends from `start` to the end of the text.
  private static func ipv4Bits(_ text: Span<UInt8>, from start: Int) -> UInt32? {
    var bits: UInt32 = 0
    var position = start
    for part in 0..<4 {
      if part > 0 {
        guard position < text.count, text[position] == UInt8(ascii: ".") else { return nil }
        position &+= 1
      }
      guard position < text.count, var number = decimalDigit(text[position]) else { return nil }
      position &+= 1
      // The loop stops after a leading zero, so that another digit fails the check for a dot.
      while number > 0, number < 100, position < text.count,
        let digit = decimalDigit(text[position])
      {
        number = number &* 10 &+ digit
        position &+= 1
      }
      guard number < 256 else { return nil }
      bits = bits &<< 8 | number
    }
    return position == text.count ? bits : nil
  }

  private static func ipv6Bits(_ text: Span<UInt8>) -> UInt128? {
    let colon = UInt8(ascii: ":")
    // `bits` has the groups since the start or since the gap (`::`), the last one lowest;
    // `bitsBeforeGap` those before the gap, at their final position.
    var bits: UInt128 = 0
    var bitsBeforeGap: UInt128?
    var groups = 0
    var position = 0
    if text.count >= 2, text[0] == colon, text[1] == colon {
      bitsBeforeGap = 0
      position = 2
    }
    while position < text.count {
      let start = position
      let limit = min(start &+ 4, text.count)
      var group: UInt32 = 0
      while position < limit, let digit = hexadecimalDigit(text[position]) {
        group = group &<< 4 | digit
        position &+= 1
      }
      guard position > start, groups < 8 else { return nil }
      if position < text.count, text[position] == UInt8(ascii: ".") {
        guard let tail = ipv4Bits(text, from: start) else { return nil }
        bits = bits &<< 32 | UInt128(tail)
        groups &+= 2
        break
      }
      bits = bits &<< 16 | UInt128(group)
      groups &+= 1
      if position == text.count { break }

      guard text[position] == colon, position &+ 1 < text.count else { return nil }
      position &+= 1
      if text[position] == colon {
        guard bitsBeforeGap == nil else { return nil }
        // At least one group precedes this gap, so the shift is less than 128.
        bitsBeforeGap = bits &<< UInt128(128 &- 16 &* groups)
        bits = 0
        position &+= 1
      }
    }
    guard let bitsBeforeGap else { return groups == 8 ? bits : nil }
    return groups < 8 ? bitsBeforeGap | bits : nil
  }

  @inline(__always)
  private static func decimalDigit(_ byte: UInt8) -> UInt32? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? UInt32(digit) : nil
  }

  @inline(__always)
  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? UInt32(letter) + 10 : decimalDigit(byte)
  }
}
