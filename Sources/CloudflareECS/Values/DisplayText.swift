/// Text for people, on a terminal and in files: nothing in it can forge a line or control a terminal.
///
/// The senders of logged requests choose what many values say. Line breaks and tabs could add lines to a
/// message or a table, control characters move the cursor, and bidirectional controls reorder what is
/// shown. Everything that is written for people goes through here: values through `value`, whole
/// messages through `line`, JSON on a terminal through `json`.
package enum DisplayText {
  /// A value, escaped and cut to 200 characters (Unicode scalars).
  package static func value(_ text: some StringProtocol) -> String { escaped(text, limit: 200) }

  /// A message on one line, escaped and cut to 4,000 characters: more than any file's path takes.
  package static func line(_ text: some StringProtocol) -> String { escaped(text, limit: 4_000) }

  /// JSON, indented or on lines: line breaks and tabs between values are kept, and escapes are JSON's, so
  /// that U+009B becomes `\u009b`.
  package static func json(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || !isControl(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u\("000\(String(scalar.value, radix: 16))".suffix(4))"
      }
    }
    return result
  }

  /// Replaces U+001B by `\u{1b}`. A text that is too long ends in `…`.
  private static func escaped(_ text: some StringProtocol, limit: Int) -> String {
    var result = ""
    var count = 0
    // Where the result ends if `…` has to follow.
    var cut = result.endIndex
    for scalar in text.unicodeScalars {
      let shown =
        isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      let length = shown.unicodeScalars.count
      if count + length > limit { return result[..<cut] + "…" }
      result += shown
      count += length
      if count < limit { cut = result.endIndex }
    }
    return result
  }

  /// Control characters, line and paragraph separators, and bidirectional controls.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
