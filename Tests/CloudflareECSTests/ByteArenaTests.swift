import Testing

@testable import CloudflareECS

@Suite struct ByteArenaTests {
  @Test("a piece is found at its offset, however many came after it")
  func pieces() {
    var arena = ByteArena()
    let sizes = [1, 0, 300_000, 700_000, 5, ByteArena.blockSize, 1, 400_000, 400_000, 400_000, 2]
    let pieces = sizes.enumerated().map { number, size in
      (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
    }
    let offsets = pieces.map { arena.append($0.span) }
    for (piece, offset) in zip(pieces, offsets) {
      let found = arena.withPiece(at: offset, count: piece.count) { bytes in
        bytes.indices.map { bytes[$0] }
      }
      #expect(found == piece)
    }
    #expect(Set(offsets).count == offsets.count - 1, "only the empty piece has that of the next")
    #expect(arena.size == 4 << 20 && ByteArena.blockSize == 1 << 20)
  }

  @Test("four bytes are read and replaced as a number")
  func words() {
    var arena = ByteArena()
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 0xFF]
    let first = arena.append(bytes.span.extracting(0..<4))
    let second = arena.append(bytes.span.extracting(4..<8))
    #expect(arena[word: first] == 0x0403_0201 && arena[word: second] == 0xFF07_0605)
    arena[word: first] = 0x8000_0001
    #expect(arena[word: first] == 0x8000_0001 && arena[word: second] == 0xFF07_0605)
  }
}
