/// Pieces of bytes, stored in blocks of 1 MiB. Adding a piece moves none of the earlier ones.
struct ByteArena: Sendable {
  private static let blockBits = 20
  /// The size of a block, which is also the longest piece.
  static let blockSize = 1 << blockBits

  private var blocks: [[UInt8]] = []

  /// The bytes of all blocks, used or not.
  var size: Int { blocks.count << Self.blockBits }

  /// Appends a piece, which is inside one block. Returns its offset.
  mutating func append(_ piece: Span<UInt8>) -> UInt32 {
    precondition(piece.count <= Self.blockSize)
    var last = blocks.count - 1
    if last < 0 || blocks[last].count + piece.count > Self.blockSize {
      last += 1
      blocks.append([])
      // The first block grows as needed: most arenas are small.
      if last > 0 { blocks[last].reserveCapacity(Self.blockSize) }
    }
    let offset = last << Self.blockBits | blocks[last].count
    blocks[last].append(copying: piece)
    return UInt32(offset)
  }

  /// Reads a piece.
  @inline(__always)
  func withPiece<R>(at offset: UInt32, count: Int, _ body: (Span<UInt8>) -> R) -> R {
    let start = Int(offset) & (Self.blockSize - 1)
    let block = blocks[Int(offset) >> Self.blockBits]
    return body(block.span.extracting(start..<(start + count)))
  }

  /// Four bytes as a number.
  subscript(word offset: UInt32) -> UInt32 {
    get { withPiece(at: offset, count: 4) { UInt32(truncatingIfNeeded: $0.shortWord(0..<4)) } }
    set {
      let (block, start) = (Int(offset) >> Self.blockBits, Int(offset) & (Self.blockSize - 1))
      for index in 0..<4 {
        blocks[block][start + index] = UInt8(truncatingIfNeeded: newValue >> UInt32(8 * index))
      }
    }
  }
}
