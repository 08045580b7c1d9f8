/// Searches many literals in a value in one pass, without regard to the case of A–Z.
///
/// It looks at two bytes at a time (Wu and Manber). The window is as long as the shortest literal. A table says, for a
/// hash of the last two bytes in the window, how far the window may move before these bytes can stand where a literal
/// has them: mostly the length of the window less one. Only where a literal's beginning may end there, literals are
/// compared.
///
///     literals    /admin /shell    window of 6
///     value       /index.html
///     window      /index           "ex" is in no literal: move 5
///
/// It is a class so that it is not copied for each event.
final class LiteralScanner: Sendable {
  private struct Entry {
    /// The literal, as a range of ``bytes``.
    var literal: Range<Int>
    /// The expressions that need it, as a range of ``expressions``.
    var expressions: Range<Int>
  }

  /// The shortest literal that is searched.
  static let least = 2
  private static let bits = 10
  /// The longest window.
  private static let longest = 8

  private let window: Int
  private let bytes: [UInt8]
  private let expressions: [Int]
  /// By hash: how far the window moves; 0 where a literal may begin.
  private let shifts: [UInt8]
  /// By hash: where its entries begin; they end where those of the next hash begin.
  private let firsts: [Int]
  private let entries: [Entry]

  /// - Parameter literals: in lower case, at least two bytes each, with the expressions that need them.
  init(_ literals: [[UInt8]: [Int]]) {
    let window = min(literals.keys.map(\.count).min() ?? 2, Self.longest)
    var (bytes, expressions) = ([UInt8](), [Int]())
    var shifts = [UInt8](repeating: UInt8(window - 1), count: 1 << Self.bits)
    var buckets: [[Entry]] = Array(repeating: [], count: 1 << Self.bits)
    for (literal, users) in literals.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let entry = Entry(
        literal: bytes.count..<(bytes.count + literal.count),
        expressions: expressions.count..<(expressions.count + users.count))
      bytes += literal
      expressions += users
      for end in 1..<window {
        let hash = Self.hash(literal[end - 1], literal[end])
        shifts[hash] = min(shifts[hash], UInt8(window - 1 - end))
        if end == window - 1 { buckets[hash].append(entry) }
      }
    }
    var (firsts, entries) = ([Int](), [Entry]())
    for bucket in buckets {
      firsts.append(entries.count)
      entries += bucket
    }
    firsts.append(entries.count)
    (self.window, self.bytes, self.expressions) = (window, bytes, expressions)
    (self.shifts, self.firsts, self.entries) = (shifts, firsts, entries)
  }

  @inline(__always)
  private static func hash(_ one: UInt8, _ other: UInt8) -> Int {
    // Letters in both cases have the same hash.
    (Int(one & 0xDF) &* 37 &+ Int(other & 0xDF) &* 5) & (1 &<< bits &- 1)
  }

  /// How rare it is that a value has one of some texts: a guess from the commonest of them. Punctuation is rarer than
  /// letters.
  static func rarity(of texts: [[UInt8]]) -> Int {
    let rarities = texts.map { text in
      text.reduce(0) { $0 + ($1.isLetter || $1.isDigit || $1 == .slash || $1 == .space ? 1 : 3) }
    }
    return rarities.min() ?? 0
  }

  /// Adds all expressions that need a literal.
  func addAll(to candidates: inout [UInt64]) {
    for index in expressions { candidates[index / 64] |= 1 << UInt64(index % 64) }
  }

  func scan(_ text: Span<UInt8>, _ range: Range<Int>, into candidates: inout [UInt64]) {
    let table = shifts
    let shifts = table.span
    var last = range.lowerBound &+ window &- 1
    while last < range.upperBound {
      let hash = Self.hash(text[last &- 1], text[last])
      let shift = Int(shifts[hash])
      if shift == 0 {
        check(hash, text, last &- window &+ 1, range.upperBound, &candidates)
        last &+= 1
      } else {
        last &+= shift
      }
    }
  }

  /// Adds the expressions of the literals that begin at a position.
  @inline(never)
  private func check(
    _ hash: Int, _ text: Span<UInt8>, _ start: Int, _ end: Int, _ candidates: inout [UInt64]
  ) {
    for index in firsts[hash]..<firsts[hash &+ 1] {
      let entry = entries[index]
      guard entry.literal.count <= end &- start else { continue }
      var offset = 0
      while offset < entry.literal.count,
        text[start &+ offset].lowercased == bytes[entry.literal.lowerBound &+ offset]
      {
        offset &+= 1
      }
      guard offset == entry.literal.count else { continue }
      for index in expressions[entry.expressions] {
        candidates[index / 64] |= 1 << UInt64(index % 64)
      }
    }
  }
}
