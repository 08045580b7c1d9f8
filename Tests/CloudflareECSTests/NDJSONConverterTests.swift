import CloudflareECS
import TestSupport
import Testing

@Suite struct NDJSONConverterTests {
  private let block = #"{"Action":"block"}"#

  @Test("the worked example of the mapping gives its document and nothing else")
  func workedExample() throws {
    let record =
      #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"foo-bar.xyz","#
      + #""ClientRequestMethod":"GET","ClientRequestPath":"/static/favicon.ico","#
      + #""ClientRequestQuery":"","Datetime":1657630626219000000,"EdgeResponseStatus":403,"#
      + #""RayID":"7299f155dda47d6b"}"#
    let expected =
      #"{"message":\#(JSONValue.string(record).json),"#
      + #""event":{"action":"block","kind":"event","category":["network"],"#
      + #""dataset":"firewall-events","type":["denied"]},"#
      + #""@timestamp":"2022-07-12T12:57:06.219000Z","#
      + #""source":{"ip":"203.0.113.28","address":"203.0.113.28"},"#
      + #""destination":{"domain":"foo-bar.xyz","address":"foo-bar.xyz","#
      + #""top_level_domain":"xyz","registered_domain":"foo-bar.xyz"},"#
      + #""http":{"request":{"method":"GET"},"response":{"status_code":403}},"#
      + #""url":{"domain":"foo-bar.xyz","path":"/static/favicon.ico","#
      + #""top_level_domain":"xyz","registered_domain":"foo-bar.xyz"},"#
      + #""observer":{"vendor":"Cloudflare","type":"firewall"},"#
      + #""cloudflare":{"EdgeResponseStatus":403,"RayID":"7299f155dda47d6b"},"#
      + #""related":{"hosts":["foo-bar.xyz"],"ip":["203.0.113.28"]}}"#
    #expect(Conversion(record + "\n").text == expected + "\n")
    #expect(Conversion(record).text == expected + "\n")
  }

  // MARK: Lines

  @Test("nothing gives nothing")
  func nothing() {
    let conversion = Conversion("")
    #expect(conversion.output.isEmpty)
    #expect(conversion.counts == ConversionCounts())
  }

  @Test("lines without a record are blank: passed over and counted")
  func blankLines() {
    let conversion = Conversion("\n\r\n  \t \n\(block)\n\n\(block)\n \n")
    #expect(conversion.counts.blank == 5)
    #expect(conversion.counts.lines == 7)
    #expect(conversion.counts.records == 2 && conversion.counts.documents == 2)
    #expect(Conversion("\n\n  ").counts.blank == 3)
  }

  @Test("CR LF line ends and white space around a record change nothing but the count of bytes")
  func whiteSpace() {
    let plain = Conversion("\(block)\n\(block)\n")
    for stream in [
      "\(block)\r\n\(block)\r\n", " \(block)\t\n\t\(block)  ", "\r\(block)\r\r\n \r\(block)\r",
    ] {
      for chunk in [1, 2, 1000] {
        let conversion = Conversion(stream, chunk: chunk)
        #expect(conversion.output == plain.output)
        #expect(conversion.counts.bytes == stream.utf8.count)
        #expect(conversion.counts.lines == 2 && conversion.counts.blank == 0)
      }
    }
  }

  @Test("a byte order mark is passed over at the start of a stream, and only there")
  func byteOrderMark() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let line = Array("\(block)\n".utf8)
    for chunk in [1, 2, 4, 100] {
      let atStart = Conversion(mark + line + line, chunk: chunk)
      #expect(atStart.counts.documents == 2 && atStart.counts.rejected == 0)
      #expect(atStart.output == Conversion(line + line).output)
      #expect(Conversion(mark + [UInt8(ascii: "\n")] + line, chunk: chunk).counts.blank == 1)
      let later = Conversion(line + mark + line, chunk: chunk)
      #expect(later.counts.documents == 1 && later.counts.rejected == 1)
      #expect(later.rejections.map(\.line) == [2])
    }
    #expect(Conversion(mark).counts.documents == 0)
  }

  @Test("a converter goes on to another stream, whose lines and offsets go on counting")
  func severalStreams() {
    var converter = NDJSONConverter()
    var output: [UInt8] = []
    for stream in ["\u{FEFF}\(block)", "\u{FEFF}\(block)\n", "x"] {
      converter.convert(Array(stream.utf8).span, into: &output)
      converter.finish(into: &output)
    }
    let rejections = converter.takeRejections()
    #expect(converter.counts.documents == 2 && converter.counts.lines == 3)
    #expect(rejections.map(\.line) == [3])
    #expect(rejections.map(\.offset) == [18 + 3 + 18 + 3 + 1])
    #expect(converter.takeRejections().isEmpty)
    #expect(output == Conversion("\(block)\n\(block)\n").output)
  }

  @Test("a document comes out as soon as its line ends")
  func promptness() {
    var converter = NDJSONConverter()
    var output: [UInt8] = []
    converter.convert(Array(block.utf8).span, into: &output)
    #expect(output.isEmpty)
    converter.convert(Array("\n{".utf8).span, into: &output)
    #expect(output == Conversion(block).output)
    #expect(converter.counts.documents == 1)
  }

  // MARK: Records that are no events

  @Test(
    "Cloudflare's validation bodies are skipped",
    arguments: [
      #"{"content":"tests"}"#, #"{"content":"test"}"#,
      #"{"content":"test","filename":"test.txt.gz"}"#,
      #" {"filename":"x","content":"tests"} "#, "tests", "test", "  test\r",
    ])
  func validationBodies(text: String) {
    for chunk in [1, 100] {
      let conversion = Conversion("\(text)\n\(block)\n\(text)", chunk: chunk)
      #expect(conversion.counts.skipped == 2)
      #expect(conversion.counts.documents == 1 && conversion.counts.records == 3)
      #expect(conversion.rejections.isEmpty)
    }
  }

  @Test(
    "what only looks like a validation body is rejected",
    arguments: [
      #"{"content":"testing"}"#, #"{"content":"test","other":1}"#, #"{"content":["test"]}"#,
      "testx",
      "tests tests", #"{"filename":"x"}"#,
    ])
  func otherBodies(text: String) {
    #expect(Conversion(text).counts.rejected == 1)
    #expect(Conversion(text).counts.skipped == 0)
  }

  // MARK: Counts

  @Test("issues and unknown members are counted by code and by name")
  func issuesAndUnknownMembers() {
    let conversion = Conversion(
      """
      {"Action":"block","Datetime":0,"BotScore":1,"Bot\\u0053core":2,"Tag":[]}
      {"Action":"block","ClientASN":"x","BotScore":3}
      {"Action":"b\\ud800","Datetime":"never","ClientIP":"192.0.2.256"}
      {"Action":"log","Datetime":[1657630626]}
      """)
    #expect(
      conversion.counts.issues == [
        .missingDatetime: 1, .wrongType: 2, .loneSurrogate: 1, .unreadableDatetime: 1,
        .invalidAddress: 1,
      ])
    #expect(conversion.counts.unknownFields == ["BotScore": 2, "Tag": 1])
    #expect(conversion.counts.documents == 4)
  }

  @Test("names that are too long to keep are counted together")
  func longUnknownNames() {
    func name(_ length: Int) -> String { String(repeating: "n", count: length) }
    #expect(ConversionCounts.longestName == 256)
    var stream = ""
    for length in [1, 255, 256, 257, 9_000, 9_000] {
      stream += "{\"Action\":\"log\",\"\(name(length))\":1}\n"
    }
    let counts = Conversion(stream).counts
    #expect(counts.unknownFields == [name(1): 1, name(255): 1, name(256): 1, "other": 3])
  }

  @Test("of very many unknown names the further ones are counted together")
  func manyUnknownNames() {
    var stream = ""
    for number in 0..<1_500 { stream += "{\"Action\":\"log\",\"Name\(number)\":1}\n" }
    let counts = Conversion(stream).counts
    #expect(ConversionCounts.maximumNames == 1_000)
    #expect(counts.unknownFields.count == 1_001)
    #expect(counts.unknownFields["Name999"] == 1 && counts.unknownFields["other"] == 500)
    var sum = counts
    sum.add(counts)
    #expect(sum.unknownFields.count == 1_001)
    #expect(sum.unknownFields["Name999"] == 2 && sum.unknownFields["other"] == 1_000)
    #expect(sum.records == 3_000 && sum.bytes == 2 * stream.utf8.count)
  }

  @Test("long hosts that differ in a byte are told apart, also when they were seen before")
  func longHosts() throws {
    let dashes = String(repeating: "-", count: 20)
    let hosts = ["a", "b", "c"].flatMap { part in
      ["\(part)\(dashes)x.\(dashes)y.example.com", "x\(dashes)\(part).\(dashes)y.example.com"]
    }
    let stream = (hosts + hosts).map { #"{"Action":"log","ClientRequestHost":"\#($0)"}"# }
    let documents = Conversion(stream.joined(separator: "\n")).documents
    #expect(documents.count == 12)
    for (host, document) in zip(hosts + hosts, documents) {
      let event = try ECSEvent(json: document)
      #expect(event.destination.domain == host)
      #expect(event.destination.registeredDomain == "example.com")
      #expect(event.destination.subdomain == String(host.dropLast(".example.com".count)))
    }
  }

  @Test("counts of two streams, added, are those of both in one")
  func addedCounts() throws {
    let one =
      "{\"Action\":\"block\",\"ClientIP\":\"x\",\"Odd\":1}\noops\n\n{\"content\":\"tests\"}\n"
    let other = "{\"Action\":\"log\",\"ClientIP\":\"x\",\"Odd\":1}\n{\"Action\":\"drop\"}\n"
    var options = NDJSONConverter.Options()
    for detector in [nil, Detector()] {
      var sum = Conversion(one, options: options, detector: detector).counts
      sum.add(Conversion(other, options: options, detector: detector).counts)
      #expect(sum == Conversion(one + other, options: options, detector: detector).counts)
      #expect(sum.records == 5 && sum.rejected == 1 && sum.skipped == 1 && sum.blank == 1)
      options.filter = try EventFilter(["event.action=block,drop"], for: SekoiaNormalizer().table)
      #expect(sum.filtered == (detector == nil ? 0 : 1))
      #expect(sum.alerts == (detector == nil ? 0 : 2))
    }
  }
}
