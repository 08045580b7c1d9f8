import CloudflareECS
import TestSupport
import Testing

/// The summary of alerts: what is a row, what it counts, and its text.
@Suite struct AlertSummaryTests {
  private static func rule(
    _ id: String, _ level: DetectionRule.Level = .low, name: String? = nil, advice: String = ""
  ) -> DetectionRule {
    DetectionRule(
      id: id, name: name ?? "Rule \(id)", description: "", level: level, effort: .master,
      techniques: [.vulnerabilityScanning], condition: .isPresent("event.action"), advice: advice)
  }

  /// A summary of one rule's alerts for records.
  private func summary(_ rule: DetectionRule, _ records: [String]) throws -> AlertSummary {
    var summary = AlertSummary()
    for record in records {
      summary.add(Detection(rule: rule), of: try FirewallEvent(json: record))
    }
    return summary
  }

  @Test("the text, as it stands on a terminal")
  func text() throws {
    var summary = AlertSummary()
    let block = Self.rule("cloudflare-firewall-block", name: "CloudFlare Firewall Block Rule")
    for number in 0..<1_200 {
      let event = FirewallEvent(
        try JSONValue(
          json: #"""
            {"Action":"block","ClientIP":"192.0.2.\#(number % 7)","RuleID":"\#(number % 4 == 0 ? 100_016 : 100_017)",
            "Description":"Block scanners","ClientRequestHost":"www.example.com","ClientRequestPath":"/\#(number)",
            "Datetime":\#(1_800_000_000 + number)}
            """#
        ).object ?? JSONObject())
      summary.add(Detection(rule: block), of: event)
    }
    let upload = Self.rule(
      "own", .high, name: "A Name of Many Words That Does Not Fit in One Line",
      advice: "Find the file.")
    summary.add(
      Detection(rule: upload),
      of: try FirewallEvent(json: #"{"Action":"log","ClientIP":"2001:db8::1"}"#))
    #expect(
      summary.text(events: 5_000) == """
        LEVEL         HITS  RULE                               EFFORT       ATT&CK
        high             1  A Name of Many Words That Does     master       T1595.002
                            Not Fit in One Line
                   clients  2001:db8::1
                        id  own
        low          1,200  CloudFlare Firewall Block Rule     master       T1595.002
                      time  2027-01-15 08:00:00 to 2027-01-15 08:19:59 UTC
                   clients  192.0.2.0 (172), 192.0.2.1 (172), 192.0.2.2 (172), 4 more
           Cloudflare rule  100017 (900), 1 more
                            Block scanners
                     hosts  www.example.com (1,200)
                     paths  1,200 different
                        id  cloudflare-firewall-block

        1,201 alerts in 5,000 events: 1 high, 1,200 low
        Look first at A Name of Many Words That Does Not Fit in One Line. Find the file.

        """)
  }

  @Test("of a level, the rule with the fewest alerts comes first")
  func order() throws {
    var summary = AlertSummary()
    let event = try FirewallEvent(json: #"{"Action":"log"}"#)
    for (id, level, count) in [("a", DetectionRule.Level.low, 1), ("b", .high, 3), ("c", .high, 2)]
    {
      for _ in 0..<count { summary.add(Detection(rule: Self.rule(id, level)), of: event) }
    }
    #expect(summary.rows.map(\.rule.id) == ["c", "b", "a"])
    #expect(summary.rows.map(\.alerts) == [2, 3, 1])
    #expect(summary.rows.allSatisfy { $0.tables.isEmpty && $0.first == nil })
    #expect(AlertSummary().text(events: 1) == "No alerts in 1 event.\n")
  }

  @Test("the feed rule has a row for each level of its indicators, with those that matched most")
  func indicators() throws {
    let event = try FirewallEvent(json: #"{"Action":"log","ClientIP":"192.0.2.1"}"#)
    var summary = AlertSummary()
    for (value, confidence) in [("192.0.2.1", 90), ("192.0.2.0/24", 90), ("192.0.2.1", 10)] {
      var indicator = Indicator(kind: .ipv4, value: value)
      indicator.confidence = confidence
      let match = IndicatorSet.Match(indicator: indicator, field: "source.ip", atomic: "192.0.2.1")
      summary.add(Detection(rule: BuiltInRules.intelligenceFeed, indicators: [match]), of: event)
    }
    #expect(summary.rows.map(\.level) == [.high, .low])
    #expect(summary.rows.map(\.alerts) == [2, 1])
    #expect(summary.rows[0].tables.map(\.name) == ["clients", "indicators"])
    #expect(
      summary.rows[0].tables[1].rows.map(\.values) == [["192.0.2.0/24"], ["192.0.2.1"]])
    #expect(summary.navigatorLayer.techniques.first { $0.id == "T1566" }?.score == 3)
  }

  @Test("nothing of an event or a rule makes a line longer than 80 columns, or controls a terminal")
  func forgery() throws {
    var random = SplitMix64(seed: 71)
    var summary = AlertSummary()
    let odd = ["\u{1b}[2J", "\n0 alerts", "\u{202e}", "大", " ", "x", "é", "\u{200b}", "\t", ","]
    func text() -> String {
      (0..<Int.random(in: 1...300, using: &random)).map { _ in odd.randomElement(using: &random)! }
        .joined()
    }
    for _ in 0..<200 {
      var rule = Self.rule(text(), .high, name: text(), advice: text())
      rule.techniques[0].id = text()
      var event = FirewallEvent()
      (event.clientIP, event.ruleID, event.description) = (text(), text(), text())
      (event.clientRequestHost, event.clientRequestPath) = (text(), text())
      for _ in 0..<2 { summary.add(Detection(rule: rule), of: event) }
    }
    let lines = summary.text(events: 400).split(separator: "\n")
    #expect(lines.count > 1_000)
    #expect(lines.filter { $0.hasPrefix("0 alerts") }.isEmpty)
    let controls = lines.joined().unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x202e }
    #expect(controls.isEmpty)
    let widths = lines.map { line in
      line.unicodeScalars.reduce(0) { $0 + ($1 == "大" ? 2 : $1 == "\u{200b}" ? 0 : 1) }
    }
    #expect(widths.max() == 80)
  }

  @Test("of too many values the most frequent are kept, with bounds")
  func bounded() throws {
    let records = (0..<12_000).map { number in
      #"{"Action":"block","ClientIP":"192.0.2.\#(number % 3)","ClientRequestPath":"/\#(number % 2 == 0 ? 0 : number)"}"#
    }
    let summary = try summary(Self.rule("own"), records)
    let row = try #require(summary.rows.first)
    #expect(row.alerts == 12_000)
    #expect(row.tables[0].isExact && row.tables[0].rows.map(\.count) == [4_000, 4_000, 4_000])
    let paths = row.tables[1]
    #expect(!paths.isExact && paths.distinct == 4_000)
    #expect(paths.rows[0].values == ["/0"])
    #expect(paths.rows[0].least <= 6_000 && paths.rows[0].count >= 6_000)
    let text = summary.text(events: 12_000)
    #expect(text.contains(" paths  /0 (6,000), "))
    #expect(text.contains("(≥ 1)") && text.contains("more than 3,997 more\n"))
  }

  @Test("the values of all rows together take no more than is given to them")
  func memory() throws {
    var summary = AlertSummary(rules: [], mostBytes: 1_000)
    for number in 0..<100 {
      let event = try FirewallEvent(json: #"{"ClientIP":"192.0.2.\#(number)"}"#)
      summary.add(Detection(rule: Self.rule(number < 50 ? "a" : "b")), of: event)
    }
    // An entry takes 96 bytes and its text. The second row is left with one.
    #expect(summary.rows.map(\.alerts) == [50, 50])
    #expect(summary.rows.map { $0.tables[0].distinct } == [9, 1])
  }

  @Test("a converter's rows give the same summary as values", arguments: [0, 1])
  func converter(index: Int) throws {
    let profile = BuiltInProfiles.all[index]
    var events = RandomEvents(seed: 72)
    let records = (0..<600).map { _ in events.next() }
    var set = IndicatorSet()
    let rules = BuiltInRules.all.filter { $0.correlation == nil } + [Self.rule("own", .critical)]
    for record in records.prefix(100) {
      let event = try FirewallEvent(json: record)
      let document = profile.normalize(event).document
      if let address = document.source.ip { set.add(Indicator(kind: .ipv4, value: address)) }
    }
    let detector = Detector(rules: rules, indicators: set, for: profile.table)
    var converter = NDJSONConverter(
      rowsFor: detector, of: profile, options: NDJSONConverter.Options())
    var rows: [UInt8] = []
    converter.convert(Array((records.joined(separator: "\n") + "\n").utf8).span, into: &rows)
    var byRows = AlertSummary(rules: detector.rules)
    byRows.add(rows: rows.span)
    var byValues = AlertSummary()
    for record in records {
      let event = try FirewallEvent(json: record)
      let document = profile.normalize(event).document
      for detection in detector.detections(in: document, of: event) {
        byValues.add(detection, of: event)
      }
    }
    #expect(byRows.alerts == byValues.alerts && byRows.alerts > 100)
    #expect(byRows.alerts == converter.counts.alerts)
    #expect(converter.counts.highestLevel == .critical)
    let order = { (one: AlertSummary.Row, other: AlertSummary.Row) in one.rule.id < other.rule.id }
    #expect(byRows.rows.sorted(by: order) == byValues.rows.sorted(by: order))
    #expect(byRows.rows.contains { $0.tables.contains { $0.name == "indicators" } })
  }
}
