/// The parts of hosts that were taken apart before: a zone has few.
///
/// A host has one place, by its hash; what comes takes it over. Hosts are equal if all their bytes are.
struct HostCache {
  private typealias Words = SIMD2<UInt64>

  private struct Place {
    /// The length of the host; 0 for none.
    var length = 0
    var words = (Words(), Words())
    var memo = HostMemo()
  }

  private var places = Array(repeating: Place(), count: 2048)

  /// The parts of the host in `content`; of one that is not known, or is longer than 32 bytes, nil.
  @inline(__always)
  func find(_ text: Span<UInt8>, _ content: Range<Int>) -> HostMemo? {
    guard let words = text.ends(content) else { return nil }
    let index = Self.hash(words) & (places.count &- 1)
    let difference = (words.0 ^ places[index].words.0) | (words.1 ^ places[index].words.1)
    guard difference[0] | difference[1] == 0, places[index].length == content.count else {
      return nil
    }
    return places[index].memo
  }

  /// Remembers the parts of a host, as if it stood at the start of the text.
  mutating func remember(_ memo: HostMemo, _ text: Span<UInt8>, _ content: Range<Int>) {
    guard let words = text.ends(content) else { return }
    places[Self.hash(words) & (places.count &- 1)] = Place(
      length: content.count, words: words, memo: memo)
  }

  @inline(__always)
  private static func hash(_ words: (Words, Words)) -> Int {
    let mixed = words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ words.1[1] &* 7
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48)
  }
}
