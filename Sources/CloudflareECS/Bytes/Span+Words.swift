extension Span where Element == UInt8 {
  /// The eight bytes at `offset`, the first one in the lowest bits: `"Action"` gives
  /// 0x226E_6F69_7463_4122.
  ///
  /// Safe: the raw span checks both ends of the load, and every pattern of bits is a `UInt64`.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The two bytes at `offset`, the first one in the lowest bits.
  ///
  /// Safe: as `word(at:)`.
  @inline(__always)
  func twoBytes(at offset: Int) -> UInt16 {
    unsafe UInt16(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The same where the caller knows that both are inside the span.
  @unsafe @inline(__always)
  func twoBytes(atUnchecked offset: Int) -> UInt16 {
    unsafe UInt16(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
  }

  /// The four bytes at `offset`, the first one in the lowest bits.
  ///
  /// Safe: as `word(at:)`.
  @inline(__always)
  private func fourBytes(at offset: Int) -> UInt32 {
    unsafe UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Three blocks of sixteen bytes: at `offset`, at `offset + 16`, and at `offset + last`, where
  /// `last` is 0 to 32. Nil if fewer than 48 bytes are left.
  ///
  /// Safe: all loads end within the 48 bytes at `offset`, which are inside the span; so there is a
  /// base address, too.
  @inline(__always)
  func blocks(
    at offset: Int, _ last: Int
  ) -> (first: SIMD2<UInt64>, middle: SIMD2<UInt64>, last: SIMD2<UInt64>)? {
    guard offset >= 0, offset <= count &- 48, UInt(bitPattern: last) <= 32 else { return nil }
    let from = unsafe withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped } + offset
    return unsafe (
      from.loadUnaligned(as: SIMD2<UInt64>.self),
      from.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self),
      from.loadUnaligned(fromByteOffset: last, as: SIMD2<UInt64>.self)
    )
  }

  /// The first and the last bytes of a text of up to 32 bytes; nil if it is longer. Two texts of
  /// equal length are equal if these are, since the parts cover the text, and may overlap:
  ///
  ///     203.0.113.7             11 bytes: `203.0.11` and `.0.113.7`
  ///     www.example.com:8443    20 bytes: `www.example.com:` and `example.com:8443`
  ///
  /// Safe: the range is inside the span, and no load begins before it or ends after it.
  @inline(__always)
  func ends(_ range: Range<Int>) -> (SIMD2<UInt64>, SIMD2<UInt64>)? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let length = range.count
    if length < 8 { return (SIMD2(shortWord(range), 0), SIMD2()) }
    guard length <= 32 else { return nil }
    let from = unsafe withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped } + range.lowerBound
    if length < 16 {
      return unsafe (
        SIMD2(
          from.loadUnaligned(as: UInt64.self),
          from.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)), SIMD2()
      )
    }
    return unsafe (
      from.loadUnaligned(as: SIMD2<UInt64>.self),
      from.loadUnaligned(fromByteOffset: length &- 16, as: SIMD2<UInt64>.self)
    )
  }

  /// The first bytes of `range`, up to eight, padded with zeros.
  @inline(__always)
  func shortWord(_ range: Range<Int>) -> UInt64 {
    if range.lowerBound &+ 8 <= count {
      let bits = UInt64(truncatingIfNeeded: Swift.min(range.count, 8) &* 8)
      return word(at: range.lowerBound) & (bits == 64 ? ~0 : (1 &<< bits) &- 1)
    }
    return shortWordAtEnd(range)
  }

  /// The same for up to seven bytes: the first four or two of them, and the last four or two, which may overlap.
  @inline(never)
  private func shortWordAtEnd(_ range: Range<Int>) -> UInt64 {
    let (start, length) = (range.lowerBound, range.count)
    if length >= 4 {
      return UInt64(fourBytes(at: start)) | UInt64(fourBytes(at: start &+ length &- 4))
        &<< UInt64(8 &* (length &- 4))
    }
    if length >= 2 {
      return UInt64(twoBytes(at: start)) | UInt64(twoBytes(at: start &+ length &- 2))
        &<< UInt64(8 &* (length &- 2))
    }
    return length == 0 ? 0 : UInt64(self[start])
  }

  /// Whether the bytes in `range` equal those of `other` in `otherRange`.
  func equals(_ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>) -> Bool {
    guard range.count == otherRange.count else { return false }
    if range.count < 8 { return shortWord(range) == other.shortWord(otherRange) }
    if range.count > 32 { return equalsInBlocks(range, other, otherRange) }
    let (left, right) = (range.lowerBound, otherRange.lowerBound)
    // The last eight bytes may overlap those before.
    let last = range.count &- 8
    var offset = 0
    while offset < last {
      if word(at: left &+ offset) != other.word(at: right &+ offset) { return false }
      offset &+= 8
    }
    return word(at: left &+ last) == other.word(at: right &+ last)
  }

  /// The same for ranges of equal length of at least 32 bytes.
  @inline(__always)
  private func equalsInBlocks(
    _ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>
  ) -> Bool {
    let last = range.count &- 32
    var offset = 0
    while true {
      // The last block may overlap the one before.
      if offset > last { offset = last }
      let (start, otherStart) = (range.lowerBound &+ offset, otherRange.lowerBound &+ offset)
      guard let (first, second) = ends(start..<(start &+ 32)),
        let (otherFirst, otherSecond) = other.ends(otherStart..<(otherStart &+ 32)),
        first == otherFirst, second == otherSecond
      else { return false }
      if offset == last { return true }
      offset &+= 32
    }
  }

  /// Whether the bytes in `range` equal `literal`.
  func equals(_ range: Range<Int>, _ literal: String) -> Bool {
    equals(range, literal.utf8.span, 0..<literal.utf8.count)
  }

  /// Whether the bytes in `range` equal `literal`, which is in lower case, ignoring ASCII case.
  func equalsIgnoringCase(_ range: Range<Int>, _ literal: String) -> Bool {
    let literal = literal.utf8.span
    guard range.count == literal.count else { return false }
    for index in 0..<literal.count
    where self[range.lowerBound &+ index].lowercased != literal[index] {
      return false
    }
    return true
  }

  /// The first offset of `byte` in `range`, or the end of the range.
  ///
  /// `(d - 1) & ~d` sets bit 7 of the first byte that is zero in the difference `d`. The bytes
  /// after it may be wrong, as a subtraction borrows from them:
  ///
  ///     text           a     "     ,     b        looking for the comma, 2C
  ///     d              4D    0E    00    4E
  ///     d - 1          4C    0D    FF    4C
  ///     & ~d & 80      00    00    80    00       the first is at offset 2
  package func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int {
    var offset = range.lowerBound
    if range.count < 8 {
      while offset < range.upperBound, self[offset] != byte { offset &+= 1 }
      return offset
    }
    let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
    let last = range.upperBound &- 8
    while true {
      // The last eight bytes may overlap those before.
      if offset > last { offset = last }
      let difference = word(at: offset) ^ pattern
      let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      if offset == last { return range.upperBound }
      offset &+= 8
    }
  }

  /// The offset after the digits at `start`. A byte that is not a digit must follow them.
  func endOfDigits(_ start: Int) -> Int {
    var position = start
    while self[position].isDigit { position &+= 1 }
    return position
  }

  /// The number of digits at `start`; nil if there are more than seven, or fewer than eight bytes
  /// are left.
  @inline(__always)
  func digitCount(at start: Int) -> Int? {
    guard start &+ 8 <= count else { return nil }
    let digits = word(at: start).digitCount
    return digits < 8 ? digits : nil
  }

  /// The last offset of `byte` in `range`, or nil if there is none.
  package func lastOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
    var offset = range.upperBound
    while offset > range.lowerBound {
      offset &-= 1
      if self[offset] == byte { return offset }
    }
    return nil
  }
}

extension UInt64 {
  /// The number of digits that the eight bytes begin with.
  ///
  ///     text        6     4     5     ,     "
  ///     values      06    04    05    1C    12       text ^ 30
  ///     + 76        7C    7A    7B    92    88       bit 7 is set if the value is above 9
  @inline(__always)
  var digitCount: Int {
    let values = self ^ 0x3030_3030_3030_3030
    // A carry changes only bytes after the first one above 9, and that one is all that counts.
    let others = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount &>> 3
  }
}

extension String {
  /// The text of UTF-8 bytes. U+FFFD stands for what is not valid.
  init(_ text: Span<UInt8>, _ range: Range<Int>) {
    let bytes = text.extracting(range)
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The text of some bytes of a string, of which it is known that they begin and end between characters. The string is
  /// valid, so they are as well, and are not checked again.
  init(partOf text: borrowing String, _ range: Range<Int>) {
    let whole = text.utf8Span
    if whole.isKnownASCII {
      self.init(uncheckedASCII: whole.span, range)
    } else {
      self.init(scanned: whole.span, range)
    }
  }

  /// The text of bytes that are known to be ASCII. They are not checked: others would make a string that is not valid.
  init(uncheckedASCII text: Span<UInt8>, _ range: Range<Int>) {
    self.init(copying: unsafe UTF8Span(unchecked: text.extracting(range), isKnownASCII: true))
  }

  /// The text of bytes that a scanner has read: it has found that they are valid, so they are not checked again.
  init(scanned text: Span<UInt8>, _ range: Range<Int>) {
    var bytes = unsafe UTF8Span(unchecked: text.extracting(range))
    // What is known to be ASCII is compared and hashed by its bytes.
    _ = bytes.checkForASCII()
    self.init(copying: bytes)
  }
}
