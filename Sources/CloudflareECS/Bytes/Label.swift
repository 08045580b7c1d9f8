/// Up to 48 bytes of text, kept in place so that appending them is three stores and a sum.
///
/// What a converter writes again and again: the names of members, with what stands around them.
struct Label: Sendable {
  typealias Block = SIMD2<UInt64>

  static let longest = 48

  /// The bytes, the first one in the lowest bits, and zeros behind them.
  let blocks: (Block, Block, Block)
  private let length: UInt8

  @inline(__always)
  var count: Int { Int(length) }

  /// The text.
  var bytes: [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: word($0 &>> 3) &>> UInt64($0 & 7 &* 8)) }
  }

  /// Nil for a longer text.
  init?(_ text: some Collection<UInt8>) {
    let bytes = Array(text)
    self.init(bytes.span, 0..<bytes.count)
  }

  /// Nil for a longer text.
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

  /// A text and another one behind it; nil if they are too long together.
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
