/// Up to 48 bytes of text, stored inline so that appending them takes three wide stores and an
/// addition.
///
/// Labels hold text that most documents repeat: member names with their quotes and separators.
struct Label: Sendable {
  typealias Block = SIMD2<UInt64>

  static let longest = 48

  /// The bytes, the first one in the lowest bits, padded with zeros.
  let blocks: (Block, Block, Block)
  private let length: UInt8

  @inline(__always)
  var count: Int { Int(length) }

  /// The text.
  var bytes: [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: word($0 &>> 3) &>> UInt64($0 & 7 &* 8)) }
  }

  /// Nil if the text is longer.
  init?(_ text: some Collection<UInt8>) {
    let bytes = Array(text)
    self.init(bytes.span, 0..<bytes.count)
  }

  /// Nil if the text is longer.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= Self.longest else { return nil }
    let end = range.upperBound
    func word(_ index: Int) -> UInt64 {
      let start = min(range.lowerBound &+ 8 &* index, end)
      return start == end ? 0 : text.shortWord(start..<end)
    }
    blocks = (Block(word(0), word(1)), Block(word(2), word(3)), Block(word(4), word(5)))
    length = UInt8(range.count)
  }

  /// The concatenation of two labels; nil if it is too long.
  ///
  /// The second label is shifted by the length of the first, in whole words and bits. Each word of
  /// the result joins up to three, for example after a first label of three bytes:
  ///
  ///     word 0    first bytes 0-2, second bytes 0-4
  ///     word 1    second bytes 5-12: 5-7 of its word 0, 8-12 of its word 1
  init?(_ first: Label, _ second: Label) {
    guard first.count + second.count <= Self.longest else { return nil }
    let words = first.count &>> 3
    let bits = UInt64(first.count & 7 &* 8)
    func word(_ index: Int) -> UInt64 {
      let low = index < words ? 0 : second.word(index &- words)
      let before = bits == 0 || index <= words ? 0 : second.word(index &- words &- 1)
      return first.word(index) | low &<< bits | (bits == 0 ? 0 : before &>> (64 &- bits))
    }
    blocks = (Block(word(0), word(1)), Block(word(2), word(3)), Block(word(4), word(5)))
    length = first.length &+ second.length
  }

  @inline(__always)
  private func word(_ index: Int) -> UInt64 {
    let block = index < 2 ? blocks.0 : index < 4 ? blocks.1 : blocks.2
    return block[index & 1]
  }
}
