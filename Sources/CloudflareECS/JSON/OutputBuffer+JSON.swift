/// Writes JSON in the library's canonical form.
///
/// Strings escape only `"`, `\` and the control characters below U+0020 (`\b \f \n \r \t` if JSON
/// has a short form, otherwise `\u00xx`). There is no white space between tokens.
extension OutputBuffer {
  /// Appends a string with its quotes.
  mutating func append(jsonString text: String) {
    let content = text.utf8.span
    append(.quote)
    if !appendShortContent(content) { append(jsonContent: content, 0..<content.count) }
    append(.quote)
  }

  /// Appends the content of a string that was scanned, with canonical escapes.
  mutating func appendCanonical(_ text: Span<UInt8>, content: Range<Int>) {
    forEachPiece(text, content) { buffer, piece, scalar in
      buffer.append(text, piece)
      if let scalar { buffer.append(scalar, escaped: true) }
    }
  }

  /// Appends the content of a string that was scanned, decoded.
  mutating func appendPlain(_ text: Span<UInt8>, content: Range<Int>) {
    forEachPiece(text, content) { buffer, piece, scalar in
      buffer.append(text, piece)
      if let scalar { buffer.append(scalar, escaped: false) }
    }
  }

  /// Splits the content at its escapes: `body` takes each piece without escapes, and the character
  /// of the escape after it, if there is one.
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

  /// Appends an integer in decimal.
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
