/// Up to 48 bytes of text, kept in place so that appending them is three stores and a sum.
///
/// What a converter writes again and again: the names of members, with what stands around them.
struct Label: Sendable {
  typealias Block = SIMD16<UInt8>

  static let longest = 48

  let blocks: (Block, Block, Block)
  private let length: UInt8

  @inline(__always)
  var count: Int { Int(length) }

  /// The text.
  var bytes: [UInt8] {
    (0..<count).map { place in
      let block = place < 16 ? blocks.0 : place < 32 ? blocks.1 : blocks.2
      return block[place % 16]
    }
  }

  /// Nil for a longer text.
  init?(_ text: some Collection<UInt8>) {
    let bytes = Array(text)
    self.init(bytes.span, 0..<bytes.count)
  }

  /// Nil for a longer text.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= Self.longest else { return nil }
    var blocks = (Block(), Block(), Block())
    for (place, offset) in range.enumerated() {
      switch place / 16 {
      case 0: blocks.0[place] = text[offset]
      case 1: blocks.1[place - 16] = text[offset]
      default: blocks.2[place - 32] = text[offset]
      }
    }
    length = UInt8(range.count)
    self.blocks = blocks
  }
}
