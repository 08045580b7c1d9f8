import CloudflareECS
import TestSupport
import Testing

@Suite struct DetectorTests {
  private func alerts(_ record: String, _ profile: any Normalizer = SekoiaNormalizer()) throws
    -> [ECSEvent]
  {
    let event = try FirewallEvent(json: record)
    return Detector(for: profile.table).alerts(for: profile.normalize(event).document, of: event)
  }

  private func fires(_ condition: DetectionRule.Condition, _ record: String) throws -> Bool {
    let rule = DetectionRule(
      id: "own", name: "Own", description: "", level: .low, effort: .master,
      condition: condition)
    let verdicts = try Verdicts(record, SekoiaNormalizer(), Detector(rules: [rule]))
    #expect(verdicts.typed == verdicts.bytes)
    return verdicts.typed == ["own"]
  }

  @Test(
    "each test of a condition",
    arguments: [
      (DetectionRule.Condition.equals("url.path", "/A"), true), (.equals("url.path", "/"), false),
      (.contains("user_agent.original", "RL/8"), true),
      (.contains("user_agent.original", "wget"), false),
      (.startsWith("user_agent.original", "CURL"), true),
      (.startsWith("user_agent.original", "url"), false),
      (.endsWith("user_agent.original", "8.5.0"), true),
      (.endsWith("user_agent.original", "8.5"), false),
      (.oneOf("http.request.method", ["POST", "get"]), true),
      (.oneOf("http.request.method", []), false),
      (.matches("user_agent.original", try! RegularExpression("^curl/[0-9.]+$")), true),
      (.matches("user_agent.original", try! RegularExpression("^curl/[0-9]+$")), false),
      (.all([.equals("url.path", "/a"), .equals("http.request.method", "GET")]), true),
      (.all([.equals("url.path", "/a"), .equals("http.request.method", "PUT")]), false),
      (.all([]), true),
      (.any([.equals("url.path", "/b"), .equals("http.request.method", "GET")]), true),
      (.any([]), false),
      (.not(.equals("url.path", "/b")), true), (.not(.equals("url.path", "/a")), false),
      (.equals("url.query", ""), false), (.contains("url.query", ""), false),
      (.not(.contains("url.query", "x")), true),
      (.equals("event.action", "managedChallenge"), true),
      (.equals("event.action", "managed_challenge"), true),
      (.oneOf("event.action", ["log", "Managed_"]), false),
      (.equals("source.address", "203.0.113.28"), true), (.equals("url.scheme", "https"), false),
    ])
  func tests(_ condition: DetectionRule.Condition, _ expected: Bool) throws {
    let record =
      #"{"Action":"managed_challenge","ClientIP":"203.0.113.28","ClientRequestMethod":"GET","ClientRequestPath":"/a","ClientRequestUserAgent":"curl/8.5.0"}"#
    #expect(try fires(condition, record) == expected, "\(condition)")
  }

  @Test("an escape of JSON counts as the character that it stands for")
  func escapes() throws {
    let record = #"{"ClientRequestUserAgent":"a\"b\n","ClientRequestPath":"\u0041\\n"}"#
    #expect(try fires(.equals("user_agent.original", "A\"B\n"), record))
    #expect(try !fires(.endsWith("user_agent.original", "n"), record))
    #expect(try !fires(.contains("user_agent.original", "\\"), record))
    #expect(try fires(.endsWith("url.path", "\\N"), record))
    #expect(try fires(.endsWith("url.path", "n"), record))
    #expect(
      try fires(.matches("user_agent.original", try RegularExpression(#"^a"b[^x]$"#)), record))
  }

  @Test(
    "an expression for short values is asked of every value that may be short enough",
    arguments: [
      (#"{"ContentScanObjTypes":["application/octet-stream","abcd"]}"#, true),
      (#"{"ContentScanObjTypes":["abcde","abc"]}"#, false),
      (#"{"ContentScanObjTypes":["\u0061bcd"]}"#, true),
      (#"{"ClientRequestUserAgent":"\u0061\u0062\u0063\u0064"}"#, true),
      (#"{"ClientRequestUserAgent":"abcd"}"#, true),
      (#"{"ClientRequestUserAgent":"abcde"}"#, false),
    ])
  func shortValues(record: String, isMatch: Bool) throws {
    let expression = try RegularExpression("^[a-d]{4}$")
    let either = DetectionRule.Condition.any([
      .matches("ContentScanObjTypes", expression), .matches("user_agent.original", expression),
    ])
    #expect(try fires(either, record) == isMatch)
  }

  @Test("random conditions give the same from values and from bytes")
  func differential() throws {
    var generator = SplitMix64(seed: 6)
    let texts = ["a", "\\n", "\"", "A?", "?a", "é", "a.b.", "a:1", "\\\\", "\\u0001"]
    for _ in 0..<500 {
      func text() -> String {
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          texts.randomElement(using: &generator)!
        }.joined().split(separator: "\"").joined(separator: "\\\"")
      }
      let record =
        #"{"Action":"log","ClientRequestHost":"\#(text())","ClientRequestPath":"\#(text())","ClientRequestQuery":"\#(text())","ClientRequestUserAgent":"\#(text())"}"#
      let field = ["url.domain", "url.path", "url.query", "user_agent.original"]
        .randomElement(using: &generator)!
      let needle = ["a", "n", "\\", "\n", "?", "A.B", "é"].randomElement(using: &generator)!
      for condition in [
        DetectionRule.Condition.equals(field, needle), .contains(field, needle),
        .startsWith(field, needle),
        .endsWith(field, needle),
      ] { _ = try fires(condition, record) }
    }
  }

  @Test("an alert is the event's document with the rule of the detection")
  func alert() throws {
    let record =
      #"{"Action":"block","ClientIP":"203.0.113.28","RuleID":"r1","Description":"Cloudflare's","Datetime":"2026-01-02T03:04:05Z"}"#
    let alert = try #require(alerts(record).first)
    #expect(alert.event.kind == "alert")
    #expect(alert.event.severity == 21)
    #expect(alert.rule.id == "cloudflare-firewall-block")
    #expect(alert.rule.author == ["CloudflareECS"])
    #expect(alert.rule.license == "Apache-2.0")
    #expect(alert.threat.framework == "MITRE ATT&CK")
    #expect(alert.threat.tactic.id == ["TA0043"])
    #expect(alert.threat.technique.id == ["T1595"])
    #expect(alert.threat.technique.subtechnique.name == ["Vulnerability Scanning"])
    #expect(alert.cloudflare["rule"]?.object?["id"] == .string("r1"))
    let elastic = try #require(
      alerts(record, ElasticNormalizer()).first)
    let moved = elastic.cloudflareLogpush["firewall_event"]?.object?["rule"]?.object
    #expect(moved?["id"] == .string("r1"))
    #expect(try ECSEvent(json: elastic.json) == elastic)
  }

  @Test("alerts are the same bytes from values and from bytes")
  func sameBytes() throws {
    for (_, record) in DetectionRuleTests.examples {
      for profile in BuiltInProfiles.all {
        let typed = try alerts(record, profile).map { $0.json + "\n" }
        var converter = NDJSONConverter(profile, detector: Detector())
        var output: [UInt8] = []
        converter.convert(Array((record + "\n").utf8).span, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == typed.joined())
        #expect(converter.counts.alerts == typed.count)
        #expect(converter.counts.accepted == 1 && converter.counts.documents == 0)
      }
    }
  }

  @Test("the coverage layer has exactly the techniques of the rules, and theirs above")
  func coverage() throws {
    let feed = "SEKOIA.IO Intelligence Feed"
    let four =
      "Covenant Default HTTP Beaconing, Potential Bazar Loader User-Agents, "
      + "Potential Lemon Duck User-Agent, Potential LokiBot User-Agent"
    let trevor = "TrevorC2 HTTP Communication"
    let layer = NavigatorLayer(coverageOf: BuiltInRules.sekoia)
    #expect(
      layer.techniques.map { "\($0.id) \($0.score) \($0.comment)" } == [
        "T1041 100 Rules: \(feed)",
        "T1071 100 Rules: \(four), \(feed), \(trevor)",
        "T1071.001 100 Rules: \(four), \(trevor)",
        "T1102 100 Rules: Telegram Bot API Request",
        "T1102.002 100 Rules: Telegram Bot API Request",
        "T1566 100 Rules: \(feed)",
        "T1595 100 Rules: CloudFlare Firewall Block Rule",
        "T1595.002 100 Rules: CloudFlare Firewall Block Rule",
      ])
    let json = try #require(JSONValue(json: layer.json).object)
    #expect(
      json.names == [
        "name", "versions", "domain", "description", "techniques", "gradient", "legendItems",
      ])
    #expect(json["versions"]?.object?["layer"] == .string("4.5"))
    #expect(json["domain"] == .string("enterprise-attack"))
  }

  @Test("the layer of hits counts alerts, a technique's with those below it")
  func hits() {
    let layer = NavigatorLayer(
      hitsOf: BuiltInRules.all, alerts: ["trevorc2-http": 2, "lokibot-user-agent": 3])
    #expect(layer.techniques.map { "\($0.id) \($0.score)" } == ["T1071 5", "T1071.001 5"])
    #expect(
      layer.techniques.first?.comment
        == "Rules: Potential LokiBot User-Agent (3), TrevorC2 HTTP Communication (2)")
  }
}
