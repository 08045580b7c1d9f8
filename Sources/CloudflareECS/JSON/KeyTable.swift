/// The member names that a plan knows, made for being recognised quickly in the text of a record.
///
/// Each name is kept twice more: as the bytes `"Name":` in words with masks, for the comparison with
/// the name that is expected next, and as `\"Name\":`, the form in which it is repeated inside the
/// copy of the record. Names that are not the expected one are found by a hash of their length and
/// of their first and last eight bytes.
struct KeyTable: Sendable {
  /// Longest name that is compared in words: with its quotes and the colon it has three bytes more.
  private static let longestInWords = 29

  struct Entry: Sendable {
    fileprivate var name: Range<Int> = 0..<0
    /// The length of `"Name":`, and those bytes; no masks for a name that is too long.
    fileprivate var length = 0
    fileprivate var words = (Words(), Words())
    fileprivate var masks = (Words(), Words())
    /// `\"Name\":`
    fileprivate(set) var escaped = Label([])!

    /// Whether the text at `offset` is `"Name":`. Returns the offset behind the colon.
    @inline(__always)
    func match(_ text: Span<UInt8>, at offset: Int) -> Int? {
      guard offset &+ 32 <= text.count else { return nil }
      let difference =
        (text.words(at: offset) ^ words.0) & masks.0
        | (text.words(at: offset &+ 16) ^ words.1) & masks.1
      guard difference[0] | difference[1] == 0, length > 0 else { return nil }
      return offset &+ length
    }
  }

  typealias Words = SIMD2<UInt64>

  private(set) var entries: [Entry] = []
  /// All names.
  private var text: [UInt8] = []
  /// Open addressing over the hash; 0 is free, otherwise the entry's index + 1.
  private var buckets: [UInt16]

  var count: Int { entries.count }

  init(_ names: [String]) {
    var size = 256
    while size < names.count * 4 { size *= 2 }
    buckets = Array(repeating: 0, count: size)
    for name in names { add(name) }
  }

  private mutating func add(_ name: String) {
    var entry = Entry()
    let start = text.count
    text.append(contentsOf: name.utf8)
    entry.name = start..<text.count
    if name.utf8.count <= Self.longestInWords {
      let bytes = Array("\"\(name)\":".utf8)
      for (place, byte) in bytes.enumerated() {
        let shift = UInt64(place % 8) * 8
        if place < 16 {
          entry.words.0[place / 8] |= UInt64(byte) << shift
          entry.masks.0[place / 8] |= 0xFF << shift
        } else {
          entry.words.1[place / 8 - 2] |= UInt64(byte) << shift
          entry.masks.1[place / 8 - 2] |= 0xFF << shift
        }
      }
      entry.length = bytes.count
      entry.escaped = Label("\\\"\(name)\\\":".utf8)!
    }
    let index = entries.count
    entries.append(entry)
    var bucket = Self.hash(text.span, entry.name) & (buckets.count - 1)
    while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
    buckets[bucket] = UInt16(index + 1)
  }

  private static func hash(_ text: Span<UInt8>, _ name: Range<Int>) -> Int {
    let first = text.shortWord(name)
    let last =
      name.count > 8 ? text.word(at: name.upperBound &- 8) : first
    let mixed = (first ^ (last &<< 21 | last &>> 43) ^ UInt64(name.count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 48)
  }

  /// The index of the name that is written in `range` of `text`, or -1.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return -1 }
    var bucket = Self.hash(text, range) & (buckets.count &- 1)
    while true {
      let index = Int(buckets[bucket]) &- 1
      if index < 0 { return -1 }
      if text.equals(range, self.text.span, entries[index].name) { return index }
      bucket = (bucket &+ 1) & (buckets.count &- 1)
    }
  }
}
