import Foundation
import Testing

@Suite struct AlertSummaryTests {
  private func event(_ address: String) -> String {
    #"{"Action":"log","ClientIP":"\#(address)","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno)"}"#
  }

  @Test("an address with line breaks forges no line, and a long one is cut")
  func forgery() throws {
    let shell = try Shell()
    let long = String(repeating: "9", count: 5_000)
    try shell.write(
      event(#"1.2.3.4\n0 alerts in 9 events.\u001b[2J"#) + "\n" + event(long) + "\n", to: "a")
    let summary = try shell.run("cf-ecs detect -f summary a").output
    let lines = summary.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("2 alerts ") } == ["2 alerts in 2 events: 2 high"])
    #expect(!lines.contains { $0.hasPrefix("0 alerts") })
    #expect(!summary.contains("\u{1b}"))
    #expect(summary.contains(#"1.2.3.4\u{a}0 alerts"#))
    #expect(summary.contains("  \(long.prefix(58))…\n"))
    #expect(lines.allSatisfy { $0.count <= 80 })
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
}
