import CloudflareECS
import Testing

/// The code of the page Testing, as it stands there; `READMETests` holds that.
@Suite struct TestingGuideTests {
  /// A table of an embedder's.
  private let table = try! MappingTable([
    FieldMapping(
      .datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened.",
      example: #"{"Datetime":1657630626}"#, gives: #""2022-07-12T12:57:06.000Z""#),
    FieldMapping(
      .action, to: "event.action", .keyword, .keyword, "What was done.",
      example: #"{"Action":"block"}"#, gives: #""block""#),
    FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
    FieldMapping(
      .named("BotScore"), to: "bot.score", .long, .integer, "How human the visitor is.",
      example: #"{"Action":"log","BotScore":"7"}"#, gives: "7"),
  ])

  @Test func document() throws {
    var event = FirewallEvent()
    event.action = .block
    event.clientIP = "203.0.113.28"
    event[.named("BotScore")] = 7

    var expected = ECSEvent()
    expected.event.action = "block"
    expected.source.ip = "203.0.113.28"
    expected.other["bot"] = ["score": 7]

    let result = table.normalize(event)
    #expect(result.document == expected)
    #expect(result.issues == [NormalizationIssue(.missingDatetime, field: "Datetime")])
  }

  @Test func record() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"nowhere"}"#)
    let result = table.normalize(event)
    #expect(result.document.json == #"{"event":{"action":"block"}}"#)
    #expect(result.issues.map(\.code) == [.missingDatetime, .invalidAddress])
  }

  @Test func examples() throws {
    for row in table.rows {
      guard let example = row.example else { continue }
      let event = try FirewallEvent(json: example.record)
      let document = try table.selecting([row.target]).normalize(event).document
      #expect(document.json.contains(example.value), "\(row.target)")
    }
  }

  private let admin = DetectionRule(
    id: "admin-page", name: "Admin page", description: "Somebody asked for the admin page.",
    level: .low, effort: .advanced,
    condition: .any([.equals("url.path", "/admin"), .startsWith("url.path", "/admin/")]),
    examples: [
      #"{"Action":"log","ClientRequestPath":"/Admin"}"#,
      #"{"Action":"log","ClientRequestPath":"/admin/login"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestPath":"/administrator"}"#,
      #"{"Action":"log","ClientRequestPath":"/en/admin/"}"#,
      #"{"Action":"log","ClientRequestQuery":"?next=/admin/"}"#,
    ])

  @Test func rule() throws {
    let detector = Detector(rules: [admin])
    #expect(detector.unusableRules.isEmpty)
    for (records, fires) in [(admin.examples, true), (admin.nearMisses, false)] {
      for record in records {
        let event = try FirewallEvent(json: record)
        let document = SekoiaNormalizer().normalize(event).document
        #expect(detector.detections(in: document, of: event).isEmpty != fires, "\(record)")
      }
    }
  }

  @Test func ruleFile() throws {
    let text = """
      title: Refused upload
      id: 9d1f7c52-4b8e-4f0a-8a57-0c6e2b7f1d34
      detection:
        selection: {cs-method: PUT, sc-status: 403}
        condition: selection
      """
    var files = RuleCollection(for: SekoiaNormalizer().table)
    files.add(Array(text.utf8), file: "upload.yml")
    #expect(files.faults.isEmpty && files.warnings.isEmpty)
    #expect(files.rules.count == 1)
  }

  struct Log: ConversionHandler {
    var lines: [String] = []

    mutating func edit(_ event: inout LentEvent) {
      if event.string(.clientRequestMethod) == "OPTIONS" { event.drop() }
    }
    mutating func report(_ issue: RecordIssue) { lines.append("\(issue)") }
    mutating func reject(_ rejection: Rejection) { lines.append("\(rejection)") }
  }

  @Test func log() {
    var log = Log()
    let error = NormalizationError(.tooLong, offset: 0, "the record has 2000000 bytes")
    log.reject(Rejection(error: error, line: 7, offset: 512, raw: []))
    log.report(RecordIssue(NormalizationIssue(.wrongType, field: "ClientASN"), line: 8, offset: 9))
    #expect(log.lines[0] == "line 7: the record has 2000000 bytes")
    #expect(log.lines[1] == "line 8: ClientASN: has a value of the wrong type")
  }

  @Test func stream() {
    let records = """
      {"Action":"log","ClientRequestMethod":"OPTIONS","Datetime":1657630626}
      {"Action":"block","ClientIP":"nowhere","Datetime":1657630626}
      oops
      """
    var log = Log()
    var documents: [UInt8] = []
    var converter = NDJSONConverter(table)
    converter.convert(Array(records.utf8).span, into: &documents, with: &log)
    converter.finish(into: &documents, with: &log)
    let counts = converter.counts
    #expect(counts.documents == 1 && counts.filtered == 1 && counts.rejected == 1)
    #expect(counts.issues == [.invalidAddress: 1])
    #expect(log.lines.count == 2)
  }
}
