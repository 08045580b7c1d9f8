/// The English names of countries, as CLDR has them.
///
/// All rows are equally long, so that a code is found by halving, without an index.
///
/// [CLDR: territories](https://cldr.unicode.org)
enum CountryNames {
  /// Where in `rows` the name of a country stands; nil if the two bytes, taken in upper case, are no
  /// code of ISO 3166-1 alpha-2 nor `XK`.
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
        // Behind the name are spaces, a dot and a line break.
        var end = start &+ width &- 2
        while rows[end &- 1] == .space { end &-= 1 }
        return (start &+ 3)..<end
      }
      if found < wanted { low = middle &+ 1 } else { high = middle }
    }
    return nil
  }
}
