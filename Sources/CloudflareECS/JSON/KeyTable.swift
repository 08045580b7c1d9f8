/// The member names that a plan knows, made for being recognised quickly in the text of a record.
///
/// Each name is kept twice: as the bytes `Name":` in four words with masks, for the comparison with
/// the name that is expected next, and as `\"Name\":`, the form in which it is repeated inside the
/// copy of the record. Names that are not the expected one are found by a hash of their length and
/// of their first and last eight bytes.
struct KeyTable: Sendable {
  /// Longest name that is compared in words: `Name":` has two bytes more.
  private static let longestInWords = 30

  private struct Entry: Sendable {
    var length = 0
    var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    var masks = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    var name: Range<Int> = 0..<0
    var escaped: Range<Int> = 0..<0
  }

  private var entries: [Entry] = []
  /// All names and their escaped forms, with room behind for wide loads.
  private var text: [UInt8] = []
  /// Open addressing over the hash; 0 is free, otherwise the entry's index + 1.
  private var buckets: [UInt16]

  var count: Int { entries.count }

  init(_ names: [String]) {
    var size = 256
    while size < names.count * 4 { size *= 2 }
    buckets = Array(repeating: 0, count: size)
    for name in names { add(name) }
    text.append(contentsOf: repeatElement(0, count: 64))
  }

  private mutating func add(_ name: String) {
    var entry = Entry(length: name.utf8.count)
    let start = text.count
    text.append(contentsOf: name.utf8)
    entry.name = start..<text.count
    let escapedStart = text.count
    text.append(contentsOf: #"\""#.utf8)
    text.append(contentsOf: name.utf8)
    text.append(contentsOf: #"\":"#.utf8)
    entry.escaped = escapedStart..<text.count
    if entry.length <= Self.longestInWords {
      let bytes = Array(name.utf8) + [.quote, .colon]
      func word(_ index: Int) -> (UInt64, UInt64) {
        var word: UInt64 = 0
        var mask: UInt64 = 0
        for (position, byte) in bytes.dropFirst(index * 8).prefix(8).enumerated() {
          word |= UInt64(byte) << (UInt64(position) * 8)
          mask |= 0xFF << (UInt64(position) * 8)
        }
        return (word, mask)
      }
      let all = [word(0), word(1), word(2), word(3)]
      entry.words = (all[0].0, all[1].0, all[2].0, all[3].0)
      entry.masks = (all[0].1, all[1].1, all[2].1, all[3].1)
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

  /// Whether the text at `offset`, behind an opening quote, is `Name":` of the name at `index`.
  /// Returns the offset behind the colon.
  @inline(__always)
  func match(_ index: Int, _ text: Span<UInt8>, at offset: Int) -> Int? {
    guard offset &+ 32 <= text.count else { return nil }
    let entry = entries[index]
    let difference =
      (text.word(at: offset) ^ entry.words.0) & entry.masks.0
      | (text.word(at: offset &+ 8) ^ entry.words.1) & entry.masks.1
      | (text.word(at: offset &+ 16) ^ entry.words.2) & entry.masks.2
      | (text.word(at: offset &+ 24) ^ entry.words.3) & entry.masks.3
    // A name too long for four words has no masks, and is left to the hash.
    guard difference == 0, entry.masks.0 != 0 else { return nil }
    return offset &+ entry.length &+ 2
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

  /// Appends `\"Name\":`.
  @inline(__always)
  func appendEscaped(_ index: Int, to buffer: inout OutputBuffer) {
    buffer.append(text.span, entries[index].escaped)
  }
}
