/// A cache of values that rows made from short texts: actions, countries, protocols and products repeat.
///
/// Only for rows whose value depends on nothing but the text. All such rows of a field are looked up together:
///
///     ClientCountry, "us"  →  US   United States   (none)
///
/// Documents are written straight from the cached bytes. A text has one entry, found by its hash; another text with
/// the same hash replaces it.
struct ValueCache: ~Copyable {
  private struct Entry {
    /// Identifies the rows and the length of the text; -1 for no entry.
    var key = -1
    /// The index of its first value, and how many there are.
    var first = 0
    var count = 0
    /// The text, as ``Span/ends(_:)`` has it.
    var words = (SIMD2<UInt64>(), SIMD2<UInt64>())
  }

  /// The entry for a text, known or not.
  struct Place {
    var entry: Int
    /// The index of its first value; -1 if the text is not known.
    var first: Int
    var count: Int
  }

  /// A value, and the target that it is for.
  private struct Value {
    var target: Int
    var slice: ValueSlice
  }

  private static let size = 512
  /// If the values take more bytes than this, all are discarded before the next record.
  private static let mostBytes = 1 << 14
  private static let longestValue = 48
  /// Made with the first value.
  private var entries: [Entry] = []
  private var values: [Value] = []
  /// The bytes of all values, followed by as many bytes as a wide copy may read.
  private(set) var text = OutputBuffer(minimumCapacity: 0)

  /// Discards all values if there are too many. Places found before become invalid.
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

  /// The entry for a text and some rows; nil if the text is too long.
  @inline(__always)
  func find(_ rows: Int, _ text: Span<UInt8>, _ content: Range<Int>) -> Place? {
    guard let words = text.ends(content) else { return nil }
    let index = Self.index(words, rows)
    guard index < entries.count else { return Place(entry: index, first: -1, count: 0) }
    let difference = (words.0 ^ entries[index].words.0) | (words.1 ^ entries[index].words.1)
    let isKnown =
      difference[0] | difference[1] == 0 && entries[index].key == rows &* 64 &+ content.count
    return Place(
      entry: index, first: isKnown ? entries[index].first : -1, count: entries[index].count)
  }

  /// Gives the values of a known text to their targets, as slices of ``text``.
  @inline(__always)
  func copy(_ place: Place, to targets: inout TargetValues) {
    for index in place.first..<(place.first &+ place.count) {
      targets.set(values[index].target, values[index].slice)
    }
  }

  /// Appends the only value of a known text.
  @inline(__always)
  func append(_ place: Place, to buffer: inout OutputBuffer) {
    let range = values[place.first].slice.range
    text.withSpan { buffer.append($0, range) }
  }

  /// Makes an entry for a text. Its values are added next.
  mutating func keep(
    _ place: Place, _ rows: Int, _ text: Span<UInt8>, _ content: Range<Int>
  ) {
    guard let words = text.ends(content) else { return }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.size) }
    entries[place.entry] = Entry(
      key: rows &* 64 &+ content.count, first: values.count, words: words)
  }

  /// Whether a value can be kept.
  func canKeep(_ value: ValueSlice) -> Bool { value.count <= Self.longestValue }

  /// Adds a value of the newest entry, which is at a place.
  mutating func add(
    _ value: ValueSlice, for target: Int = 0, of source: Span<UInt8>, to place: Place
  ) {
    if text.count > 0 { text.truncate(to: text.count &- OutputBuffer.readAhead) }
    values.append(
      Value(target: target, slice: ValueSlice(.cached, text.count, value.count)))
    entries[place.entry].count += 1
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
