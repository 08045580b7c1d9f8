import CloudflareECS
import Foundation
import TestSupport
import Testing

/// The examples of the doc comments, as they stand there. The last test finds one that is neither here nor in
/// `DetectionExamplesTests` and `ReportExamplesTests`.
@Suite struct DocumentationExamplesTests {
  // MARK: JSON

  @Test func jsonValue() throws {
    let value = try JSONValue(json: #"{"score": 2.50, "tags": ["a"]}"#)
    #expect(value.json == #"{"score":2.50,"tags":["a"]}"#)
  }

  @Test func jsonNumber() {
    #expect(JSONNumber("2.50")?.text == "2.50")
    #expect(JSONNumber("007") == nil)
    #expect(JSONNumber(0.1)?.text == "0.1")
  }

  @Test func jsonObject() {
    var object: JSONObject = ["version": "42"]
    object["kind"] = "firewall"
    #expect(object["kind"]?.string == "firewall")
  }

  // MARK: Events and documents

  @Test func firewallEvent() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":64500,"Score":2.50}"#)
    #expect((event.action == .block) == true)
    #expect(event.clientASN == 64500)
    #expect(event.otherMembers["Score"]?.json == "2.50")
  }

  @Test func cloudflareField() {
    #expect(CloudflareField.clientIP.name == "ClientIP")
    #expect(CloudflareField.clientIP.graphQLName == "clientIP")
    #expect(CloudflareField.named("BotScore").name == "BotScore")
  }

  @Test func openEnums() {
    #expect((Action("managed_challenge") == .managedChallenge) == true)
    #expect(Action("managed_challenge").folded.rawValue == "managedchallenge")
    #expect((Source("firewallManaged") == .firewallManaged) == true)
    #expect(Source("firewallManaged").category == "WAF managed rules")
    #expect((IPClass("bad_host") == .badHost) == true)
  }

  @Test func eventFilter() throws {
    let table = SekoiaNormalizer().table
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    let filter = try EventFilter(
      ["event.action=block,drop", "source.ip=203.0.113.0/24"], for: table)
    #expect(filter.holds(for: event) == true)
    do {
      _ = try EventFilter(["source.ipp=192.0.2.1"], for: SekoiaNormalizer().table)
      Issue.record("no error")
    } catch {
      #expect(
        error.description
          == "source.ipp=192.0.2.1: no target or field 'source.ipp'. Did you mean source.ip?")
    }
  }

  @Test func ecsEvent() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    let document = SekoiaNormalizer().normalize(event).document
    #expect(document.source.ip == "203.0.113.28")
    #expect(document.event.type == ["denied"])
  }

  @Test func ecsEventJSON() {
    var document = ECSEvent()
    document.source.ip = "203.0.113.28"
    #expect(document.json == #"{"source":{"ip":"203.0.113.28"}}"#)
    var bytes: [UInt8] = []
    document.appendJSON(to: &bytes)
    #expect(bytes.count == 32)
    #expect(bytes == Array(document.json.utf8))
  }

  // MARK: Mapping

  @Test func sekoiaNormalizer() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
    let document = SekoiaNormalizer().normalize(event).document
    #expect(document.event.type == ["denied"])
    #expect(document.source.geo.countryName == "us")
  }

  @Test func elasticNormalizer() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
    let document = ElasticNormalizer().normalize(event).document
    #expect(document.source.geo.countryName == "United States")
    #expect(document.event.outcome == "success")
  }

  @Test func normalizer() throws {
    struct BriefNormalizer: Normalizer {
      let table: MappingTable
    }
    let brief = BriefNormalizer(
      table: try MappingTable([
        FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked.")
      ]))
    #expect(brief.name == "brief")
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    #expect(brief.normalize(event).document.source.ip == "203.0.113.28")
  }

  @Test func mappingTable() throws {
    let table = try MappingTable([
      FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
      FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
    ])
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    #expect(table.normalize(event).document.source.ip == "203.0.113.28")
  }

  @Test func mappingTableJSON() throws {
    let table = try MappingTable([
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked.")
    ])
    #expect((try MappingTable(json: try table.json) == table) == true)
  }

  @Test func selecting() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    let table = SekoiaNormalizer().table
    let brief = try table.selecting(["source.ip", "event.action", "url.*"])
    #expect(
      brief.normalize(event).document.json
        == #"{"event":{"action":"block"},"source":{"ip":"203.0.113.28"}}"#)
    #expect((try table.dropping(["message"]).rows.count == table.rows.count - 1) == true)
  }

  @Test func template() throws {
    let table = try MappingTable([
      FieldMapping(
        template: "[{ClientIP}][ ({ClientCountry|upper})][ → {Action}]", otherwise: "nothing",
        to: "message", .matchOnlyText, "Who, from where, and what was done.")
    ])
    func message(_ record: String) throws -> String? {
      table.normalize(try FirewallEvent(json: record)).document.message
    }
    #expect(
      try message(#"{"ClientIP":"192.0.2.1","ClientCountry":"us","Action":"block"}"#)
        == "192.0.2.1 (US) → block")
    #expect(try message(#"{"Action":"block"}"#) == "block")
    #expect(try message(#"{"RuleID":"1"}"#) == "nothing")
  }

  @Test func lookup() throws {
    let table = try MappingTable([
      FieldMapping(
        .source, to: "labels.team", .keyword,
        .lookup(["rateLimit": "operations", "bic": "web"], otherwise: "security"),
        "Who looks at it.")
    ])
    func team(_ record: String) throws -> String {
      table.normalize(try FirewallEvent(json: record)).document.json
    }
    #expect(try team(#"{"Source":"rateLimit"}"#) == #"{"labels":{"team":"operations"}}"#)
    #expect(try team(#"{"Source":"waf"}"#) == #"{"labels":{"team":"security"}}"#)
    #expect(try team(#"{"RuleID":"1"}"#) == "{}")
  }

  @Test func mappingTableError() {
    do {
      _ = try MappingTable([FieldMapping(.action, to: "event.action", .long, .keyword, "What.")])
      Issue.record("the table was made")
    } catch {
      #expect(error.row == 0)
      #expect(
        error.description == "row 1 (event.action): keyword gives text, but the type is long")
    }
  }

  @Test func normalize() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","Datetime":1657630626}"#)
    #expect(SekoiaNormalizer().normalize(event).document.timestamp == "2022-07-12T12:57:06.000000Z")
  }

  @Test func fieldMapping() {
    let row =
      FieldMapping(
        .clientASN, to: "source.as.number", .long, .integer,
        "Number of the visitor's autonomous system.",
        example: #"{"ClientASN":64500}"#, gives: "64500")
    #expect(row.example?.value == "64500")
  }

  @Test func normalizationIssue() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":"none"}"#)
    #expect(
      SekoiaNormalizer().normalize(event).issues.map(\.description)
        == ["Datetime: is missing", "ClientASN: has a value of the wrong type"])
  }

  @Test func normalizationError() {
    do {
      _ = try FirewallEvent(json: #"{"Action":"block""#)
    } catch {
      #expect((error.code == .truncated) == true)
      #expect(error.offset == 17)
    }
  }

  @Test func mappingReference() {
    #expect(
      MappingReference(of: SekoiaNormalizer()).tsv.split(separator: "\n")[1]
        == "(record)\t\tmessage\tmatch_only_text\trecord\tThe raw record.")
  }

  @Test func indexTemplate() {
    let template = IndexTemplate(of: ElasticNormalizer(), target: .opensearch, pattern: "waf-*")
    #expect(template.json.contains(#""index_patterns": ["waf-*"]"#) == true)
  }

  // MARK: Streams

  @Test func ndjsonConverter() {
    var converter = NDJSONConverter(SekoiaNormalizer())
    var output: [UInt8] = []
    converter.convert(Array("{\"Action\":\"block\"}\n".utf8).span, into: &output)
    converter.finish(into: &output)
    #expect(converter.counts.documents == 1)
  }

  @Test func severalStreams() {
    let files = ["{\"Action\":\"block\"}\n", "\noops\n"].map { Array($0.utf8) }
    var documents: [UInt8] = []
    var faults: [String] = []
    var converter = NDJSONConverter()
    for file in files {
      converter.beginStream()
      converter.convert(file.span, into: &documents)
      converter.finish(into: &documents)
      for rejection in converter.takeRejections() { faults.append("line \(rejection.line)") }
    }
    #expect(faults == ["line 2"])
  }

  @Test func rejecting() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    var faults: [String] = []
    converter.convert(Array("oops\n7\n".utf8).span, into: &documents) { rejection in
      faults.append("line \(rejection.line): \(rejection.error.code)")
    }
    #expect(faults == ["line 1: not_json", "line 2: not_an_object"])
  }

  @Test func rejectionLine() {
    var converter = NDJSONConverter()
    var documents: [UInt8] = []
    converter.convert(Array("oops\n".utf8).span, into: &documents)
    var lines: [UInt8] = []
    for rejection in converter.takeRejections() { rejection.appendLine(file: "a.log", to: &lines) }
    #expect(
      String(decoding: lines, as: UTF8.self)
        == #"{"file":"a.log","line":1,"offset":0,"code":"not_json","#
        + #""message":"not JSON: unexpected character","raw":"oops"}"# + "\n")
  }

  @Test func recordReader() {
    var reader = RecordReader(.auto)
    var events: [FirewallEvent] = []
    var faults: [String] = []
    func take(_ record: RecordReader.Record) {
      do {
        events.append(try record.event())
      } catch {
        faults.append("line \(record.line): \(error)")
      }
    }
    reader.read(Array(#"{"events":[{"Action":"block"},"#.utf8).span, take)
    reader.read(Array(#"7,{"Action":"log"}]}"#.utf8).span, take)
    reader.finish(take)
    #expect(events.map(\.action) == [.block, .log])
    #expect(faults == ["line 1: not an object"])
    #expect(reader.counts.rejected == 1)
  }

  @Test func converterOptions() {
    var options = ConverterOptions()
    options.keepsOriginal = false
    let converter = NDJSONConverter(ElasticNormalizer(), options: options)
    #expect(converter.counts.documents == 0)
  }

  @Test func withoutOriginal() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":"none"}"#)
    let table = SekoiaNormalizer().table.withoutOriginal
    #expect(table.normalize(event).document.message == nil)
    var options = ConverterOptions()
    options.keepsOriginal = false
    #expect(
      Conversion(event.json, options: options).text == table.normalize(event).document.json + "\n")
  }

  @Test func jsonConstant() {
    let row =
      FieldMapping.constant(json: 2.5, to: "event.risk_score", as: .double, "How bad it is.")
    #expect(row.example?.value == "2.5")
  }

  @Test func customTransform() throws {
    let table = try MappingTable([
      FieldMapping(
        [.clientIP], to: "source.user.hash", .keyword,
        .custom("hash") { inputs in inputs[0]?.string.map { .string("\($0.utf8.count)") } },
        "The visitor, without the address.")
    ])
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    #expect(table.normalize(event).document.json == #"{"source":{"user":{"hash":"12"}}}"#)
  }

  @Test func conversionHandler() throws {
    struct Enrichment: ConversionHandler {
      var rejected = 0

      mutating func edit(_ event: inout LentEvent) {
        event.set("host.name", to: "edge-1")
        if event.string(.action) == "log" { event.drop() }
      }

      mutating func reject(_ rejection: Rejection) { rejected += 1 }
    }

    let chunk = Array("{\"Action\":\"log\"}\n{\"Action\":\"block\"}\n7".utf8)
    var documents: [UInt8] = []
    let table = try MappingTable(
      ElasticNormalizer().table.rows + [
        FieldMapping([], to: "host.name", .keyword, .provided, "The machine that converted it.")
      ])
    var converter = NDJSONConverter(table)
    var enrichment = Enrichment()
    converter.convert(chunk.span, into: &documents, with: &enrichment)
    converter.finish(into: &documents, with: &enrichment)
    #expect(enrichment.rejected == 1 && converter.counts.documents == 1)
    #expect(String(decoding: documents, as: UTF8.self).contains(#""host":{"name":"edge-1"}"#))
  }

  @Test func documentsAndAlerts() {
    let chunk = Array("{\"Action\":\"block\"}\n".utf8)
    var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
    var converter = NDJSONConverter(ElasticNormalizer(), detector: Detector())
    converter.convert(chunk.span, into: &documents, alerts: &alerts)
    converter.finish(into: &documents, alerts: &alerts)
    #expect(converter.counts.documents == 1 && converter.counts.alerts == 1)
  }

  @Test func asynchronousStreams() async {
    let chunks = AsyncStream<[UInt8]> { continuation in
      continuation.yield(Array(#"{"Action":"block","ClientRequestHost":"a.example"}"#.utf8))
      continuation.yield(Array("\noops\n".utf8))
      continuation.finish()
    }
    var hosts: Set<String> = []
    for await record in chunks.firewallEvents() {
      if let event = try? record.event(), event.action == .block {
        hosts.insert(event.clientRequestHost ?? "")
      }
    }
    #expect(hosts == ["a.example"])
  }

  @Test func asynchronousDocuments() async {
    let chunks = AsyncStream<[UInt8]> { continuation in
      continuation.yield(Array("{\"Action\":\"block\"}\noops\n".utf8))
      continuation.finish()
    }
    var documents: [UInt8] = []
    var faults: [String] = []
    for await batch in chunks.documents(ElasticNormalizer()) {
      documents += batch.documents
      for rejection in batch.rejections { faults.append("line \(rejection.line)") }
    }
    #expect(!documents.isEmpty && faults == ["line 2"])
  }

  // MARK: Values

  @Test func timestamp() {
    let timestamp = Timestamp("1657630626219000001")!
    #expect(timestamp.seconds == 1_657_630_626)
    #expect(timestamp.nanoseconds == 219_000_001)
    #expect(timestamp.text(.microseconds) == "2022-07-12T12:57:06.219000Z")
    #expect(
      Timestamp(seconds: 0, nanoseconds: 1)?.text(.shortest) == "1970-01-01T00:00:00.000000001Z")
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp("1657630626219")!.text(.microseconds) == "2022-07-12T12:57:06.219000Z")
    #expect(Timestamp("1657630626219")!.text(.shortest) == "2022-07-12T12:57:06.219Z")
    #expect((Timestamp("1657630626") == Timestamp("1657630626000")) == true)
    #expect(Timestamp("2022-07-12T14:57:06+02:00")?.seconds == 1_657_630_626)
    #expect(
      Timestamp("2022-07-12 12:57:06.2190009999")?.text(.shortest)
        == "2022-07-12T12:57:06.219000999Z")
    #expect(Timestamp("1.657630626219e+12")?.text(.shortest) == "2022-07-12T12:57:06.219Z")
    #expect(Timestamp("2022-07-12T12:57Z") == nil)
  }

  @Test func ipAddress() {
    let address = IPAddress("2001:DB8:0:0:0:0:0:1")!
    #expect(address.version == .v6)
    #expect(address.description == "2001:db8::1")
    #expect(IPAddress("203.0.113.7")?.bits == 3_405_803_783)
    #expect(IPAddress("::ffff:203.0.113.7")?.version == .v6)
    #expect(IPAddress("203.0.113.07") == nil)
    #expect(IPAddress("[2001:db8::1]") == nil)
    #expect(IPAddress("2001:0DB8:0:0:1:0:0:1")!.description == "2001:db8::1:0:0:1")
    #expect(IPAddress("::FFFF:C000:201")!.description == "::ffff:192.0.2.1")
  }

  @Test func requestHost() {
    let text = "[2001:db8::1]:8443"
    let host = RequestHost(text)
    #expect(host.slice(host.address, of: text) == "[2001:db8::1]")
    #expect(host.literal?.address.description == "2001:db8::1")
    #expect(host.port == 8443)
    #expect(RequestHost("example.com.:443").port == 443)
    #expect(RequestHost("example.com:99999").portIsBad == true)
    #expect(RequestHost("2001:db8::1").literal?.range == 0..<11)
  }

  @Test func requestHostSlice() {
    let text = "example.com.:443"
    let host = RequestHost(text)
    #expect(host.slice(host.address, of: text) == "example.com.")
    #expect(host.slice(host.name, of: text) == "example.com")
  }

  @Test func publicSuffixList() {
    let domain = PublicSuffixList.split("www.Example.co.uk")
    #expect(domain?.topLevelDomain == "co.uk")
    #expect(domain?.registeredDomain == "Example.co.uk")
    #expect(domain?.subdomain == "www")
    #expect(PublicSuffixList.version == "2026-10-22_08-36-41_UTC")
  }

  // MARK: Logpush

  @Test func indexName() {
    #expect(IndexName.index.fault(in: "WAF") == "has a capital letter")
    #expect(IndexName.pattern.fault(in: "waf-*") == nil)
  }

  @Test func bulkFormat() {
    var options = ConverterOptions()
    options.format = .bulk(index: "waf", identifiers: true, undated: Timestamp(seconds: 0))
    let record = #"{"RayID":"7299f155dda47d6b","RuleID":"100016","MatchIndex":0}"#
    #expect(
      Conversion(record, ElasticNormalizer(), options: options).documents[0]
        == #"{"create":{"_index":"waf","_id":"7299f155dda47d6b-100016-0"}}"#)
  }

  @Test func logpushFields() throws {
    #expect(LogpushFields(for: SekoiaNormalizer()).names.count == 47)
    #expect(LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names.count == 28)

    let answer = try JSONValue(json: #"{"Action":"string; what","BotScore":"int; how"}"#)
    let check = try LogpushFields(for: SekoiaNormalizer()).check(answer: answer)
    #expect(check.mapped == ["Action"])
    #expect(check.unmapped == ["BotScore"])
    #expect(check.missingEssentials == ["ClientIP", "Datetime", "RayID"])
  }

  @Test func logpushJob() throws {
    var job = LogpushJob(fields: ["Action", "ClientIP"])
    job.destination = "https://logs.example.com/intake?header_X-Key=0123"
    job.maximumUploadRecords = 1_000
    #expect(
      try job.body()["output_options"]?.json
        == #"{"output_type":"ndjson","field_names":["Action","ClientIP"],"timestamp_format":"rfc3339"}"#
    )
    job.filter = #"{"where":{"key":"ClientCountry","operator":"eq","value":"us"}}"#
    #expect(try job.body()["filter"]?.string == job.filter)
  }

  @Test func userAgent() {
    let agent = UserAgent(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/17.4 Mobile/15E148 Safari/604.1")
    #expect(agent.name == "Mobile Safari")
    #expect(agent.version == "17.4")
    #expect(agent.deviceName == "iPhone")
    #expect(agent.osFull == "iOS 17.4")
  }

  @Test func logpushError() {
    do {
      _ = try LogpushJob(fields: []).body()
      Issue.record("a job without fields")
    } catch {
      #expect((error.code == .noFields) == true)
      #expect(error.description == "the job selects no field")
    }
  }

  // MARK: Completeness

  @Test("every line of an example of a public declaration stands in this file")
  func completeness() throws {
    let tests = ["Documentation", "Detection", "Report"].map {
      #filePath.replacing("Documentation", with: $0)
    }
    let here = packed(try tests.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined())
    let sources = Repository.file("Sources/CloudflareECS")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var found = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      for line in DocumentedExamples(of: try String(contentsOf: file, encoding: .utf8)).lines {
        found += 1
        for part in line.components(separatedBy: " // ") where !part.isEmpty {
          let text = packed(part.hasPrefix("nil:") ? "nil" : part)
          let isHere = here.contains(text)
          #expect(isHere, "\(file.lastPathComponent): \(part)")
        }
      }
    }
    #expect(found > 80)
  }

  /// Without what formatting changes: white space, and the separators of digits.
  private func packed(_ text: String) -> String {
    text.replacing("\\t", with: "").replacing("\\\"", with: "\"")
      .filter { !$0.isWhitespace && $0 != "_" }
  }
}
