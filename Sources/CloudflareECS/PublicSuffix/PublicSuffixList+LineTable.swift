extension PublicSuffixList {
  /// The lines of `lines` whose suffixes have the same number of bytes, and which are therefore
  /// equally long.
  struct LineTable {
    /// The byte offset of the first one.
    var start: UInt32
    /// The number of lines.
    var count: UInt32
  }

  /// The mark of the suffix's line, without regard to letter case; `nil` if there is no line.
  static func mark(of suffix: Span<UInt8>) -> UInt8? {
    if let mark = markIgnoringASCIICase(of: suffix) { return mark }
    for index in suffix.indices where suffix[index] >= 0x80 {
      // The list is in lower case, so only a host with other letters can still match.
      guard let lowercased = LowercasedSuffix(suffix) else { return nil }
      let bytes = lowercased.bytes
      return markIgnoringASCIICase(of: bytes.span.extracting(first: lowercased.count))
    }
    return nil
  }

  /// Binary search in the table of the suffix's length. The first eight bytes are compared as one
  /// number, which is usually enough.
  private static func markIgnoringASCIICase(of suffix: Span<UInt8>) -> UInt8? {
    let length = suffix.count
    guard length <= longestSuffix else { return nil }
    var key: UInt64 = 0
    for index in 0..<min(length, 8) { key = key &<< 8 | UInt64(lowercased(suffix[index])) }
    let unusedBits = UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))

    let text = lines.utf8.span
    let lineLength = length &+ 2
    var line = Int(tables[length].start)
    var count = Int(tables[length].count)
    while count > 0 {
      let half = count &>> 1
      let middle = line &+ half &* lineLength
      let middleKey = word(text, at: middle &+ 1) &>> unusedBits
      var isBefore = middleKey < key
      if middleKey == key {
        var offset = 8
        while offset < length, text[middle &+ 1 &+ offset] == lowercased(suffix[offset]) {
          offset &+= 1
        }
        if offset >= length { return text[middle] }
        isBefore = text[middle &+ 1 &+ offset] < lowercased(suffix[offset])
      }
      if isBefore {
        line = middle &+ lineLength
        count &-= half &+ 1
      } else {
        count = half
      }
    }
    return nil
  }

  /// Eight bytes as a number that sorts as they do.
  ///
  /// Safe: the raw span checks both ends of the load, and every pattern of bits is a `UInt64`. The
  /// longest suffixes come last and have more than eight bytes, so no line is too near the end.
  @inline(__always)
  private static func word(_ text: Span<UInt8>, at offset: Int) -> UInt64 {
    unsafe UInt64(
      bigEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
