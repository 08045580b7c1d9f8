import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Random rules and feeds over events whose values have escapes anywhere: bytes and values give the same verdicts.
@Suite struct EscapedVerdictsTests {
  /// The number of pairs of a rule and an event; the environment can ask for more.
  private static let pairs = Int(ProcessInfo.processInfo.environment["PAIRS"] ?? "") ?? 40_000

  private static let values: [(name: String, field: String, values: [String])] = [
    ("Action", "event.action", ["block", "challenge", "managed_challenge", "log", "drop"]),
    (
      "ClientRequestPath", "url.path",
      ["/images", "/en-us/test.html", "http://bad.example/x", "x", "//bad.example/x", "/"]
    ),
    ("ClientRequestQuery", "url.query", ["guid=1", "?guid=2", "??", "a=b\u{1f}"]),
    (
      "ClientRequestHost", "url.domain",
      ["bad.example", "www.bad.example:8080", "a.bad.example.", "192.0.2.1"]
    ),
    ("ClientRequestScheme", "url.scheme", ["https", "HTTP", "http:"]),
    ("ClientRequestMethod", "http.request.method", ["GET", "post"]),
    (
      "ClientRequestUserAgent", "user_agent.original",
      ["Lemon-Duck-a-b", "x (Charon; Inferno)", "n"]
    ),
    ("ClientIP", "source.address", ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"]),
  ]
  private static let inserted = [
    "\n", "\t", "\u{8}", "\u{b}", "\u{1f}", "\"", "\\", "/", "é", "?", ":", "\u{1F600}", "\u{301}",
  ]

  @Test("bytes and values give the same verdicts")
  func verdicts() throws {
    var random = SplitMix64(seed: 71)
    var spelling = FreeSpelling(seed: 72)
    let rulesInDetector = 64
    var fired = 0
    let rounds = Self.pairs / (rulesInDetector * 10 * BuiltInProfiles.all.count)
    for _ in 0..<rounds {
      let events = (0..<10).map { _ in Self.event(&random) }
      let detector = Self.detector(rulesInDetector, events, &random)
      for event in events {
        let members = event.map { JSONObject.Member(name: $0.0, value: .string($0.1)) }
        let spelled = spelling.spell(JSONValue.object(JSONObject(lastOfEach: members)).json)
        // A spelling may change all names.
        guard (try? FirewallEvent(json: spelled)) != nil else { continue }
        for profile in BuiltInProfiles.all {
          let verdicts = try Verdicts(spelled, profile, detector)
          let differing = Set(verdicts.bytes).symmetricDifference(verdicts.typed)
          #expect(
            verdicts.bytes == verdicts.typed,
            "\(spelled) \(profile): \(detector.rules.filter { differing.contains($0.id) }.map(\.condition))"
          )
          fired += verdicts.bytes.count
        }
      }
    }
    // Many fire and many do not.
    #expect(fired * 50 > Self.pairs && fired * 2 < Self.pairs)
  }

  @Test("a query that begins with two question marks", arguments: ["??", "??a=1"])
  func questionMarks(query: String) throws {
    let record =
      #"{"ClientRequestHost":"bad.example","ClientRequestPath":"/a","#
      + #""ClientRequestScheme":"https","ClientRequestQuery":"\#(query)"}"#
    for (value, fires) in [
      ("/a\(query)", true), ("https://bad.example/a\(query)", true),
      ("/a\(query.dropFirst())", false),
      ("https://bad.example/a\(query.dropFirst())", false),
    ] {
      var feed = IndicatorSet()
      feed.add(Indicator(kind: .url, value: value))
      let detector = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: feed)
      for profile in BuiltInProfiles.all {
        let verdicts = try Verdicts(record, profile, detector)
        #expect(verdicts.typed == (fires ? ["intelligence-feed"] : []), "\(value) \(profile.name)")
        #expect(verdicts.bytes == verdicts.typed, "\(value) \(profile.name)")
      }
    }
  }

  private static func event(_ random: inout SplitMix64) -> [(String, String)] {
    values.filter {
      ["Action", "ClientRequestHost"].contains($0.name) || Int.random(in: 0..<4, using: &random) > 0
    }
    .map { ($0.name, text($0.values, &random)) }
  }

  /// One of the texts, one time in three with other characters inserted.
  private static func text(_ texts: [String], _ random: inout SplitMix64) -> String {
    var characters = Array(texts.randomElement(using: &random)!)
    for _ in 0..<max(0, Int.random(in: -3...2, using: &random)) {
      let place = [0, characters.count, Int.random(in: 0...characters.count, using: &random)]
        .randomElement(using: &random)!
      characters.insert(contentsOf: inserted.randomElement(using: &random)!, at: place)
    }
    return String(characters)
  }

  /// Rules and a feed, with values of the events and with new values.
  private static func detector(
    _ count: Int, _ events: [[(String, String)]], _ random: inout SplitMix64
  ) -> Detector {
    func value(
      _ row: (name: String, field: String, values: [String]), _ random: inout SplitMix64
    ) -> String {
      let known = events.randomElement(using: &random)!.first { $0.0 == row.name }?.1
      return Bool.random(using: &random)
        ? known ?? text(row.values, &random) : text(row.values, &random)
    }
    let rules = (0..<count - 1).map { number in
      let row = values.randomElement(using: &random)!
      let whole = Array(value(row, &random))
      let cut = Int.random(in: 0...whole.count, using: &random)
      let condition: DetectionRule.Condition =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .equals(row.field, String(whole))
        case 1: .startsWith(row.field, String(whole[..<cut]))
        case 2: .endsWith(row.field, String(whole[cut...]))
        case 3: .contains(row.field, String(whole[cut...].prefix(3)))
        case 4: .oneOf(row.field, (0..<3).map { _ in value(row, &random) })
        default:
          .all([
            .not(.equals(row.field, String(whole))),
            .endsWith("event.action", String(whole.suffix(1))),
          ])
        }
      return DetectionRule(
        id: "\(number)", name: "", description: "", level: .low, effort: .master,
        condition: condition)
    }
    var feed = IndicatorSet()
    for _ in 0..<3 {
      feed.add(Indicator(kind: .url, value: value(values[1], &random)))
      feed.add(
        Indicator(
          kind: .url, value: "http://" + value(values[3], &random) + value(values[1], &random)))
      feed.add(Indicator(kind: .domain, value: value(values[3], &random)))
      feed.add(Indicator(kind: .userAgent, value: value(values[6], &random)))
    }
    return Detector(rules: rules + [BuiltInRules.intelligenceFeed], indicators: feed)
  }
}
