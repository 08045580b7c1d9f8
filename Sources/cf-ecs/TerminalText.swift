/// Text that a terminal shows and does not obey.
///
/// Control characters could move the cursor or set the title, and bidirectional controls show text
/// in another order than it has; both come from whoever sent the request that was logged.
enum TerminalText {
  /// U+001B becomes `\u{1b}`. In whole output, where line breaks and tabs are layout, U+009B becomes
  /// `\u009b`, as JSON has it.
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
