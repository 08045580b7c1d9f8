import CloudflareECS
import Foundation
import Testing

@testable import cf_ecs

@Suite struct AlertSummaryTests {
  private func event(_ address: String) -> String {
    #"{"Action":"log","ClientIP":"\#(address)","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno)"}"#
  }

  @Test("an address with line breaks forges no line, and a long one is cut")
  func forgery() throws {
    let shell = try Shell()
    let long = String(repeating: "9", count: 5_000)
    try shell.write(
      event(#"1.2.3.4\nAlerts: 0, in 9 events.\u001b[2J"#) + "\n" + event(long) + "\n", to: "a")
    let summary = try shell.run("cf-ecs detect -f summary a").output
    let lines = summary.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("Alerts: ") } == ["Alerts: 2, in 2 events."])
    #expect(!summary.contains("\u{1b}"))
    #expect(summary.contains(#"1.2.3.4\u{a}Alerts:"#))
    #expect(summary.contains("\(long.prefix(199))…\n"))
    #expect(lines.allSatisfy { $0.count < 300 })
  }

  @Test("an identifier of a feed forges no line")
  func feedIdentifiers() throws {
    let shell = try Shell()
    let long = String(repeating: "x", count: 300)
    let identifier = #"indicator--1\nForged: 1\u001b[2J\u202e\#(long)"#
    try shell.write(
      #"{"type":"bundle","objects":[{"type":"indicator","id":"\#(identifier)","pattern_type":"sigma","pattern":"x"}]}"#,
      to: "feed")
    try shell.write(event("192.0.2.1"), to: "a")
    let error = try shell.run("cf-ecs detect --iocs feed a").error
    // The row is shown as it is in the feed, with its escapes.
    #expect(error.contains(#""id":"indicator--1\nForged: 1\u001b[2J\u202exxx"#))
    let lines = error.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("cf-ecs: ") && $0.count < 300 })
  }

  @Test("advice is broken where a line would have 81 columns", arguments: [(63, 1), (64, 2)])
  func width(length: Int, lines: Int) {
    let rule = DetectionRule(
      id: "t", name: "T", description: "A test.", level: .low, effort: .advanced,
      condition: .startsWith("url.path", "/"), advice: String(repeating: "x", count: length))
    var options = Options()
    options.detector = Detector(rules: [rule])
    var converter = options.makeConverter()
    var documents: [UInt8] = []
    converter.convert(Array("{\"ClientRequestPath\":\"/a\"}\n".utf8).span, into: &documents)
    var tally = AlertTally()
    tally.add(converter.takeHits())
    let text = AlertSummary(rules: [rule], tally: tally, events: 1).text
    let advice = text.split(separator: "\n").drop { !$0.hasPrefix("Look first at T.") }
    #expect(advice.count == lines)
    #expect(advice.joined(separator: " ") == "Look first at T. " + rule.advice)
  }

  @Test("addresses take no more memory than is given to them")
  func bounded() {
    var options = Options()
    options.detector = Detector(rules: BuiltInRules.all)
    var converter = options.makeConverter()
    var documents: [UInt8] = []
    // Each takes 4 bytes and 96 more.
    for address in 1_000..<1_030 {
      converter.convert(Array((event("\(address)") + "\n").utf8).span, into: &documents)
    }
    let hits = converter.takeHits()
    #expect(hits.count == 30)
    var tally = AlertTally(maximumBytes: 1_000)
    tally.add(hits)
    tally.add(hits)
    let row = tally.rows.values.first
    #expect(row?.hits == 60)
    #expect(row?.sources.count == 10)
    #expect(row?.otherSources == 40)
    #expect(row?.sourcesText == "1000 (2), 1001 (2), 1002 (2), more than 7 more")
    tally = AlertTally()
    tally.add(hits)
    #expect(tally.rows.values.first?.sources.count == 30)
  }
}
