/// How often names occurred, kept so that a name which was seen before costs no allocation.
///
/// Names are the input's: so many are kept, so long ones, and the hash depends on a number that nobody
/// outside knows, else a stream of names could be made that all fall into one bucket.
struct NameCounts: Sendable {
  private struct Entry: Sendable {
    var range: Range<Int>
    var count: Int
  }

  private static let secret = UInt64.random(in: .min ... .max)

  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// Open addressing over the names' hashes; 0 is free, otherwise the entry's index + 1.
  private var buckets: [UInt16] = []
  /// Further names, once there are as many as are counted each on its own, and those too long.
  private var others = 0

  /// Counts the name in `range`.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= ConversionCounts.longestName else {
      others &+= 1
      return
    }
    if buckets.isEmpty { buckets = Array(repeating: 0, count: 4096) }
    var bucket = Self.hash(text, range) & (buckets.count &- 1)
    while buckets[bucket] != 0 {
      let index = Int(buckets[bucket]) &- 1
      if text.equals(range, names.span, entries[index].range) {
        entries[index].count &+= 1
        return
      }
      bucket = (bucket &+ 1) & (buckets.count &- 1)
    }
    guard entries.count < ConversionCounts.maximumNames else {
      others &+= 1
      return
    }
    let start = names.count
    names.append(copying: text.extracting(range))
    entries.append(Entry(range: start..<names.count, count: 1))
    buckets[bucket] = UInt16(entries.count)
  }

  /// Of all bytes, eight at a time: each word is multiplied to 128 bits, and the halves are folded.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hash = secret ^ UInt64(range.count)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start &+ 8, range.upperBound)
      let word = text.shortWord(start..<end)
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.high ^ product.low
      start = end
    }
    return Int(truncatingIfNeeded: hash &>> 32)
  }

  func forEach(_ body: (String, Int) -> Void) {
    for entry in entries { body(String(unescaping: names.span, entry.range), entry.count) }
    if others > 0 { body(ConversionCounts.otherNames, others) }
  }
}
