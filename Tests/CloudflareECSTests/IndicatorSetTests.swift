import Testing

@testable import CloudflareECS

@Suite struct IndicatorSetTests {
  private let record =
    #"{"Action":"log","ClientIP":"198.51.100.7","ClientRequestHost":"a.Bad.example:8443","ClientRequestScheme":"https","ClientRequestPath":"/x","ClientRequestQuery":"?a=1","ClientRequestUserAgent":"Evil agent","Datetime":"2026-06-01T00:00:00Z"}"#

  @Test(
    "a target that the table lacks is named, and no indicator is compared with it",
    arguments: zip(
      ComparedValues.targets,
      ["198.51.100.7", "a.bad.example", "/x?a=1", "user-agent: Evil agent"]))
  func lacking(target: String, feed: String) throws {
    var set = IndicatorSet()
    set.load(text: feed)
    let rules = [BuiltInRules.intelligenceFeed]
    let whole = SekoiaNormalizer().table
    let table = try MappingTable(whole.rows.filter { $0.target != target })
    let event = try FirewallEvent(json: record)
    func matched(_ table: MappingTable) -> [String] {
      Detector(rules: rules, indicators: set, for: table)
        .detections(in: table.normalize(event).document, of: event)
        .flatMap { $0.indicators.map(\.field) }
    }
    let wanted = target == "url.path" ? "url.original" : target
    #expect(matched(whole).contains(wanted) && !matched(table).contains(wanted))
    #expect(Detector(rules: rules, indicators: set, for: whole).warnings == [])
    #expect(
      Detector(rules: rules, indicators: set, for: table).warnings
        == ["indicators are not compared with \(target), which the profile lacks"])
    #expect(Detector(rules: rules, for: table).warnings == [])
  }

  /// The fields that match, the same from values and from bytes in both profiles.
  private func fields(_ feed: String, _ record: String) throws -> [String] {
    var set = IndicatorSet()
    set.load(text: feed)
    let detector = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
    var result: [[String]] = []
    for profile in BuiltInProfiles.all {
      let document = profile.normalize(try FirewallEvent(json: record)).document
      let matches = set.matches(in: document)
      result.append(matches.map(\.field))
      let verdicts = try Verdicts(record, profile, detector)
      #expect(verdicts.typed == verdicts.bytes)
      #expect(verdicts.bytes == (matches.isEmpty ? [] : ["intelligence-feed"]))
    }
    #expect(result[0] == result[1])
    return result[0]
  }

  private func stix(_ pattern: String, _ more: String = "") -> String {
    #"{"type":"indicator","id":"indicator--1","pattern":"\#(pattern)"\#(more)}"#
  }

  @Test(
    "one observable a line",
    arguments: [
      ("# bad.example", []), ("a.bad.example", ["url.domain", "destination.domain"]),
      ("BAD.example\r", []), ("198.51.100.7", ["source.ip"]), ("198.51.100.0/24", ["source.ip"]),
      ("198.51.101.0/24", []), ("HTTPS://A.bad.example:8443/x?a=1", ["url.full"]),
      ("https://a.bad.example/x?a=1", []), ("/x?a=1", ["url.original"]), ("/x", []),
      ("user-agent: Evil agent", ["user_agent.original"]), ("user-agent: evil agent", []),
      ("Evil agent", []),
    ])
  func lines(_ line: String, _ expected: [String]) throws {
    let registered = ["url.registered_domain", "destination.registered_domain"]
    let isRegistered = line.hasPrefix("BAD")
    #expect(try fields(line, record) == (isRegistered ? registered : expected))
  }

  @Test(
    "feeds and events are brought to the same form",
    arguments: [
      ("bücher.example", #"{"ClientRequestHost":"xn--bcher-kva.example"}"#, 4),
      ("xn--BCHER-kva.example.", #"{"ClientRequestHost":"BÜCHER.example:8443"}"#, 4),
      ("*.bad.example", #"{"ClientRequestHost":"a.b.Bad.example."}"#, 2),
      ("*.bad.example", #"{"ClientRequestHost":"bad.example"}"#, 2),
      ("*.bad.example", #"{"ClientRequestHost":"notbad.example"}"#, 0),
      ("*.bücher.example", #"{"ClientRequestHost":"a.bücher.example"}"#, 2),
      (".example", #"{"ClientRequestHost":"a.bad.example"}"#, 2),
      (".example", #"{"ClientRequestHost":"\#(String(repeating: "a.", count: 100))example"}"#, 2),
      ("::ffff:192.0.2.1", #"{"ClientIP":"192.0.2.1"}"#, 1),
      ("192.0.2.1", #"{"ClientIP":"::ffff:192.0.2.1"}"#, 1),
      ("192.0.2.0/24", #"{"ClientIP":"::FFFF:c000:0209"}"#, 1),
      ("192.0.2.0-192.0.2.9", #"{"ClientRequestHost":"192.0.2.9:80"}"#, 1),
      ("192.0.2.0-192.0.2.9", #"{"ClientIP":"192.0.2.10"}"#, 0),
      (
        "http://bad.example/x",
        #"{"ClientRequestScheme":"HTTP","ClientRequestHost":"bad.example:80","ClientRequestPath":"/x"}"#,
        1
      ),
      (
        "https://bad.example:443/x?a",
        #"{"ClientRequestScheme":"https","ClientRequestHost":"BAD.example.","ClientRequestPath":"/x","ClientRequestQuery":"?a"}"#,
        1
      ),
      (
        "https://bad.example:80/x",
        #"{"ClientRequestScheme":"https","ClientRequestHost":"bad.example","ClientRequestPath":"/x"}"#,
        0
      ),
      (
        "HTTP://[2001:DB8::1]",
        #"{"ClientRequestScheme":"http","ClientRequestHost":"[2001:db8:0::1]:80","ClientRequestPath":"/"}"#,
        1
      ),
      ("http://bad.example/x", #"{"ClientRequestPath":"http://Bad.example:80/x"}"#, 1),
      (
        "http://bad.example/x",
        #"{"ClientRequestScheme":"http","ClientRequestHost":"a@bad.example","ClientRequestPath":"/x"}"#,
        0
      ),
      (
        "http://bad.example/x",
        #"{"ClientRequestScheme":"http","ClientRequestHost":"bad.example","ClientRequestPath":"/x#y"}"#,
        0
      ),
    ])
  func sameForm(_ feed: String, _ record: String, _ count: Int) throws {
    #expect(try fields(feed, record).count == count, "\(feed) \(record)")
  }

  @Test("CSV by its header")
  func csv() throws {
    let feed = "id,type,value,description\n1,domain-name,a.bad.example,\"one, \"\"two\"\"\"\n"
    #expect(try fields(feed, record) == ["url.domain", "destination.domain"])
    var set = IndicatorSet()
    set.load(text: feed)
    let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
    #expect(set.matches(in: document).first?.indicator.description == "one, \"two\"")
  }

  @Test(
    "CSV by the type of a row",
    arguments: [
      ("url", "/x?a=1", ["url.original"]), ("IP", "198.51.100.7", ["source.ip"]),
      ("hostname", "a.bad.example", ["url.domain", "destination.domain"]),
      ("User-Agent", "Evil agent", ["user_agent.original"]),
      ("user_agent", "Evil agent", ["user_agent.original"]), ("md5", "a.bad.example", []),
    ])
  func csvTypes(type: String, value: String, expected: [String]) throws {
    #expect(try fields("type,value\n\(type),\(value)\n", record) == expected)
  }

  @Test("STIX in a bundle, an array, items, and lines")
  func forms() throws {
    let object = stix("[domain-name:value = 'a.bad.example']")
    for feed in [
      object, "[\(object)]", #"{"items":[\#(object)],"next":[1]}"#, "\(object)\n\(object)\n",
      #"{"type":"bundle","id":"bundle--1","objects":[{"type":"identity"},\#(object)]}"#,
    ] {
      let found = try fields(feed, record)
      #expect(Set(found) == ["url.domain", "destination.domain"], "\(feed)")
    }
  }

  @Test(
    "patterns that are supported",
    arguments: [
      ("[ipv4-addr:value = '198.51.100.7']", ["source.ip"]),
      ("[ipv4-addr:value ISSUBSET '198.51.0.0/16']", ["source.ip"]),
      ("[url:value='/x?a=1']", ["url.original"]),
      (
        "[domain-name:value IN ('x.example', 'a.bad.example')]",
        ["url.domain", "destination.domain"]
      ),
      ("[url:value = '/y' OR ipv4-addr:value = '198.51.100.7']", ["source.ip"]),
      ("[url:value = '/y'] OR [ipv4-addr:value = '198.51.100.7']", ["source.ip"]),
      ("[ipv4-addr:value LIKE '198.51.100.7']", ["source.ip"]),
      ("[network-traffic:src_ref.value = '198.51.100.7']", ["source.ip"]),
      ("[network-traffic:dst_ref.value ISSUBSET '198.51.100.0/24']", ["source.ip"]),
      (
        "[network-traffic:dst_ref.value = 'a.bad.example' AND network-traffic:dst_ref.type = 'domain-name']",
        ["url.domain", "destination.domain"]
      ),
      (
        "[url:value = '/y' OR network-traffic:src_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '198.51.100.7']",
        ["source.ip"]
      ),
      (
        "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'Evil agent']",
        ["user_agent.original"]
      ),
    ])
  func patterns(_ pattern: String, _ expected: [String]) throws {
    #expect(try fields(stix(pattern), record) == expected)
  }

  @Test("what is not supported is counted, with its identifier")
  func unsupported() {
    for pattern in [
      "[url:value LIKE '/x%']", "[file:name = 'x']", "[url:value = '/a' AND url:value = '/b']",
      "[url:value = '/a'] AND [url:value = '/b']", "[ipv4-addr:value = 'x']", "url",
      "[url:value = '/a", "[url:value = 'a']", "[url:value = '/a'] OR",
      "[network-traffic:dst_ref.type = 'ipv4-addr']",
      "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.1']",
      "[network-traffic:dst_ref.type = 'mac-addr' AND network-traffic:dst_ref.value = '192.0.2.1']",
    ] {
      var set = IndicatorSet()
      let report = set.load(text: stix(pattern))
      #expect(report.unsupported.first == [stix(pattern)], "\(pattern)")
      #expect(report.unsupported.count == 1 && report.loaded == 0)
    }
  }

  @Test("what is revoked, or not valid at the time of the event, does not match")
  func validity() throws {
    let pattern = "[ipv4-addr:value = '198.51.100.7']"
    #expect(try fields(stix(pattern, #","revoked":true"#), record) == [])
    let until = #","valid_until":"2026-06-01T00:00:00Z""#
    #expect(try fields(stix(pattern, until), record) == [])
    #expect(try fields(stix(pattern, #","valid_from":"2026-06-01T00:00:01Z""#), record) == [])
    #expect(
      try fields(stix(pattern, #","valid_until":"2026-06-01T00:00:01Z""#), record) == ["source.ip"])
  }

  @Test("of several versions the newest counts, in any order, of any feed")
  func versions() throws {
    let pattern = "[ipv4-addr:value = '198.51.100.7']"
    func version(_ day: Int?, revoked: Bool = false, _ pattern: String) -> String {
      let modified = day.map { #","modified":"2026-01-0\#($0)T00:00:00Z""# } ?? ""
      return stix(pattern, "\(modified),\"revoked\":\(revoked)")
    }
    let other = "[ipv4-addr:value = '198.51.100.8']"
    let cases: [(versions: [String], matches: Int)] = [
      ([version(nil, pattern), version(nil, revoked: true, pattern)], 0),
      ([version(1, pattern), version(2, revoked: true, pattern)], 0),
      ([version(1, revoked: true, pattern), version(2, pattern)], 1),
      ([version(1, pattern), version(2, other)], 0),
      ([version(1, other), version(2, pattern)], 1),
      ([version(nil, revoked: true, pattern), version(1, pattern)], 1),
      ([version(1, pattern), version(1, pattern)], 2),
    ]
    let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
    for (versions, count) in cases {
      let both = [versions, versions.reversed()]
      for feeds in both + both.map({ [$0.joined(separator: "\n")] }) {
        var set = IndicatorSet()
        for feed in feeds { set.load(text: feed) }
        #expect(set.matches(in: document).count == count, "\(feeds)")
        set.load(text: stix(pattern).replacing("indicator--1", with: "indicator--2"))
        #expect(set.matches(in: document).last?.indicator.id == "indicator--2")
      }
    }
    var set = IndicatorSet()
    let report = set.load(text: version(2, pattern) + version(1, pattern))
    #expect(report.superseded == 1 && report.loaded == 1)
  }

  @Test("a command-and-control server is compared with destinations only")
  func commandAndControl() throws {
    let feed = stix("[ipv4-addr:value = '198.51.100.7']", #","labels":["C2"]"#)
    #expect(try fields(feed, record) == [])
    let host = #"{"ClientRequestHost":"198.51.100.7:80"}"#
    #expect(try fields(feed, host) == ["destination.ip"])
  }

  @Test("pieces of any size load the same")
  func pieces() {
    let more = #""spec_version":"2.1\"","x":["}]"]}"#
    let text =
      #"{"type":"bundle","objects":[\#(stix("[url:value = '/\\\\\\\\x{']")), {"a":"]}"}],\#(more)"#
      + stix("[url:value = '/y']")
    let bytes = Array(text.utf8)
    for size in 1...bytes.count {
      var set = IndicatorSet()
      var feed = IndicatorFeed()
      for start in stride(from: 0, to: bytes.count, by: size) {
        feed.read(bytes.span.extracting(start..<min(start + size, bytes.count)), into: &set)
      }
      let report = feed.finish(into: &set)
      #expect(report.loaded == 2 && report.unsupported.first == [#"{"a":"]}"}"#], "\(size)")
    }
  }

  @Test("an enrichment says what matched what")
  func enrichment() throws {
    var set = IndicatorSet()
    set.load(text: stix("[ipv4-addr:value = '198.51.100.7']", #","confidence":85,"name":"n""#))
    let event = try FirewallEvent(json: record)
    let document = SekoiaNormalizer().normalize(event).document
    let alerts = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set).alerts(
      for: document, of: event)
    #expect(alerts[0].event.category == ["network", "threat"])
    #expect(
      JSONValue.object(alerts[0].threat.enrichments[0]).json
        == #"{"indicator":{"type":"ipv4-addr","ip":"198.51.100.7","description":"n","confidence":"High"},"matched":{"atomic":"198.51.100.7","field":"source.ip","id":"indicator--1","type":"indicator_match_rule"}}"#
    )
  }

  @Test("what is skipped is counted")
  func skipped() {
    var set = IndicatorSet()
    let pattern = "[url:value = '/a']"
    let report = set.load(
      text: stix(pattern, #","revoked":true"#).replacing("--1", with: "--2") + "\n"
        + stix(pattern, #","valid_from":"soon""#)
        + stix(
          pattern, #","valid_from":"2026-01-02T00:00:00Z","valid_until":"2026-01-01T00:00:00Z""#))
    #expect(set.loaded == 0)
    #expect(report.revoked == 1 && report.expired == 1 && report.unsupported.count == 1)
    #expect(report.text == "no indicators in feed, 1 row not supported, 1 expired, 1 revoked")
  }

  @Test("the first five rows that are not supported are shown, 200 characters of each")
  func manySkipped() {
    var set = IndicatorSet()
    let long = String(repeating: "ü", count: 300)
    let report = set.load(text: String(repeating: "\(long)\n", count: 1_500))
    #expect(report.unsupported.count == 1_500 && report.unsupported.first.count == 5)
    #expect(report.unsupported.first[4] == "line 5: " + long.prefix(191) + "…")
  }

  @Test("a time or a confidence of CSV that cannot be read is left out")
  func csvValues() throws {
    for (column, cell) in [
      ("valid_from", "soon"), ("valid_until", "x"), ("confidence", "y"), ("first_seen", "z"),
    ] {
      let feed = "id,type,value,\(column)\n7,ipv4-addr,198.51.100.7,\(cell)\n"
      #expect(try fields(feed, record) == ["source.ip"])
    }
  }

  @Test("properties of STIX may have escapes and white space")
  func escapes() throws {
    let object = #"""
      { "t\u0079pe" : "indic\u0061tor", "id": "indicator--\u0031", "pattern_type": "st\u0069x",
        "created_by_ref": "identity--\"1\"", "confidence": 40,
        "kill_chain_phases": [{"phase_name": "Command-and-Control"}],
        "pattern": "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'It\\'s \"bad\"']" }
      """#
    var set = IndicatorSet()
    set.load(text: object)
    let event = try FirewallEvent(json: #"{"ClientRequestUserAgent":"It's \"bad\""}"#)
    let match = try #require(
      set.matches(in: SekoiaNormalizer().normalize(event).document).first?.indicator)
    #expect(match.id == "indicator--1" && match.provider == #"identity--"1""#)
    #expect(match.isCommandAndControl && match.level == .medium)
  }

  @Test("an alert is as bad as the worst indicator that matched; the rule alone says high")
  func levels() throws {
    let pattern = "[ipv4-addr:value = '198.51.100.7']"
    for (confidence, severity) in [("10", 21), ("30", 47), ("69", 47), ("70", 73)] {
      var set = IndicatorSet()
      set.load(text: stix(pattern, #","confidence":\#(confidence)"#))
      let detector = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
      let event = try FirewallEvent(json: record)
      let document = SekoiaNormalizer().normalize(event).document
      #expect(detector.alerts(for: document, of: event).map(\.event.severity) == [Int64(severity)])
    }
    #expect(Indicator(kind: .url, value: "/").level == .high)
  }

  @Test("every rule without a condition fires when an indicator matches")
  func ownFeedRule() throws {
    var own = BuiltInRules.intelligenceFeed
    own.id = "own"
    var set = IndicatorSet()
    set.load(text: "198.51.100.7")
    let verdicts = try Verdicts(
      record, SekoiaNormalizer(),
      Detector(rules: [BuiltInRules.intelligenceFeed, own], indicators: set))
    #expect(verdicts.typed == ["intelligence-feed", "own"] && verdicts.bytes == verdicts.typed)
  }

  @Test(
    "a host is found by its bytes as by its value, whatever it begins with",
    arguments: [
      ("bad.example", true), ("a.bad.example", true), (".bad.example", false),
      ("\u{E9}.bad.example", true), ("BAD.EXAMPLE:80", true), ("xbad.example", false),
      (":80", false), (".", false),
    ])
  func hosts(host: String, isFound: Bool) throws {
    var set = IndicatorSet()
    set.load(text: "bad.example")
    let detector = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
    let verdicts = try Verdicts(
      #"{"Action":"log","ClientRequestHost":"\#(host)"}"#, SekoiaNormalizer(), detector)
    #expect(verdicts.typed.isEmpty != isFound)
    #expect(verdicts.bytes == verdicts.typed)
  }
}
