/// How often names occurred, kept so that a name which was seen before costs no allocation.
struct NameCounts: Sendable {
  private struct Entry: Sendable {
    var range: Range<Int>
    var count: Int
  }

  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// Further names, once there are as many as are counted each on its own.
  private var others = 0

  /// Counts the name in `range`.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>) {
    // Few names are unknown in real logs, and those in every record; a flood of them ends at the limit.
    for index in entries.indices
    where text.equals(range, names.span, entries[index].range) {
      entries[index].count &+= 1
      return
    }
    guard entries.count < ConversionCounts.maximumNames else {
      others &+= 1
      return
    }
    let start = names.count
    names.append(copying: text.extracting(range))
    entries.append(Entry(range: start..<names.count, count: 1))
  }

  func forEach(_ body: (String, Int) -> Void) {
    for entry in entries { body(String(unescaping: names.span, entry.range), entry.count) }
    if others > 0 { body("…", others) }
  }
}
