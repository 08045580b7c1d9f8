import CloudflareECS
import CloudflareECSGzip
import Testing

/// `decompressed(atMost:)` of `CloudflareECSGzip`.
@Suite struct AsyncDecompressedTests {
  /// A stream that gives bytes in chunks of one size, and counts those that were asked for.
  private final class Chunks: AsyncSequence, AsyncIteratorProtocol {
    private var rest: ArraySlice<UInt8>
    private let size: Int
    private(set) var count = 0

    init(_ bytes: [UInt8], of size: Int) {
      rest = bytes[...]
      self.size = size
    }

    func makeAsyncIterator() -> Chunks { self }

    func next() async -> ArraySlice<UInt8>? {
      if rest.isEmpty { return nil }
      defer { rest = rest.dropFirst(size) }
      count += 1
      return rest.prefix(size)
    }
  }

  private let text = Array((0..<2_500).map { "{\"RayID\":\"\($0)\"}\n" }.joined().utf8)

  private func read(
    _ bytes: [UInt8], chunks: Int, limit: Int = .max
  ) async -> (text: [UInt8], fault: GzipError?) {
    var text: [UInt8] = []
    do {
      for try await piece in Chunks(bytes, of: chunks).decompressed(atMost: limit) {
        #expect(1...32_768 ~= piece.count)
        text += piece
      }
      return (text, nil)
    } catch {
      return (text, error as? GzipError)
    }
  }

  @Test("gzip and plain text give the same, in chunks of any size", arguments: [13, 700, 1 << 20])
  func sameText(chunks: Int) async throws {
    let file = try GzipEncoder().encode([text])
    for bytes in [text, file, file + file, file + [0, 0], [UInt8](), [0x1F]] {
      let result = await read(bytes, chunks: chunks)
      let twice = bytes == file + file ? text : []
      #expect(result.text == (bytes.count < 2 ? bytes : text + twice))
      #expect(result.fault == nil)
    }
  }

  @Test("a text that is too long is an error before all of it is there")
  func limit() async throws {
    let zeros = try GzipEncoder().encode([[UInt8](repeating: 0, count: 4 << 20)])
    let chunks = Chunks(zeros, of: 1_000)
    var size = 0
    let fault = await #expect(throws: GzipError.self) {
      for try await piece in chunks.decompressed(atMost: 1 << 20) { size += piece.count }
    }
    #expect(fault?.code == .tooLong)
    #expect(fault?.description == "more than 1048576 bytes of text")
    #expect(size > (1 << 20) - 32_768 && size <= 1 << 20)
    #expect(chunks.count <= 2)
    for bytes in [text, try GzipEncoder().encode([text])] {
      #expect(await read(bytes, chunks: 100, limit: text.count).fault == nil)
      #expect(await read(bytes, chunks: 100, limit: text.count - 1).fault?.code == .tooLong)
    }
  }

  @Test("damaged gzip is an error after the text before it")
  func faults() async throws {
    let file = try GzipEncoder().encode([text])
    var damaged = file
    damaged[file.count - 8] ^= 1
    for (bytes, code) in [
      (file.dropLast(9), GzipError.Code.cut), (file + [9], .trailingBytes), (damaged, .damaged),
    ] {
      let result = await read(Array(bytes), chunks: 500)
      #expect(result.fault?.code == code)
      #expect(text.starts(with: result.text))
    }
  }

  @Test("what throws in the chunks throws here")
  func failure() async {
    struct Gone: Error {}
    let chunks = AsyncThrowingStream<[UInt8], any Error> { $0.finish(throwing: Gone()) }
    await #expect(throws: Gone.self) {
      for try await _ in chunks.decompressed(atMost: 1 << 20) {}
    }
  }

  @Test("its text becomes documents, as the page about asynchronous streams shows")
  func documents() async throws {
    actor Store {
      private(set) var lines = 0
      func add(_ documents: [UInt8]) { lines += documents.count { $0 == UInt8(ascii: "\n") } }
    }

    let events = String(repeating: "{\"Action\":\"log\"}\n", count: 5_000)
    let body = Chunks(try GzipEncoder().encode([Array(events.utf8)]), of: 64)
    let store = Store()
    for try await batch in body.decompressed(atMost: 256 << 20).documents(ElasticNormalizer()) {
      await store.add(batch.documents)
    }
    #expect(await store.lines == 5_000)
  }
}
