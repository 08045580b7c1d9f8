import CloudflareECS
import Testing

enum BriefNormalizer: Normalizer {
  static let fields = [
    FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
    FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
    FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
  ]
}

/// The code that README.md shows. (Its commands are run by `Tests/Tools/check_readme.py`.)
@Suite struct READMETests {
  @Test("the code for a stream of bytes")
  func bytes() {
    let chunk = Array("{\"Action\":\"block\"}\n{\"Action\":\n".utf8)
    var lines: [String] = []
    func print(_ line: Int, _ error: NormalizationError) { lines.append("\(line) \(error)") }

    var converter = NDJSONConverter(SekoiaNormalizer.self)
    var documents: [UInt8] = []
    converter.convert(chunk.span, into: &documents)  // for each chunk, an array of any size
    converter.finish(into: &documents)  // after the last one
    for rejection in converter.takeRejections() { print(rejection.line, rejection.error) }

    #expect(documents.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(lines == ["2 not JSON: the line ends inside the record"])
  }

  @Test("the code for single events")
  func values() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    let result = SekoiaNormalizer.normalize(event)
    #expect(result.document.source.ip == "203.0.113.28")
    #expect("\(result.issues)" == "[Datetime: is missing]")
  }

  @Test("the profile of one's own, both ways")
  func ownProfile() throws {
    let record = #"{"Action":"block","ClientIP":"203.0.113.28","Datetime":1657630626}"#
    let expected =
      #"{"event":{"action":"block"},"@timestamp":"2022-07-12T12:57:06.000Z","#
      + #""source":{"ip":"203.0.113.28"}}"#
    let document = BriefNormalizer.normalize(try FirewallEvent(json: record)).document
    #expect(document.json == expected)

    var converter = NDJSONConverter(BriefNormalizer.self)
    var documents: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &documents)
    converter.finish(into: &documents)
    #expect(String(decoding: documents, as: UTF8.self) == expected + "\n")
  }

  @Test("README.md shows the code that is tested here")
  func sameCode() throws {
    let tested = Set(try lines(of: "Tests/CloudflareECSTests/READMETests.swift"))
    var shown: [String] = []
    var isCode = false
    for line in try lines(of: "README.md") {
      if line.hasPrefix("```") {
        isCode = line == "```swift"
      } else if isCode, !line.hasPrefix("result.") {
        shown.append(line)
      }
    }
    #expect(!shown.isEmpty)
    #expect(shown.filter { !tested.contains($0) } == [])
  }

  private func lines(of file: String) throws -> [String] {
    try Repository.text(file).split(separator: "\n").map {
      String($0.drop { $0 == " " })
    }
  }
}
