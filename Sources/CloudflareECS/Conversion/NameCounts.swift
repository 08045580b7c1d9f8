/// Counts how often each name occurred. A name that was seen before costs no allocation.
///
/// The names come from the input, which may be hostile: their number and length are limited, and
/// the hash depends on a secret, so that nobody can choose names that all fall into one bucket.
struct NameCounts: Sendable {
  private struct Entry: Sendable {
    var range: Range<Int>
    var count: Int
  }

  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// A hash table with open addressing: 0 for a free bucket, otherwise an entry's index + 1.
  private var buckets: [UInt16] = []
  /// Occurrences of names beyond the limit, and of names that are too long.
  private var others = 0

  /// Counts the name in `range`.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= ConversionCounts.longestName else {
      others &+= 1
      return
    }
    if buckets.isEmpty { buckets = Array(repeating: 0, count: 4096) }
    var bucket =
      Int(truncatingIfNeeded: SecretHash.hash(text, range) &>> 32) & (buckets.count &- 1)
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

  func forEach(_ body: (String, Int) -> Void) {
    for entry in entries { body(String(unescaping: names.span, entry.range), entry.count) }
    if others > 0 { body(ConversionCounts.otherNames, others) }
  }
}
