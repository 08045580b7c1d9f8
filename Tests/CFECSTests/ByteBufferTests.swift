import CloudflareECSGzip
import Testing

/// ``ByteBuffer``: bytes that were there before are in none of its answers.
@Suite struct ByteBufferTests {
  /// Appends a text as a call that reads would.
  private static func read(_ text: String, _ limit: Int, into buffer: inout ByteBuffer) -> Int {
    unsafe buffer.append(atMost: limit) { room in
      for (index, byte) in text.utf8.enumerated() { unsafe room[index] = byte }
      return text.utf8.count
    }
  }

  @Test("what was read before is forgotten, whatever the memory still has")
  func reuse() {
    var buffer = ByteBuffer()
    #expect(Self.read("first\nlonger line", 64, into: &buffer) == 17)
    #expect(Array(buffer.cut(afterLast: 0x0A)) == Array("longer line".utf8))
    #expect(buffer.array == Array("first\n".utf8))
    #expect(buffer.cut(afterLast: 0x3F).isEmpty && buffer.count == 6)
    buffer.truncate(to: 0)
    #expect(buffer.isEmpty && buffer.array.isEmpty && !buffer.contains(0x0A, from: 0))
    buffer.append(Array("ab".utf8)[...])
    #expect(Self.read("c", 4, into: &buffer) == 1)
    #expect(buffer.array == Array("abc".utf8))
    buffer.append(Array(repeating: 0x64, count: 100)[...])
    #expect(buffer.count == 103 && buffer.array[99...] == [0x64, 0x64, 0x64, 0x64])
    #expect(buffer.take().count == 103 && buffer.isEmpty && buffer.array.isEmpty)
  }
}
