/// How many columns of a terminal a text takes.
///
/// Letters of East Asia and most pictures take two, marks that combine with the letter before take none. It is an
/// estimate: terminals differ.
enum DisplayWidth {
  static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The beginning of a text that fits into some columns; it ends in `…` if something is missing.
  static func cut(_ text: String, to columns: Int) -> String {
    if width(text) <= columns { return text }
    var result = String.UnicodeScalarView()
    var used = 1
    for scalar in text.unicodeScalars {
      used += width(scalar)
      if used > columns { break }
      result.append(scalar)
    }
    return String(result) + "…"
  }

  /// The text and as many spaces as its column needs.
  static func pad(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(text)))
  }

  /// A text in lines of at most so many columns, broken between words; a word that is longer is cut.
  static func wrapped(_ text: String, to columns: Int) -> [String] {
    lines(of: text.split(separator: " ").map { cut(String($0), to: columns) }, to: columns)
  }

  /// As many of the words in each line as fit, with a space between them. At least one line.
  static func lines(of words: [String], to columns: Int) -> [String] {
    var lines = [words.first ?? ""]
    for word in words.dropFirst() {
      if width(lines[lines.count - 1]) + 1 + width(word) > columns {
        lines.append(word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FBFF,
      0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }
}
