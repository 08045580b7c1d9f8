/// How often names occurred, kept so that a name which was seen before costs no allocation.
struct NameCounts: Sendable {
  private struct Entry: Sendable {
    var range: Range<Int>
    var count: Int
  }

  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// Open addressing over the names' hashes; 0 is free, otherwise the entry's index + 1.
  private var buckets: [UInt16] = []
  /// Further names, once there are as many as are counted each on its own.
  private var others = 0

  /// Counts the name in `range`.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>) {
    if buckets.isEmpty { buckets = Array(repeating: 0, count: 4096) }
    var bucket = range.isEmpty ? 0 : KeyTable.hash(text, range) & (buckets.count &- 1)
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
