/// Counts how often each name occurred. A name that was seen before costs no allocation.
///
/// The names come from the input, which may be hostile: their number and length are limited, and
/// the hash depends on a secret, so that nobody can choose names that all fall into one bucket.
struct NameCounts: Hashable, Codable, Sendable {
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

  /// Nothing was counted.
  init() {}

  /// Names that were counted before, in the order of the names.
  init(_ counts: [String: Int]) {
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      if name == ConversionCounts.otherNames {
        others &+= count
      } else {
        let content = Array(JSONValue.string(name).json.utf8)
        add(content.span, 1..<(content.count - 1), count)
      }
    }
  }

  /// How often each name occurred.
  var dictionary: [String: Int] {
    var counts: [String: Int] = [:]
    for entry in entries {
      counts[String(unescaping: names.span, entry.range), default: 0] += entry.count
    }
    if others > 0 { counts[ConversionCounts.otherNames, default: 0] += others }
    return counts
  }

  /// Adds what was counted elsewhere.
  mutating func add(_ other: NameCounts) {
    for entry in other.entries { add(other.names.span, entry.range, entry.count) }
    others &+= other.others
  }

  /// Counts the name in `range`, which is the content of a JSON string.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>, _ count: Int = 1) {
    guard range.count <= ConversionCounts.longestName else {
      others &+= count
      return
    }
    if buckets.isEmpty { buckets = Array(repeating: 0, count: 4096) }
    var bucket =
      Int(truncatingIfNeeded: SecretHash.hash(text, range) &>> 32) & (buckets.count &- 1)
    while buckets[bucket] != 0 {
      let index = Int(buckets[bucket]) &- 1
      if text.equals(range, names.span, entries[index].range) {
        entries[index].count &+= count
        return
      }
      bucket = (bucket &+ 1) & (buckets.count &- 1)
    }
    guard entries.count < ConversionCounts.maximumNames else {
      others &+= count
      return
    }
    let start = names.count
    names.append(copying: text.extracting(range))
    entries.append(Entry(range: start..<names.count, count: count))
    buckets[bucket] = UInt16(entries.count)
  }

  init(from decoder: any Decoder) throws { self.init(try [String: Int](from: decoder)) }

  func encode(to encoder: any Encoder) throws { try dictionary.encode(to: encoder) }

  /// Whether both counted the same names as often.
  static func == (left: NameCounts, right: NameCounts) -> Bool {
    left.dictionary == right.dictionary
  }

  func hash(into hasher: inout Hasher) { hasher.combine(dictionary) }
}
