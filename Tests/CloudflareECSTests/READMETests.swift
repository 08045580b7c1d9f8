import CloudflareECS
import TestSupport
import Testing

/// The code that README.md shows, and whether the pages show what is tested. (Its commands are run by `Tests/Tools/check_readme.py`.)
@Suite struct READMETests {
  @Test("the code for a stream of bytes")
  func bytes() {
    let chunk = Array("{\"Action\":\"block\"}\n{\"Action\":\n".utf8)
    var lines: [String] = []
    func print(_ line: Int, _ error: NormalizationError) { lines.append("\(line) \(error)") }

    var converter = NDJSONConverter(SekoiaNormalizer())
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
    let result = SekoiaNormalizer().normalize(event)
    #expect(result.document.source.ip == "203.0.113.28")
    #expect("\(result.issues)" == "[Datetime: is missing]")
  }

  @Test("the profile of one's own, both ways")
  func ownProfile() throws {
    let record = #"{"Action":"block","ClientIP":"203.0.113.28","Datetime":1657630626}"#
    let expected =
      #"{"event":{"action":"block"},"@timestamp":"2022-07-12T12:57:06.000Z","#
      + #""source":{"ip":"203.0.113.28"}}"#
    let brief = try MappingTable([
      FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
      FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
    ])
    let document = brief.normalize(try FirewallEvent(json: record)).document
    #expect(document.json == expected)

    var converter = NDJSONConverter(brief)
    var documents: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &documents)
    converter.finish(into: &documents)
    #expect(String(decoding: documents, as: UTF8.self) == expected + "\n")
  }

  @Test("the README and the pages show code that a test has")
  func sameCode() throws {
    let files = [
      "CloudflareECSTests/README", "CloudflareECSTests/Guide", "CloudflareECSTests/StoringGuide",
      "CloudflareECSTests/TestingGuide", "CFECSTests/GzipProduct", "CFECSTests/AsyncDecompressed",
    ]
    // These programs are built and run by `Documentation/Examples/Embedding/run`.
    let programs = [
      "Collector", "Enrichment", "OwnRule", "OwnTable", "RecordErrors", "SQLiteStore",
      "SeveralTasks",
    ].map { "Documentation/Examples/Embedding/Sources/\($0)/main.swift" }
    let tested = try (files.map { "Tests/\($0)Tests.swift" } + programs).map {
      packed(try Repository.text($0))
    }.joined()
    var found = 0
    for page in try ["README.md"] + Repository.pages {
      var isCode = false
      for line in try Repository.text(page).split(separator: "\n") {
        if line.hasPrefix("```") {
          isCode = line == "```swift"
        } else if isCode {
          found += 1
          // What stands behind the sign is a remark, or the value, which the test expects.
          let isHere = tested.contains(packed(line.split(separator: "//")[0]))
          #expect(isHere, "\(page): \(line)")
        }
      }
    }
    #expect(found > 90)
  }

  @Test("the table of speeds is the one that Tests/Lab/peers/run wrote")
  func speeds() throws {
    let results = try Repository.text("Tests/Lab/peers/results.md")
    let table = try #require(results.range(of: "\n\n| figure")).lowerBound
    let page = try Repository.text("Documentation/CloudflareECS.docc/Performance.md")
    #expect(page.contains(results[..<table]))
  }

  /// Without white space, as a test indents what it shows.
  private func packed(_ text: some StringProtocol) -> String {
    String(text).filter { !$0.isWhitespace }
  }
}
