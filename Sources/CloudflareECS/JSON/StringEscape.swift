/// One escape sequence of a JSON string (RFC 8259, section 7). A surrogate pair counts as one.
struct StringEscape {
  /// The character that it represents; U+FFFD for a lone surrogate.
  var scalar: Unicode.Scalar
  /// Its length in the text, in bytes: 2, 6, or 12 for a surrogate pair.
  var length: Int
  var isLoneSurrogate = false
  /// Whether this library writes the character with the same escape.
  var isCanonical: Bool

  init(_ text: Span<UInt8>, at offset: Int) throws(JSONError) {
    length = 2
    isCanonical = true
    switch text[offset &+ 1] {
    case .quote: scalar = "\""
    case .backslash: scalar = "\\"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case .slash:
      scalar = "/"
      isCanonical = false
    case UInt8(ascii: "u"):
      let unit = try Self.unit(text, at: offset)
      length = 6
      isCanonical = false
      if let scalar = Unicode.Scalar(unit) {
        self.scalar = scalar
      } else if unit < 0xDC00, let low = Self.lowSurrogate(text, at: offset &+ 6),
        let scalar = Unicode.Scalar(0x10000 &+ (unit &- 0xD800) &<< 10 &+ (low &- 0xDC00))
      {
        self.scalar = scalar
        length = 12
      } else {
        scalar = "\u{FFFD}"
        isLoneSurrogate = true
      }
    default: throw JSONError(.badEscape, at: offset &+ 1)
    }
  }

  /// The code unit of a `\u` and four hexadecimal digits, which begin at `offset`.
  private static func unit(_ text: Span<UInt8>, at offset: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for position in (offset &+ 2)..<(offset &+ 6) {
      // The line break at the end of the text stops this loop at the latest.
      guard let digit = text[position].hexValue else { throw JSONError(.badEscape, at: position) }
      unit = unit &<< 4 | digit
    }
    return unit
  }

  private static func lowSurrogate(_ text: Span<UInt8>, at offset: Int) -> UInt32? {
    guard offset &+ 6 <= text.count, text[offset] == .backslash,
      text[offset &+ 1] == UInt8(ascii: "u"), let unit = try? unit(text, at: offset),
      0xDC00...0xDFFF ~= unit
    else { return nil }
    return unit
  }
}
