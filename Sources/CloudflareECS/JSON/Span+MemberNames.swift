/// Names of members in JSON text, which may be written with escapes: `"\u0064ata"` is `data`.
extension Span where Element == UInt8 {
  /// Whether the content of a name is `literal`.
  func isName(_ name: Range<Int>, _ literal: String) -> Bool {
    equals(name, literal) || unescapedName(name) == literal
  }

  /// Whether the content of a name ends in `suffix`.
  func isName(_ name: Range<Int>, endingIn suffix: String) -> Bool {
    let count = suffix.utf8.count
    return name.count >= count && equals((name.upperBound &- count)..<name.upperBound, suffix)
      || unescapedName(name)?.hasSuffix(suffix) == true
  }

  /// The name without its escapes; nil if it has none.
  func unescapedName(_ name: Range<Int>) -> String? {
    guard firstOffset(of: .backslash, in: name) < name.upperBound else { return nil }
    return String(unescaping: self, name)
  }
}
