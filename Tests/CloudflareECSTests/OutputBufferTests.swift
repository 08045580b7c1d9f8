import Testing

@testable import CloudflareECS

@Suite struct OutputBufferTests {
  @Test("what was appended can be appended again, up to the last byte")
  func copies() {
    var buffer = OutputBuffer(minimumCapacity: 0)
    buffer.append(Array("abc".utf8).span)
    buffer.appendCopy(of: 0..<3)
    buffer.appendCopy(of: 6..<6)
    buffer.appendCopy(of: 2..<4)
    #expect(buffer.array == Array("abcabcca".utf8))
    for _ in 0..<12 { buffer.appendCopy(of: 0..<buffer.count) }
    #expect(buffer.count == 8 << 12)
    #expect(buffer.array.suffix(8) == Array("abcabcca".utf8)[...])
  }
}
