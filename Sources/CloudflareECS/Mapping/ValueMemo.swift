/// What rows made of short texts before: actions, countries, protocols and products repeat.
///
/// Only for rows whose value depends on nothing but the text. All such rows of a field are looked up together:
///
///     ClientCountry, "us"  →  US   United States   (none)
///
/// What was made is kept, and a document is written from it. A text has one entry, by its hash; another one
/// with that hash replaces it.
struct ValueMemo: ~Copyable {
  private struct Entry {
    /// The number of the rows, and the length of the text; -1 for none.
    var key = -1
    /// Where its values begin.
    var first = 0
    /// The text, as ``Span/ends(_:)`` has it.
    var words = (SIMD2<UInt64>(), SIMD2<UInt64>())
  }

  /// Where a text is, or would be.
  struct Place {
    var entry: Int
    /// Where its values begin, or -1.
    var first: Int
  }

  private static let size = 512
  /// With more bytes of values than that, all are forgotten before the next record.
  private static let mostBytes = 1 << 14
  private static let longestValue = 48
  private let isUsed: Bool
  /// Made with the first value.
  private var entries: [Entry] = []
  private var values: [ValueSlice] = []
  /// The bytes of all values, and behind them as many as a wide copy reads.
  private(set) var text = OutputBuffer(minimumCapacity: 0)

  /// A memo, or one that never remembers anything.
  init(isUsed: Bool) { self.isUsed = isUsed }

  /// Forgets all if there is too much. What was found before must not be used afterwards.
  @inline(__always)
  mutating func begin() {
    if text.count > Self.mostBytes || values.count > Self.mostBytes { forget() }
  }

  @inline(never)
  private mutating func forget() {
    entries = []
    values = []
    text.removeAll()
  }

  /// Where the values that some rows have for a text are, or would be; nil if the text is too long.
  @inline(__always)
  func find(_ rows: Int, _ text: Span<UInt8>, _ content: Range<Int>) -> Place? {
    guard isUsed, let words = text.ends(content) else { return nil }
    let index = Self.index(words, rows)
    guard index < entries.count else { return Place(entry: index, first: -1) }
    let difference = (words.0 ^ entries[index].words.0) | (words.1 ^ entries[index].words.1)
    let isKnown =
      difference[0] | difference[1] == 0 && entries[index].key == rows &* 64 &+ content.count
    return Place(entry: index, first: isKnown ? entries[index].first : -1)
  }

  /// One of the values of a text that is known, as a slice of ``text``.
  @inline(__always)
  func value(_ place: Place, _ index: Int) -> ValueSlice { values[place.first &+ index] }

  /// Appends the only value of a text that is known.
  func append(_ place: Place, to buffer: inout OutputBuffer) {
    let range = values[place.first].range
    text.withSpan { buffer.append($0, range) }
  }

  /// Remembers a text whose values are added next.
  mutating func remember(
    _ place: Place, _ rows: Int, _ text: Span<UInt8>, _ content: Range<Int>
  ) {
    guard let words = text.ends(content) else { return }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.size) }
    entries[place.entry] = Entry(
      key: rows &* 64 &+ content.count, first: values.count, words: words)
  }

  /// Whether a value can be kept.
  func canKeep(_ value: ValueSlice) -> Bool { value.count <= Self.longestValue }

  /// Adds a value of the text that was remembered last.
  mutating func add(_ value: ValueSlice, of source: Span<UInt8>) {
    guard !value.isAbsent else { return values.append(.absent) }
    if text.count > 0 { text.truncate(to: text.count &- OutputBuffer.readAhead) }
    values.append(ValueSlice(.remembered, text.count, value.count))
    text.append(source, value.range)
    text.appendZeros(OutputBuffer.readAhead)
  }

  @inline(__always)
  private static func index(_ words: (SIMD2<UInt64>, SIMD2<UInt64>), _ rows: Int) -> Int {
    let mixed =
      words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ UInt64(rows) &* 0xC2B2_AE3D_27D4_EB4F
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48) & (size &- 1)
  }
}
