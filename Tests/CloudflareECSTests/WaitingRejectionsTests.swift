import CloudflareECS
import TestSupport
import Testing

/// Rejections are handed out as they are found, or wait up to a limit.
@Suite struct WaitingRejectionsTests {
  private func lines(_ count: Int) -> [UInt8] {
    Array(repeating: Array("x\n".utf8), count: count).flatMap { $0 }
  }

  @Test("beyond the limit rejections are only counted")
  func limit() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    converter.convert(lines(25_000).span, into: &documents)
    #expect(converter.counts.rejected == 25_000)
    #expect(converter.counts.forgotten == 25_000 - NDJSONConverter.maximumRejections)
    let rejections = converter.takeRejections()
    #expect(rejections.map(\.line) == Array(1...NDJSONConverter.maximumRejections))
    // Once they were taken, there is room again.
    converter.convert(lines(1).span, into: &documents)
    #expect(converter.takeRejections().map(\.line) == [25_001])
    #expect(converter.takeRejections().isEmpty)
  }

  @Test("so are those whose records would need too much memory")
  func bytes() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    let line = Array(repeating: UInt8(ascii: "x"), count: 3 << 20) + [UInt8(ascii: "\n")]
    for _ in 0..<8 { converter.convert(line.span, into: &documents) }
    #expect(converter.counts.rejected == 8 && converter.counts.forgotten == 3)
    #expect(converter.takeRejections().reduce(0) { $0 + $1.raw.count } == 5 * (3 << 20))
  }

  @Test("handed out, none is forgotten, whatever the chunks", arguments: [1, 1_000, 1 << 20])
  func handedOut(chunk: Int) {
    let stream = lines(20_000) + Array("{\"Action\":\"block\"}\noops".utf8)
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    var rejections: [Rejection] = []
    for start in stride(from: 0, to: stream.count, by: chunk) {
      let end = min(start + chunk, stream.count)
      converter.convert(stream.span.extracting(start..<end), into: &documents) {
        rejections.append($0)
      }
    }
    converter.finish(into: &documents) { rejections.append($0) }
    #expect(rejections.map(\.line) == Array(1...20_000) + [20_002])
    #expect(converter.counts.forgotten == 0 && converter.counts.documents == 1)
    #expect(converter.takeRejections().isEmpty)
    #expect(documents == Conversion(stream).output)
  }

  @Test("an error of the closure ends the call")
  func throwing() {
    struct Enough: Error {}
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    var seen = 0
    #expect(throws: Enough.self) {
      try converter.convert(lines(10).span, into: &documents) { _ throws(Enough) in
        seen += 1
        if seen == 3 { throw Enough() }
      }
    }
    #expect(seen == 3)
  }

  @Test("a report reader keeps as many")
  func report() throws {
    var reader = ReportReader(try EventReport())
    reader.read(lines(25_000).span)
    reader.finish()
    #expect(reader.counts.rejected == 25_000 && reader.counts.forgotten == 15_000)
    #expect(reader.takeRejections().count == 10_000)
  }

  // MARK: Counts and streams

  @Test("bytes are counted when they arrive", arguments: [InputFormat.ndjson, .auto, .csv()])
  func unfinished(input: InputFormat) {
    var options = NDJSONConverter.Options()
    options.input = input
    var converter = NDJSONConverter(options: options)
    var reader = RecordReader(input)
    var documents: [UInt8] = []
    for (index, part) in ["Action,Client", "IP\nblock,192", ".0.2.1\n", "log,"].enumerated() {
      let bytes = Array(part.utf8)
      converter.convert(bytes.span, into: &documents)
      reader.read(bytes.span) { _ in }
      #expect(converter.counts.bytes == [13, 25, 32, 36][index])
      #expect(reader.counts.bytes == converter.counts.bytes)
    }
    converter.finish(into: &documents)
    reader.finish { _ in }
    #expect(converter.counts.bytes == 36 && reader.counts.bytes == 36)
    #expect(converter.counts.lines == 3 && reader.counts.lines == 3)
  }

  @Test("of several files each has its own lines and offsets, and the counts go on")
  func streams() {
    let files = ["{\"Action\":\"block\"}\noops\n", "\u{FEFF}{\"Action\":\"log\"}\n\nno"].map {
      Array($0.utf8)
    }
    var converter = NDJSONConverter()
    var reader = RecordReader(.ndjson)
    var documents: [UInt8] = []
    var (places, readerPlaces): ([[Int]], [[Int]]) = ([], [])
    func take(_ record: RecordReader.Record) {
      if case .failure = record.result { readerPlaces.append([record.line, record.offset]) }
    }
    for file in files {
      converter.beginStream()
      reader.beginStream()
      converter.convert(file.span, into: &documents)
      converter.finish(into: &documents)
      places += converter.takeRejections().map { [$0.line, $0.offset] }
      reader.read(file.span, take)
      reader.finish(take)
    }
    #expect(places == [[2, 19], [3, 21]] && readerPlaces == places)
    #expect(converter.counts.documents == 2 && converter.counts.lines == 5)
    #expect(converter.counts.bytes == files[0].count + files[1].count)
    #expect(reader.counts.bytes == converter.counts.bytes && reader.counts.lines == 5)
  }

  @Test("counts that were set by hand are the same as counted ones")
  func names() {
    var counts = ConversionCounts()
    counts.unknownFields = ["a": 1, "b\"\u{1}": 2, "other": 3]
    #expect(counts.unknownFields == ["a": 1, "b\"\u{1}": 2, "other": 3])
    var other = ConversionCounts()
    other.unknownFields = ["b\"\u{1}": 2, "other": 3]
    other.unknownFields["a"] = 1
    #expect(counts == other && counts.hashValue == other.hashValue)
    counts.add(other)
    #expect(counts.unknownFields == ["a": 2, "b\"\u{1}": 4, "other": 6])
  }
}
