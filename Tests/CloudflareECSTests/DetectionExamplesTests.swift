import CloudflareECS
import Testing

/// The examples of the doc comments on detections, as they stand there; `DocumentationExamplesTests`
/// finds one that is not here.
@Suite struct DetectionExamplesTests {
  private let record =
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"bad.example"}"#

  private func document() throws -> ECSEvent {
    SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
  }

  @Test func detector() throws {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    let document = SekoiaNormalizer().normalize(event).document
    let detector = Detector()
    #expect(
      detector.detections(in: document, of: event).map(\.rule.id) == ["cloudflare-firewall-block"])
    #expect(detector.alerts(for: document, of: event)[0].event.kind == "alert")
    #expect(
      Detector(leastLevel: .high).rules.contains { $0.id == "cloudflare-firewall-block" } == false)
  }

  @Test func converter() throws {
    var converter = NDJSONConverter(SekoiaNormalizer(), detector: Detector())
    var output: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &output)
    converter.finish(into: &output)
    #expect(converter.counts.alerts == 1)
    let alert = try ECSEvent(json: String(decoding: output, as: UTF8.self))
    #expect(alert.event.kind == "alert" && alert.rule.id == "cloudflare-firewall-block")
  }

  @Test func alert() throws {
    let document = try document()
    let detection = Detection(rule: BuiltInRules.lokiBot)
    let alert = document.alert(detection)
    #expect(alert.event.severity == 73)
    #expect(alert.rule.author == ["CloudflareECS"])
  }

  @Test func detectionRule() throws {
    let rule = DetectionRule(
      id: "admin-page", name: "Admin Page", description: "Somebody asked for the admin page.",
      level: .low, effort: .advanced, techniques: [.vulnerabilityScanning],
      condition: .startsWith("url.path", "/admin"))
    let detector = Detector(rules: BuiltInRules.all + [rule])
    #expect(detector.rules.count == BuiltInRules.all.count + 1)
  }

  @Test func ruleFiles() throws {
    let text = "title: T\nid: t\ndetection:\n  s:\n    cs-method: GET\n  condition: s\n"
    var collection = RuleCollection(for: SekoiaNormalizer().table)
    collection.add(Array(text.utf8), file: "admin.yml")
    #expect(collection.faults.map(\.description) == [])
    let detector = Detector(
      rules: BuiltInRules.all + collection.rules, for: SekoiaNormalizer().table)
    let normalizer = SekoiaNormalizer()
    let event = try FirewallEvent(json: #"{"ClientRequestMethod":"GET"}"#)
    let document = normalizer.normalize(event).document
    let found = detector.detections(in: document, of: event)
    #expect(found.map(\.rule.id) == ["t"])
  }

  @Test func conditions() throws {
    let host = DetectionRule.Condition.equals("url.domain", "api.telegram.org")
    #expect(host == BuiltInRules.telegramBot.condition)
    let both = DetectionRule.Condition.all([
      .equals("url.path", "/images"), .startsWith("url.query", "guid="),
    ])
    #expect(both != host)
    #expect(try RegularExpression("^Lemon-[A-Z]").matches("Lemon-Duck") == true)
    let agent = DetectionRule.Condition.matches(
      "user_agent.original", try RegularExpression("^[0-9a-f]{8}$"))
    #expect(agent.text == #"user_agent.original matches "^[0-9a-f]{8}$""#)
  }

  @Test func correlation() {
    let burst = DetectionRule.Correlation(
      .eventCount, of: [.oneOf("event.action", ["block"])], groupBy: ["source.ip"],
      withinSeconds: 300, [.isGreater(30)])
    #expect(burst.seconds == 300)
    var limits = DetectionRule.Correlation.Limits()
    limits.groups = 1_000_000
    #expect(limits.lateness == 300)
  }

  @Test func rows() throws {
    #expect(BuiltInRules.all.map(\.id).first == "cloudflare-firewall-block")
    #expect((BuiltInRules.telegramBot.effort == .advanced) == true)
    #expect(DetectionRule.Level.high.severity == 73)
    #expect((DetectionRule.Level.low < .high) == true)
    #expect(DetectionRule.Technique.webProtocols.id == "T1071.001")
    #expect(DetectionRule.Technique.webProtocols.parentID == "T1071")
    let layer = NavigatorLayer(coverageOf: BuiltInRules.all).json
    #expect(try JSONValue(json: layer).object?["techniques"]?.array?.count == 13)
    var printed = ""
    func print(_ text: String) { printed += text }
    print(DetectionReference(of: BuiltInRules.all).table)
    #expect(printed.split(separator: "\n").count == BuiltInRules.all.count + 1)
  }

  @Test func feeds() throws {
    var document = ECSEvent()
    document.url.domain = "bad.example"
    document.destination.domain = "bad.example"
    var feed = IndicatorSet()
    feed.load(text: "bad.example\n198.51.100.0/24\n")
    #expect(feed.matches(in: document).map(\.field) == ["url.domain", "destination.domain"])
    #expect(Indicator(kind: .domain, value: "bad.example").id == nil)
  }

  @Test func warnings() {
    #expect(Detector(for: ElasticNormalizer().table).warnings == [])
  }

  @Test func pieces() {
    let bytes = Array("bad.example".utf8)
    var set = IndicatorSet()
    var feed = IndicatorFeed()
    feed.read(bytes.span, into: &set)
    feed.finish(into: &set)
    #expect(set.loaded == 1)
  }

  @Test func feedReport() {
    let addresses = (0..<2_900).map { "ip,198.18.\($0 / 256).\($0 % 256),\n" }.joined()
    let names = (0..<301).map { "domain,h\($0).example,\($0 < 3 ? "1" : "")\n" }.joined()
    let hashes = String(repeating: "md5,0,\n", count: 12)
    let bytes = Array(("type,value,valid_until\n" + addresses + names + hashes).utf8)
    var set = IndicatorSet()
    var feed = IndicatorFeed(name: "feed.csv")
    feed.read(bytes.span, into: &set)
    let report = feed.finish(into: &set)
    #expect(
      report.text
        == "feed.csv: 3,201 indicators (2,900 IPv4, 301 domains), 12 rows not supported")
    var later = IndicatorFeed(name: "feed.csv", at: Timestamp(seconds: 1))
    later.read(bytes.span, into: &set)
    let lines = """
      feed.csv: 3,201 indicators (2,900 IPv4, 301 domains), 12 rows not supported, 3 expired
      """
    #expect(later.finish(into: &set).text == lines)
  }
}
