/// JSON text in the one form that this library writes.
///
/// A string escapes `"`, `\` and the control characters below U+0020 (`\b \f \n \r \t` where JSON
/// has a short form, `\u00xx` otherwise) and nothing else. There is no white space between tokens.
extension OutputBuffer {
  /// Appends a string, quotes included.
  mutating func append(jsonString text: String) {
    append(.quote)
    append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    append(.quote)
  }

  /// Appends plain text as the content of a string, eight bytes at a time.
  mutating func append(jsonContent text: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      let left = range.upperBound &- position
      let word = left >= 8 ? text.word(at: position) : text.shortWord(position..<range.upperBound)
      let escaped = StringBytes.escaped(in: word)
      // Behind the end of the text there are zeros, which are control characters.
      let plain = escaped == 0 ? 8 : escaped.trailingZeroBitCount &>> 3
      append(word: word, length: plain)
      position &+= plain
      if escaped != 0, position < range.upperBound {
        appendEscape(of: text[position])
        position &+= 1
      }
    }
  }

  @inline(__always)
  private mutating func appendEscape(of byte: UInt8) {
    if byte == .quote || byte == .backslash {
      append(word: UInt64(byte) &<< 8 | UInt64(UInt8.backslash), length: 2)
    } else {
      appendControlEscape(of: byte)
    }
  }

  private mutating func appendControlEscape(of byte: UInt8) {
    switch byte {
    case .lineFeed: append(#"\n"#)
    case .tab: append(#"\t"#)
    case .carriageReturn: append(#"\r"#)
    case 0x08: append(#"\b"#)
    case 0x0C: append(#"\f"#)
    default:
      append(#"\u00"#)
      append(byte < 0x10 ? .zero : .zero &+ 1)
      let digit = byte & 0x0F
      append(digit < 10 ? .zero &+ digit : UInt8(ascii: "a") &+ digit &- 10)
    }
  }

  /// Appends the content of a string that was scanned, with its escapes as this library writes them.
  mutating func appendCanonical(_ text: Span<UInt8>, content: Range<Int>) {
    forEachPiece(text, content) { buffer, piece, scalar in
      buffer.append(text, piece)
      if let scalar { buffer.append(scalar, escaped: true) }
    }
  }

  /// Appends the content of a string that was scanned, as plain text.
  mutating func appendPlain(_ text: Span<UInt8>, content: Range<Int>) {
    forEachPiece(text, content) { buffer, piece, scalar in
      buffer.append(text, piece)
      if let scalar { buffer.append(scalar, escaped: false) }
    }
  }

  /// Cuts the content into pieces without an escape, each with the character escaped behind it.
  private mutating func forEachPiece(
    _ text: Span<UInt8>, _ content: Range<Int>,
    _ body: (inout OutputBuffer, Range<Int>, Unicode.Scalar?) -> Void
  ) {
    var plain = content.lowerBound
    while plain < content.upperBound {
      let stop = text.firstOffset(of: .backslash, in: plain..<content.upperBound)
      guard stop < content.upperBound, let escape = try? StringEscape(text, at: stop) else {
        body(&self, plain..<content.upperBound, nil)
        return
      }
      body(&self, plain..<stop, escape.scalar)
      plain = stop &+ escape.length
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, escaped: Bool) {
    if escaped, scalar.value < 0x20 || scalar == "\"" || scalar == "\\" {
      appendEscape(of: UInt8(truncatingIfNeeded: scalar.value))
    } else {
      for unit in UTF8.encode(scalar)! { append(unit) }
    }
  }

  /// Appends the digits of an integer.
  mutating func append(integer value: Int64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var magnitude = value.magnitude
    var first = 20
    repeat {
      first &-= 1
      digits[first] = .zero &+ UInt8(truncatingIfNeeded: magnitude % 10)
      magnitude /= 10
    } while magnitude != 0
    if value < 0 { append(.minus) }
    append(digits.span, first..<20)
  }
}
