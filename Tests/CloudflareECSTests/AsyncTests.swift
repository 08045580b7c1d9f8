import CloudflareECS
import Synchronization
import TestSupport
import Testing

/// Streams that arrive in chunks, asynchronously.
@Suite struct AsyncTests {
  /// The chunks of a stream; counts those that were asked for.
  private struct Chunks<Chunk: Collection<UInt8> & Sendable>: AsyncSequence, Sendable {
    struct Broken: Error {}

    let chunks: [Chunk]
    let asked: Counter
    /// Whether an error comes after the last chunk.
    var isBroken = false

    struct AsyncIterator: AsyncIteratorProtocol {
      var rest: ArraySlice<Chunk>
      let asked: Counter
      let isBroken: Bool

      mutating func next(isolation actor: isolated (any Actor)?) async throws(Broken) -> Chunk? {
        await Task.yield()
        asked.value.withLock { $0 += 1 }
        if rest.isEmpty, isBroken { throw Broken() }
        return rest.popFirst()
      }
    }

    func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(rest: chunks[...], asked: asked, isBroken: isBroken)
    }
  }

  private final class Counter: Sendable {
    let value = Mutex(0)
  }

  private func chunks(
    _ stream: [UInt8], of size: Int, counter: Counter = Counter()
  ) -> Chunks<ArraySlice<UInt8>> {
    let parts = stride(from: 0, to: stream.count, by: size).map {
      stream[$0..<min($0 + size, stream.count)]
    }
    return Chunks(chunks: parts, asked: counter)
  }

  private func sample() throws -> [UInt8] {
    Array(try SampleFile.lines().joined(separator: [UInt8(ascii: "\n")]))
  }

  @Test(
    "documents are those of the converter, whatever the chunks", arguments: [7, 1_000, 1 << 20])
  func documents(size: Int) async throws {
    let stream = try sample() + Array("\noops".utf8)
    var documents: [UInt8] = []
    var rejections: [Rejection] = []
    var last = ConversionCounts()
    for try await batch in chunks(stream, of: size).documents(ElasticNormalizer()) {
      documents += batch.documents
      rejections += batch.rejections
      last = batch.counts
      #expect(batch.alerts.isEmpty)
    }
    let expected = Conversion(stream, ElasticNormalizer())
    #expect(documents == expected.output && rejections == expected.rejections)
    #expect(last == expected.counts)
  }

  @Test("alerts, a handler and the form of the input")
  func options() async throws {
    struct Adder: ConversionHandler {
      mutating func edit(_ event: inout LentEvent) { event.set("host.name", to: "edge") }
      mutating func reject(_ rejection: Rejection) {}
    }
    let table = try MappingTable(
      ElasticNormalizer().table.rows + [
        FieldMapping([], to: "host.name", .keyword, .provided, "The machine.")
      ])
    var options = NDJSONConverter.Options()
    options.input = .auto
    let stream = Array(#"{"events":[{"Action":"block"},7]}"#.utf8)
    let sequence = chunks(stream, of: 5).documents(
      table, detector: Detector(), options: options, handler: Adder())
    var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
    for try await batch in sequence {
      documents += batch.documents
      alerts += batch.alerts
      #expect(batch.rejections.isEmpty)
    }
    for output in [documents, alerts] {
      #expect(String(decoding: output, as: UTF8.self).contains(#""host":{"name":"edge"}"#))
    }
  }

  @Test("records are those of the reader, whatever the chunks", arguments: [1, 64, 1 << 20])
  func records(size: Int) async throws {
    let stream = try sample() + Array("\noops\n".utf8)
    var records: [RecordReader.Record] = []
    for try await record in chunks(stream, of: size).firewallEvents() { records.append(record) }
    var expected: [RecordReader.Record] = []
    var reader = RecordReader(.auto)
    reader.read(stream.span) { expected.append($0) }
    reader.finish { expected.append($0) }
    #expect(records == expected && records.count == 241)
  }

  @Test("a chunk is asked for when the one before is used up")
  func backPressure() async throws {
    let counter = Counter()
    let line = Array("{\"Action\":\"block\"}\n".utf8)
    let stream = Chunks(chunks: Array(repeating: line + line, count: 100), asked: counter)
    var iterator = stream.firewallEvents().makeAsyncIterator()
    for number in 1...50 {
      _ = try await iterator.next()
      #expect(counter.value.withLock { $0 } == (number + 1) / 2)
    }
    var documents = stream.documents().makeAsyncIterator()
    counter.value.withLock { $0 = 0 }
    for number in 1...50 {
      _ = try await documents.next()
      #expect(counter.value.withLock { $0 } == number)
    }
  }

  @Test("the last element has all counts, also of chunks without a document")
  func counts() async throws {
    let line = Array("{\"Action\":\"block\"}\n".utf8)
    let stream = Chunks(
      chunks: [line, Array("oops\n".utf8), Array("oops\n".utf8)], asked: Counter())
    let handler = Dropper()
    for handler in [handler, nil] {
      var last: ConversionCounts?
      for try await batch in stream.documents(handler: handler) { last = batch.counts }
      #expect(last?.rejected == 2 && last?.documents == (handler == nil ? 1 : 0))
      #expect(last?.filtered == (handler == nil ? 0 : 1))
      let one = handler == nil ? "documents 1" : "filtered 1"
      #expect(last?.description.hasPrefix("records 3, accepted 1, \(one), rejected 2") == true)
    }
  }

  private struct Dropper: ConversionHandler {
    func edit(_ event: inout LentEvent) { event.drop() }
    func reject(_ rejection: Rejection) {}
  }

  @Test("an error of the stream comes out, after what was before it")
  func errors() async throws {
    let line = Array("{\"Action\":\"block\"}\n".utf8)
    var stream = Chunks(chunks: [line], asked: Counter())
    stream.isBroken = true
    var count = 0
    do {
      for try await batch in stream.documents() { count += batch.documents.isEmpty ? 0 : 1 }
      Issue.record("no error")
    } catch {
      // The type is the stream's own.
      let broken: Chunks<[UInt8]>.Broken = error
      _ = broken
    }
    #expect(count == 1)
  }

  @Test("a stream that cannot fail needs no try, and several tasks have one each")
  func tasks() async throws {
    let line = Array("{\"Action\":\"block\"}\n".utf8)
    let total = await withTaskGroup(of: Int.self) { group in
      for count in 1...8 {
        group.addTask {
          let chunks = AsyncStream<[UInt8]> { continuation in
            for _ in 0..<count { continuation.yield(line) }
            continuation.finish()
          }
          var documents = 0
          for await batch in chunks.documents() { documents = batch.counts.documents }
          return documents
        }
      }
      return await group.reduce(0, +)
    }
    #expect(total == 36)
  }

  @Test("an actor uses it without leaving its isolation")
  func actors() async {
    actor Collector {
      var hosts: Set<String> = []

      func collect(_ chunks: AsyncStream<[UInt8]>) async {
        for await record in chunks.firewallEvents() {
          if let host = (try? record.event())?.clientRequestHost { hosts.insert(host) }
        }
      }
    }
    let collector = Collector()
    let record = Array(#"{"Action":"block","ClientRequestHost":"a.example"}"#.utf8)
    await collector.collect(
      AsyncStream { continuation in
        continuation.yield(record)
        continuation.finish()
      })
    #expect(await collector.hosts == ["a.example"])
  }
}
