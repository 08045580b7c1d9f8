/// The parts of hosts that were taken apart before: a zone has few.
///
/// A host has one place, by its hash; what comes takes it over. Hosts are equal if all their bytes are.
struct HostCache {
  private typealias Words = SIMD2<UInt64>

  private struct Place {
    /// The length of the host; 0 for none.
    var length = 0
    /// The bytes of a host of up to 32, or the first 32 of one of up to 64 and the last 32.
    var words = (Words(), Words())
    var lastWords = (Words(), Words())
    var parts = HostParts()
  }

  private var places: [Place]

  /// A cache, or one that never remembers anything.
  init(isUsed: Bool) { places = isUsed ? Array(repeating: Place(), count: 2048) : [] }

  /// The place of the host in `content`, if its parts are known; of one of more than 64 bytes, they never
  /// are.
  @inline(__always)
  func find(_ text: Span<UInt8>, _ content: Range<Int>) -> Int? {
    guard !places.isEmpty, let words = Self.firstWords(text, content) else { return nil }
    let place = Self.place(words, content.count, places.count)
    let difference = (words.0 ^ places[place].words.0) | (words.1 ^ places[place].words.1)
    guard difference[0] | difference[1] == 0, places[place].length == content.count else {
      return nil
    }
    return content.count <= 32 || hasLastWords(place, text, content) ? place : nil
  }

  /// The parts of a host, as if it stood at the start of the text.
  @inline(__always)
  func parts(at place: Int) -> HostParts { places[place].parts }

  /// Remembers the parts of a host.
  mutating func remember(_ parts: HostParts, _ text: Span<UInt8>, _ content: Range<Int>) {
    guard !places.isEmpty, let words = Self.firstWords(text, content) else { return }
    places[Self.place(words, content.count, places.count)] = Place(
      length: content.count, words: words, lastWords: Self.lastWords(text, content), parts: parts)
  }

  private func hasLastWords(_ place: Int, _ text: Span<UInt8>, _ content: Range<Int>) -> Bool {
    Self.lastWords(text, content) == places[place].lastWords
  }

  @inline(__always)
  private static func firstWords(_ text: Span<UInt8>, _ content: Range<Int>) -> (Words, Words)? {
    guard content.count <= 64 else { return nil }
    return text.ends(content.lowerBound..<min(content.upperBound, content.lowerBound &+ 32))
  }

  /// Those of a host of more than 32 bytes.
  private static func lastWords(_ text: Span<UInt8>, _ content: Range<Int>) -> (Words, Words) {
    guard content.count > 32 else { return (Words(), Words()) }
    return text.ends(content.upperBound &- 32..<content.upperBound) ?? (Words(), Words())
  }

  @inline(__always)
  private static func place(_ words: (Words, Words), _ length: Int, _ count: Int) -> Int {
    let mixed = words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ words.1[1] &* 7 ^ UInt64(length)
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48) & (count &- 1)
  }
}
