/// What rows made of short texts before: actions, countries, protocols and products repeat.
///
/// Only for rows whose value depends on nothing but the text. A row and a text have one entry, by their
/// hash; another pair with that hash replaces it.
struct ValueMemo {
  private struct Entry {
    /// The row and the length of the text; -1 for none.
    var key = -1
    /// The text, as ``Span/ends(_:)`` has it.
    var words = (SIMD2<UInt64>(), SIMD2<UInt64>())
    /// What was made of it.
    var value = Label([])!
    var hasValue = false
  }

  private static let size = 512
  private let isUsed: Bool
  /// Made with the first value.
  private var entries: [Entry] = []

  /// A memo, or one that never remembers anything.
  init(isUsed: Bool) { self.isUsed = isUsed }

  /// Where the value of a row and a text is, or would be; nil if the text is too long.
  @inline(__always)
  func find(_ row: Int, _ text: Span<UInt8>, _ content: Range<Int>) -> (entry: Int, isKnown: Bool)?
  {
    guard isUsed, let words = text.ends(content) else { return nil }
    let index = Self.index(words, row)
    guard !entries.isEmpty else { return (index, false) }
    let difference = (words.0 ^ entries[index].words.0) | (words.1 ^ entries[index].words.1)
    let isKnown =
      difference[0] | difference[1] == 0 && entries[index].key == row &* 64 &+ content.count
    return (index, isKnown)
  }

  /// Appends a known value; returns whether there is one.
  @inline(__always)
  func append(_ entry: Int, to buffer: inout OutputBuffer) -> Bool {
    guard entries[entry].hasValue else { return false }
    buffer.append(entries[entry].value)
    return true
  }

  /// Remembers what a row made of a text, or that it made nothing.
  mutating func remember(
    _ value: Label?, _ entry: Int, _ row: Int, _ text: Span<UInt8>, _ content: Range<Int>
  ) {
    guard let words = text.ends(content) else { return }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.size) }
    entries[entry] = Entry(
      key: row &* 64 &+ content.count, words: words, value: value ?? Label([])!,
      hasValue: value != nil)
  }

  @inline(__always)
  private static func index(_ words: (SIMD2<UInt64>, SIMD2<UInt64>), _ row: Int) -> Int {
    let mixed =
      words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ UInt64(row) &* 0xC2B2_AE3D_27D4_EB4F
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48) & (size &- 1)
  }
}
