import CloudflareECS
import Testing

/// The code of the pages Embedding, WritingAProfile and Report, as it stands there; `READMETests` holds that.
@Suite struct GuideTests {
  private let body = Array("{\"Action\":\"block\",\"ClientIP\":\"203.0.113.28\"}\nnothing\n".utf8)

  @Test("an upload becomes documents and rejections")
  func upload() {
    func convert(upload body: [UInt8]) -> (lines: [UInt8], rejections: [Rejection]) {
      var options = NDJSONConverter.Options()
      options.input = .auto
      var converter = NDJSONConverter(ElasticNormalizer(), options: options)
      var lines: [UInt8] = []
      converter.convert(body.span, into: &lines)
      converter.finish(into: &lines)
      return (lines, converter.takeRejections())
    }

    let result = convert(upload: body)
    #expect(result.lines.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(result.rejections.map(\.line) == [2])
  }

  @Test("the counts add up")
  func sum() {
    var converter = NDJSONConverter()
    var lines: [UInt8] = []
    converter.convert(body.span, into: &lines)
    let counts = converter.counts
    #expect((counts.records == counts.accepted + counts.rejected + counts.skipped) == true)
    #expect(counts.records == 2)
  }

  @Test("records as values")
  func values() {
    let chunk = Array(#"{"events":[{"Action":"block","ClientRequestHost":"a.example"}]}"#.utf8)
    var hosts: Set<String> = []
    var reader = RecordReader(.auto)
    reader.read(chunk.span) { record in
      if let event = try? record.event(), event.action == .block {
        hosts.insert(event.clientRequestHost ?? "")
      }
    }
    reader.finish { _ in }
    #expect(hosts == ["a.example"])
  }

  @Test("an event as a document, its issues and its alerts")
  func document() throws {
    let record = #"{"Action":"block","ClientIP":"203.0.113.28","ClientASN":"none"}"#
    let event = try FirewallEvent(json: record)
    var reports: [String] = []
    func report(_ what: some Any, _ value: some Any) { reports.append("\(what) \(value)") }

    let result = ElasticNormalizer().normalize(event)
    #expect(result.document.source.ip == "203.0.113.28")
    for issue in result.issues { report(issue.code, issue.field) }
    #expect(reports == ["wrong_type ClientASN", "missing_datetime Datetime"])

    var converter = NDJSONConverter(ElasticNormalizer())
    var lines: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &lines)
    converter.finish(into: &lines)
    // result.document.json  // the same bytes as the converter's
    #expect(result.document.json + "\n" == String(decoding: lines, as: UTF8.self))

    reports = []
    let detector = Detector()
    for alert in detector.alerts(for: result.document, of: event) {
      report(alert.rule.id ?? "", alert.event.severity ?? 0)
    }
    #expect(reports.count == 1 && reports[0].hasSuffix(" 21"))
  }

  @Test("a profile of one's own, with what comes with it")
  func profile() throws {
    let acme = try MappingTable([
      FieldMapping(
        .datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened.",
        example: #"{"Datetime":1657630626}"#, gives: #""2022-07-12T12:57:06.000Z""#),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
      FieldMapping(.clientIP, to: "related.ip", .ip, array: true, .address, "All addresses."),
      FieldMapping(
        .named("BotScore"), to: "acme.bot_score", .long, .integer, "How human the visitor is.",
        example: #"{"Action":"log","BotScore":7}"#, gives: "7"),
      .constant("waf", to: "event.module", "What wrote the event."),
      FieldMapping([], to: "acme.rest.*", .flattened, .unmapped, "Members that have no row."),
    ])
    let event = try FirewallEvent(json: #"{"Action":"log","BotScore":7,"ClientIP":"192.0.2.1"}"#)
    #expect(acme.normalize(event).document.source.ip == "192.0.2.1")
    #expect(
      acme.normalize(event).document.json
        == #"{"event":{"module":"waf"},"source":{"ip":"192.0.2.1"},"#
        + #""related":{"ip":["192.0.2.1"]},"acme":{"bot_score":7,"rest":{"Action":"log"}}}"#)
    var converter = NDJSONConverter(acme)
    var lines: [UInt8] = []
    converter.convert(Array(#"{"Action":"log"}"#.utf8).span, into: &lines)
    converter.finish(into: &lines)
    #expect(
      String(decoding: lines, as: UTF8.self)
        == #"{"event":{"module":"waf"},"acme":{"rest":{"Action":"log"}}}"# + "\n")

    #expect(MappingReference(of: acme).markdown.contains("`acme.bot_score`"))
    #expect(
      IndexTemplate(of: acme, pattern: "acme-waf-*").json.contains("bot_score"))

    for row in acme.rows {
      guard let example = row.example else { continue }
      let document = acme.normalize(try FirewallEvent(json: example.record)).document
      precondition(document.json.contains(example.value), row.target)
    }
  }

  @Test("rows added to those of a profile")
  func added() throws {
    let team = try MappingTable(
      ElasticNormalizer().table.rows + [
        .constant("edge", to: "labels.team", "Who looks after it.")
      ])
    let document = team.normalize(try FirewallEvent(json: #"{"Action":"log"}"#)).document
    #expect(document.json.contains(#""labels":{"team":"edge"}"#))
  }

  @Test("the report on a stream, and its tables")
  func report() throws {
    let chunk = Array(#"[{"Action":"block","ClientIP":"203.0.113.28","RuleID":"1"}]"#.utf8)
    var output = ""
    func print(_ items: Any...) { output += items.map { "\($0) " }.joined() + "\n" }

    var options = NDJSONConverter.Options()
    options.input = .auto
    var reader = ReportReader(try EventReport(by: [["source.ip", "rule.id"]]), options: options)
    reader.read(chunk.span)
    reader.finish()
    print(reader.report.text(width: 80))
    for row in reader.report.tables[1].rows { print(row.values, row.count) }
    #expect(output.hasPrefix("1 event, 1 denied (100.0 %)"))
    #expect(output.hasSuffix("[Optional(\"203.0.113.28\"), Optional(\"1\")] 1 \n"))
  }
}
