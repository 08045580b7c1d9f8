import CloudflareECS
import Testing

/// Feeds that are made to exhaust time or memory.
@Suite struct FeedFloodTests {
  private let event =
    #"{"Action":"log","ClientIP":"198.51.100.1","ClientRequestHost":"a.bad.example","ClientRequestPath":"/"}"#

  private func alert(_ set: IndicatorSet) throws -> (alert: ECSEvent, bytes: Int) {
    let event = try FirewallEvent(json: event)
    let document = SekoiaNormalizer().normalize(event).document
    let alert = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
      .alerts(for: document, of: event)[0]
    return (alert, alert.json.utf8.count - document.json.utf8.count)
  }

  @Test("of one observable named 20,000 times the first are listed, and the others counted")
  func sameObservable() throws {
    var set = IndicatorSet()
    let rows = (0..<20_000).map { "ipv4-addr,198.51.100.1,indicator--\($0)\n" }
    set.load(text: "type,value,id\n" + rows.joined())
    #expect(set.loaded == 20_000)
    let (alert, bytes) = try alert(set)
    #expect(alert.threat.enrichments.count == 11)
    #expect(
      JSONValue.object(alert.threat.enrichments[10]).json
        == #"{"indicator":{"description":"19990 more indicators of these observables"}}"#)
    #expect(bytes < 64 << 10)
    let first = alert.threat.enrichments[0]["matched"]?.object?["id"]
    #expect(first == .string("indicator--0"))
  }

  @Test(
    "the most serious indicator counts, wherever it is listed; what is not valid is not counted")
  func levels() throws {
    var set = IndicatorSet()
    let rows = (0..<100).map {
      "198.51.100.1,\($0 == 70 ? 90 : 10),\($0 % 2 == 0 ? "2020-01-01T00:00:00Z" : "")\n"
    }
    set.load(text: "ip,confidence,valid_until\n" + rows.joined())
    let timed = event.dropLast() + #","Datetime":"2026-01-01T00:00:00Z"}"#
    for (record, severity, others) in [(event, 73, 90), (String(timed), 21, 40)] {
      let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
      let matches = set.matches(in: document)
      #expect(matches.count == 10)
      let detection = Detection(rule: BuiltInRules.intelligenceFeed, indicators: matches)
      #expect(detection.level.severity == severity)
      #expect(matches[9].others == others)
    }
  }

  @Test("an alert is at most 64 KiB longer than its event")
  func longTexts() throws {
    let text = String(repeating: "\u{1}", count: 5_000)
    let quoted = JSONValue.string(text).json
    var set = IndicatorSet()
    let observables =
      ["198.51.100.1", "a.bad.example", "bad.example", "*.example", "/"]
      + (0...32).map { "198.51.100.1/\($0)" }
    for observable in observables {
      for id in 0..<20 {
        set.load(
          text:
            #"{"value":"\#(observable)","id":"\#(id)","description":\#(quoted),"provider":\#(quoted)}"#
        )
      }
    }
    let (alert, bytes) = try alert(set)
    #expect(bytes < 64 << 10 && bytes > 40 << 10)
    #expect(alert.threat.enrichments.count > 2)
  }

  @Test("long values of an event are not repeated in full")
  func longEvents() throws {
    let path = "/" + String(repeating: "\u{1}", count: 3_900)
    var set = IndicatorSet()
    set.load(text: "*.bad.example\n\(JSONValue.string(path).json)\n")
    let host = String(repeating: "a.", count: 100) + "bad.example"
    let long = FirewallEvent([
      "ClientRequestHost": .string(host), "ClientRequestPath": .string(path),
    ])
    let document = SekoiaNormalizer().normalize(long).document
    let alerts = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
      .alerts(for: document, of: long)
    #expect(alerts.count == 1)
    #expect(alerts[0].threat.enrichments.count == 3)
    #expect(alerts[0].json.utf8.count - document.json.utf8.count < 64 << 10)
  }
}
