import CloudflareECS
import TestSupport
import Testing

@Suite struct RandomStreamTests {
  private static let pieces = [
    #"{"Action":"block"}"#, #"{"Action":"block"}"# + "\n", #"{"Action":"block"}"# + "\n",
    "{\n \"Action\": \"log\"\n}", "\n", " \r\n", "[", "]", ",", "{", "}", "{\"events\":[", "]}",
    "{\"info\":", #"{"success":true,"result":["#, #","errors":[]}"#, "oops", "7", "\"x", "é",
    "\u{1}",
    "tests\n", "{\"content\":\"tests\"}", #"{"Action":"\u00e9\ud83d\ude00"}"#, "{\"Action\":\"",
    "\\",
    String(repeating: "y", count: 90), #"{"QueryName":"example.com"}"#,
    #"{"x":[[1],{"y":-1.5e3}]}"#,
    "{\"zones\":[{\"blocked\":[{\"rulesetId\":\"1\"},", "{\"rulesetId\":\"2\"}", "]}]}",
    "\u{FEFF}", "Action,RayID\n", "block,1\n", "\"a\nb\",", "\"\"", "\t",
  ]

  @Test("whatever the stream, chunks do not matter and nothing is lost", arguments: 0..<12)
  func chunks(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let forms: [InputFormat] = [
      .auto, .json, .ndjson, .csv(), .detected(columns: ["Action", "RayID"]),
    ]
    for _ in 0..<60 {
      var text = ""
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        text += Self.pieces.randomElement(using: &random)!
      }
      let stream = Array(text.utf8)
      var options = NDJSONConverter.Options()
      options.maximumRecordBytes = Bool.random(using: &random) ? 64 : 16 << 20
      for form in forms {
        options.input = form
        let whole = Conversion(stream, options: options)
        let counts = whole.counts
        let note = "\(form) \(options.maximumRecordBytes) \(text.debugDescription)"
        #expect(counts.records == counts.documents + counts.rejected + counts.skipped)
        #expect(counts.bytes == stream.count, "\(note)")
        let breaks = stream.count { $0 == UInt8(ascii: "\n") }
        let isOpen = stream.last != UInt8(ascii: "\n")
        #expect(counts.lines == breaks + (isOpen ? 1 : 0), "\(note)")
        for rejection in whole.rejections {
          #expect(stream[rejection.offset...].starts(with: rejection.raw), "\(note)")
          #expect(rejection.error.offset <= rejection.raw.count, "\(note)")
        }
        for chunk in [1, 2, 5, 17, 64] {
          let conversion = Conversion(stream, chunk: chunk, options: options)
          #expect(conversion.output == whole.output, "\(note) in chunks of \(chunk)")
          #expect(conversion.rejections == whole.rejections, "\(note) in chunks of \(chunk)")
          #expect(conversion.counts == whole.counts, "\(note) in chunks of \(chunk)")
        }
      }
    }
  }
}
