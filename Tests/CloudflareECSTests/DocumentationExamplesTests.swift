import CloudflareECS
import Foundation
import TestSupport
import Testing

/// The examples of the doc comments, as they stand there. The last test finds one that is neither here nor in
/// `StreamExamplesTests`, `ValueExamplesTests`, `DetectionExamplesTests` and `ReportExamplesTests`.
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
    #expect((FirewallEvent.Action("managed_challenge") == .managedChallenge) == true)
    #expect(FirewallEvent.Action("managed_challenge").folded.rawValue == "managedchallenge")
    #expect((FirewallEvent.Source("firewallManaged") == .firewallManaged) == true)
    #expect(FirewallEvent.Source("firewallManaged").category == "WAF managed rules")
    #expect((FirewallEvent.IPClass("bad_host") == .badHost) == true)
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

  // MARK: Completeness

  @Test("every line of an example of a public declaration stands in one of these files")
  func completeness() throws {
    let tests = ["Documentation", "Stream", "Value", "Detection", "Report"].map {
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
