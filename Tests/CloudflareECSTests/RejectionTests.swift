import CloudflareECS
import TestSupport
import Testing

@Suite struct RejectionTests {
  private let block = #"{"Action":"block"}"#

  @Test(
    "a line that is no event is rejected with its code, and where it goes wrong",
    arguments: [
      ("oops", "not_json", 0), (#"{"Action":oops}"#, "not_json", 10),
      (#"{"Action":"block"} x"#, "not_json", 19), (#"{"Action":"block"}{}"#, "not_json", 18),
      (#"{"Action":"block""#, "not_json", 17), ("{\"Action\":\"a\tb\"}", "not_json", 12),
      ("[]", "not_an_object", 0), ("7", "not_an_object", 0), (#""text""#, "not_an_object", 0),
      ("null", "not_an_object", 0), ("[1,]", "not_json", 3),
      ("{}", "not_a_firewall_event", 0), (#"{"a":1}"#, "not_a_firewall_event", 0),
      (#"{"EdgeStartTimestamp":1}"#, "wrong_dataset", 0),
      (#"{"ClientRequestURI":"/","ClientIP":"192.0.2.1"}"#, "wrong_dataset", 0),
      (#"{"QueryName":"example.com"}"#, "wrong_dataset", 0),
    ])
  func codes(text: String, code: String, offset: Int) throws {
    let stream = "\(block)\n \(text)\n\(block)\n"
    for chunk in [1, 5, 1000] {
      let conversion = Conversion(stream, chunk: chunk)
      #expect(conversion.counts.documents == 2 && conversion.counts.rejected == 1)
      let rejection = try #require(conversion.rejections.first)
      #expect(rejection.error.code.rawValue == code)
      #expect(rejection.error.offset == offset)
      #expect(rejection.line == 2)
      #expect(rejection.offset == 20)
      #expect(rejection.raw == Array(text.utf8))
    }
  }

  @Test("a member of an event makes it an event, even beside another dataset's")
  func eventsWin() {
    let conversion = Conversion(#"{"EdgeStartTimestamp":1,"Action":"block"}"#)
    #expect(conversion.counts.documents == 1)
    #expect(Conversion(#"{"Action":""}"#).counts.documents == 1)
  }

  @Test("the message says which dataset a record is of")
  func datasetMessage() {
    let rejections = Conversion(#"{"QueryName":"example.com"}"#).rejections
    #expect(rejections.map(\.error.description).first?.contains("dns_logs") == true)
  }

  @Test("bytes that are no UTF-8 are rejected with their place, and kept")
  func invalidUTF8() throws {
    let bad = Array(#"{"Action":"a"#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
    let stream = bad + Array("\n\(block)\n".utf8)
    for chunk in [1, 12, 13, 100] {
      let conversion = Conversion(stream, chunk: chunk)
      #expect(conversion.counts.documents == 1)
      let rejection = try #require(conversion.rejections.first)
      #expect(rejection.error.code == .invalidUTF8 && rejection.error.offset == 12)
      #expect(rejection.raw == bad)
    }
  }

  @Test("a last line that is cut off is truncated, wherever it is cut")
  func truncated() throws {
    let record = Array(#"{"Action":"block","Metadata":{"a":[1,true,"é\u00e9"]}}"#.utf8)
    for length in 1..<record.count {
      let stream = Array("\(block)\n".utf8) + record[..<length]
      let conversion = Conversion(stream, chunk: 1 + length % 7)
      #expect(conversion.counts.documents == 1 && conversion.counts.rejected == 1)
      let rejection = try #require(conversion.rejections.first)
      #expect(rejection.error.code == .truncated, "cut at \(length)")
      #expect(rejection.raw == Array(record[..<length]))
      #expect(rejection.line == 2 && rejection.offset == 19)
      // The same line with a line break is only broken.
      let broken = Conversion(stream + Array("\n".utf8)).rejections.first
      #expect(broken?.error.code == .notJSON || broken?.error.code == .invalidUTF8)
    }
    #expect(Conversion(record).counts.documents == 1)
  }

  @Test("a line that is longer than the limit is rejected with its size, and not kept")
  func tooLong() throws {
    var options = NDJSONConverter.Options()
    options.maximumRecordBytes = 40
    func line(_ length: Int) -> String {
      #"{"Action":""# + String(repeating: "b", count: length - 13) + #""}"#
    }
    let stream = "\(line(40))\n\(line(41))\n\(block)\nx\(line(400))\n\(line(41))"
    for chunk in [1, 3, 39, 40, 41, 42, 43, 4095] {
      let conversion = Conversion(stream, chunk: chunk, options: options)
      #expect(conversion.counts.documents == 2, "chunks of \(chunk)")
      #expect(conversion.counts.records == 5 && conversion.counts.rejected == 3)
      #expect(conversion.counts.lines == 5 && conversion.counts.bytes == stream.utf8.count)
      #expect(conversion.rejections.map(\.error.code) == [.tooLong, .tooLong, .tooLong])
      #expect(conversion.rejections.map(\.line) == [2, 4, 5])
      #expect(conversion.rejections.map(\.offset) == [41, 102, 504])
      #expect(
        conversion.rejections.map(\.error.description) == [
          "the record has 41 bytes, the limit is 40", "the record has 401 bytes, the limit is 40",
          "the record has 41 bytes, the limit is 40",
        ])
      #expect(conversion.rejections.allSatisfy { $0.raw.isEmpty })
    }
  }

  // MARK: Conservation

  /// Events of the sample with lines that are none between them.
  private func brokenSample() throws -> (stream: [UInt8], broken: [Int]) {
    var random = SplitMix64(seed: 1_000)
    let lines = try SampleFile.lines()
    #expect(lines.count == 240)
    let broken = Array((1...1_000).shuffled(using: &random).prefix(100)).sorted()
    var stream: [UInt8] = []
    for number in 1...1_000 {
      var line = lines[number % lines.count]
      if broken.contains(number) {
        switch number % 4 {
        case 0: line.removeLast()
        case 1: line.insert(0xFF, at: line.firstIndex(of: UInt8(ascii: ":"))! + 2)
        case 2: line = Array("[\(number)]".utf8)
        default: line.append(UInt8(ascii: "}"))
        }
      }
      stream += line + [UInt8(ascii: "\n")]
    }
    return (stream, broken)
  }

  @Test("of 1,000 lines with 100 broken ones come 900 documents and 100 rejections, for any chunks")
  func conservation() throws {
    let (stream, broken) = try brokenSample()
    let whole = Conversion(stream)
    #expect(whole.documents.count == 900 && whole.counts.documents == 900)
    #expect(whole.counts.records == 1_000 && whole.counts.lines == 1_000)
    #expect(whole.counts.rejected == 100 && whole.counts.skipped == 0)
    #expect(whole.rejections.map(\.line) == broken)
    for rejection in whole.rejections {
      let end = rejection.offset + rejection.raw.count
      #expect(Array(stream[rejection.offset..<end]) == rejection.raw)
      #expect(stream[end] == UInt8(ascii: "\n"))
    }
    var random = SplitMix64(seed: 7)
    let sizes = [
      [1], [3], [4_095], [65_536], (0..<50).map { _ in .random(in: 1...2_000, using: &random) },
    ]
    for chunks in sizes {
      let conversion = Conversion(stream, SekoiaNormalizer(), chunks: chunks)
      #expect(conversion.output == whole.output, "chunks of \(chunks.prefix(3))")
      #expect(conversion.rejections == whole.rejections)
      #expect(conversion.counts == whole.counts)
    }
  }

  @Test("what is rejected and then mended gives its document")
  func retry() throws {
    let (stream, _) = try brokenSample()
    let rejections = Conversion(stream).rejections
    let cut = rejections.filter { $0.line % 4 == 0 }
    let mended = cut.flatMap { $0.raw + Array("}\n".utf8) }
    #expect(Conversion(mended).counts.documents == cut.count)
    #expect(cut.count > 10)
  }
}
