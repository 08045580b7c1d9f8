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
}
