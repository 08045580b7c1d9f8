/// The English names of countries, from CLDR.
///
/// The rows are sorted by code and equally long, so a binary search needs no index.
///
/// [CLDR: territories](https://cldr.unicode.org)
enum CountryNames {
  /// The range of a country's name in `rows`; nil if the code, in either case, is neither an
  /// ISO 3166-1 alpha-2 code nor `XK`.
  static func name(of text: Span<UInt8>, _ code: Range<Int>) -> Range<Int>? {
    guard code.count == 2 else { return nil }
    let wanted = (text[code.lowerBound].uppercased, text[code.lowerBound &+ 1].uppercased)
    let rows = rows.utf8.span
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) / 2
      let start = middle &* width
      let found = (rows[start], rows[start &+ 1])
      if found == wanted {
        // Spaces, a dot and a line break follow the name.
        var end = start &+ width &- 2
        while rows[end &- 1] == .space { end &-= 1 }
        return (start &+ 3)..<end
      }
      if found < wanted { low = middle &+ 1 } else { high = middle }
    }
    return nil
  }
}
