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
