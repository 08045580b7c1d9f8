/// The parts of hosts that were taken apart before: a zone has few.
///
/// Each hash has two entries; a new host replaces the older one. Hosts are compared by all their bytes; hosts of more
/// than 64 bytes are not cached.
struct HostCache {
  private struct Entry {
    /// The length of the host; 0 for none.
    var length = 0
    /// The bytes of the host, the first 32 and the last 32, as ``Span/ends(_:)`` has them.
    var words = (SIMD2<UInt64>(), SIMD2<UInt64>())
    var lastWords = (SIMD2<UInt64>(), SIMD2<UInt64>())
    var parts = HostParts()
  }

  private static let size = 1024
  /// Made with the first host.
  private var entries: [Entry] = []

  /// The parts of a host, as if it stood at the start of the text; nil if they are not known.
  @inline(__always)
  func find(_ text: Span<UInt8>, _ content: Range<Int>) -> HostParts? {
    guard !entries.isEmpty, let words = Self.firstWords(text, content) else { return nil }
    let first = Self.index(words, content.count)
    for index in first...(first &+ 1) {
      let difference = (words.0 ^ entries[index].words.0) | (words.1 ^ entries[index].words.1)
      guard difference[0] | difference[1] == 0, entries[index].length == content.count else {
        continue
      }
      if content.count > 32, Self.lastWords(text, content) != entries[index].lastWords { continue }
      return entries[index].parts
    }
    return nil
  }

  /// Keeps the parts of a host.
  mutating func keep(_ parts: HostParts, _ text: Span<UInt8>, _ content: Range<Int>) {
    guard let words = Self.firstWords(text, content) else { return }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.size) }
    let first = Self.index(words, content.count)
    entries[first &+ 1] = entries[first]
    entries[first] = Entry(
      length: content.count, words: words, lastWords: Self.lastWords(text, content), parts: parts)
  }

  @inline(__always)
  private static func firstWords(
    _ text: Span<UInt8>, _ content: Range<Int>
  ) -> (SIMD2<UInt64>, SIMD2<UInt64>)? {
    guard content.count <= 64 else { return nil }
    return text.ends(content.lowerBound..<min(content.upperBound, content.lowerBound &+ 32))
  }

  /// Those of a host of more than 32 bytes.
  private static func lastWords(
    _ text: Span<UInt8>, _ content: Range<Int>
  ) -> (SIMD2<UInt64>, SIMD2<UInt64>) {
    guard content.count > 32 else { return (SIMD2(), SIMD2()) }
    return text.ends(content.upperBound &- 32..<content.upperBound) ?? (SIMD2(), SIMD2())
  }

  /// The first of a host's two entries.
  @inline(__always)
  private static func index(_ words: (SIMD2<UInt64>, SIMD2<UInt64>), _ length: Int) -> Int {
    let mixed = words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ words.1[1] &* 7 ^ UInt64(length)
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48) & (size &- 2)
  }
}
