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
  /// The literals with the same beginning, as long as the window: many begin with the same directory.
  private struct Group {
    /// The beginning, as ``word(_:_:_:)`` has it.
    var word: UInt64
    /// A range of ``entries``.
    var entries: Range<Int>
  }

  private struct Entry {
    /// The literal, as a range of ``bytes``.
    var literal: Range<Int>
    /// The expressions that need it, as a range of ``expressions``.
    var expressions: Range<Int>
  }

  /// The shortest literal that is searched.
  static let least = 2
  /// Of the hash. With 150 rules, eleven have more collisions.
  private static let bits = 12
  /// The longest window.
  private static let longest = 8

  private let window: Int
  private let bytes: [UInt8]
  private let expressions: [Int]
  /// By hash: how far the window moves; 0 where a literal may begin.
  private let shifts: [UInt8]
  /// By hash: where its groups begin; they end where those of the next hash begin.
  private let firsts: [Int]
  private let groups: [Group]
  private let entries: [Entry]

  /// - Parameter literals: in lower case, at least two bytes each, with the expressions that need them.
  init(_ literals: [[UInt8]: [Int]]) {
    let window = min(literals.keys.map(\.count).min() ?? 2, Self.longest)
    var (bytes, expressions) = ([UInt8](), [Int]())
    var shifts = [UInt8](repeating: UInt8(window - 1), count: 1 << Self.bits)
    var buckets: [[Group]] = Array(repeating: [], count: 1 << Self.bits)
    var entries: [Entry] = []
    for (literal, users) in literals.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let entry = Entry(
        literal: bytes.count..<(bytes.count + literal.count),
        expressions: expressions.count..<(expressions.count + users.count))
      bytes += literal
      expressions += users
      for end in 1..<window {
        let hash = Self.hash(UInt16(literal[end - 1]) | UInt16(literal[end]) << 8)
        shifts[hash] = min(shifts[hash], UInt8(window - 1 - end))
        guard end == window - 1 else { continue }
        // In order, so that literals of a group follow each other.
        let word = Self.word(literal.span, 0, window)
        if buckets[hash].last?.word != word {
          buckets[hash].append(Group(word: word, entries: entries.count..<entries.count))
        }
        entries.append(entry)
        let last = buckets[hash].count - 1
        buckets[hash][last].entries = buckets[hash][last].entries.lowerBound..<entries.count
      }
    }
    var (firsts, groups) = ([Int](), [Group]())
    for bucket in buckets {
      firsts.append(groups.count)
      groups += bucket
    }
    firsts.append(groups.count)
    (self.window, self.bytes, self.expressions) = (window, bytes, expressions)
    (self.shifts, self.firsts) = (shifts, firsts)
    (self.groups, self.entries) = (groups, entries)
  }

  /// The hash of two bytes, the first one in the lower bits. Letters in both cases have the same.
  @inline(__always)
  private static func hash(_ bytes: UInt16) -> Int {
    Int(truncatingIfNeeded: (UInt32(bytes & 0xDFDF) &* 0x9E37_79B1) &>> UInt32(32 &- bits))
  }

  /// The bytes at a position, as many as the window has. Letters in both cases are the same, and some other bytes.
  @inline(__always)
  private static func word(_ text: Span<UInt8>, _ start: Int, _ window: Int) -> UInt64 {
    text.shortWord(start..<(start &+ window)) | 0x2020_2020_2020_2020
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
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count && window >= Self.least)
    var last = range.lowerBound &+ window &- 1
    while last < range.upperBound {
      // Safe: both bytes are in the range, as the window has at least two, and the range is in the text.
      let hash = unsafe Self.hash(text.twoBytes(atUnchecked: last &- 1))
      // Safe: a hash has as many bits as there are elements for.
      let shift = unsafe Int(shifts[unchecked: hash])
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
    let word = Self.word(text, start, window)
    for index in firsts[hash]..<firsts[hash &+ 1] where groups[index].word == word {
      check(groups[index].entries, text, start, end, &candidates)
    }
  }

  private func check(
    _ range: Range<Int>, _ text: Span<UInt8>, _ start: Int, _ end: Int,
    _ candidates: inout [UInt64]
  ) {
    for entry in entries[range] {
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
