/// Escapes text for a terminal, so that the text cannot control it.
///
/// Control characters could move the cursor or set the title, and bidirectional controls could reorder
/// the text that is shown. Both may come from the sender of a logged request.
enum TerminalText {
  /// Replaces U+001B by `\u{1b}`. With `keepsLayout` keeps line breaks and tabs, and writes escapes as in
  /// JSON: U+009B becomes `\u009b`.
  static func escaped(_ text: String, keepsLayout: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09 where keepsLayout, 0x0a where keepsLayout: result.unicodeScalars.append(scalar)
      case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069:
        let digits = String(scalar.value, radix: 16)
        result += keepsLayout ? "\\u\("000\(digits)".suffix(4))" : "\\u{\(digits)}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
