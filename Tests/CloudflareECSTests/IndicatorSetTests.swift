import CloudflareECS
import Testing

@Suite struct IndicatorSetTests {
  private let record =
    #"{"Action":"log","ClientIP":"198.51.100.7","ClientRequestHost":"a.Bad.example:8443","ClientRequestScheme":"https","ClientRequestPath":"/x","ClientRequestQuery":"?a=1","ClientRequestUserAgent":"Evil agent","Datetime":"2026-06-01T00:00:00Z"}"#

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
      ("Evil agent", ["user_agent.original"]), ("evil agent", []),
    ])
  func lines(_ line: String, _ expected: [String]) throws {
    let registered = ["url.registered_domain", "destination.registered_domain"]
    let isRegistered = line.hasPrefix("BAD")
    #expect(try fields(line, record) == (isRegistered ? registered : expected))
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
      ("[url:value = 'x' OR ipv4-addr:value = '198.51.100.7']", ["source.ip"]),
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
      "[url:value LIKE 'x']", "[file:name = 'x']", "[url:value = 'a' AND url:value = 'b']",
      "[url:value = 'a'] OR [url:value = 'b']", "[ipv4-addr:value = 'x']", "url", "[url:value = 'a",
    ] {
      var set = IndicatorSet()
      set.load(text: stix(pattern))
      #expect(set.unsupported.identifiers == ["indicator--1"], "\(pattern)")
      #expect(set.unsupported.count == 1)
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

  @Test("what is revoked once does not match in any version, in any order, of any feed")
  func revocations() throws {
    let active = stix("[ipv4-addr:value = '198.51.100.7']")
    let revoked = stix("[ipv4-addr:value = '198.51.100.7']", #","revoked":true"#)
    let other = active.replacing("indicator--1", with: "indicator--2")
    for feeds in [[active + revoked], [revoked + active], [active, revoked], [revoked, active]] {
      var set = IndicatorSet()
      for feed in feeds { set.load(text: feed) }
      #expect(set.loaded == 1 && set.revoked.count == 1)
      let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
      #expect(set.matches(in: document) == [])
      #expect(Detector(indicators: set).alerts(for: document) == [])
      set.load(text: other)
      #expect(set.matches(in: document).map(\.indicator.id) == ["indicator--2"])
    }
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
      feed.finish(into: &set)
      #expect(set.loaded == 2 && set.unsupported.count == 0, "\(size)")
    }
  }

  @Test("an enrichment says what matched what")
  func enrichment() throws {
    var set = IndicatorSet()
    set.load(text: stix("[ipv4-addr:value = '198.51.100.7']", #","confidence":85,"name":"n""#))
    let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
    let alerts = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set).alerts(
      for: document)
    #expect(alerts[0].event.category == ["network", "threat"])
    #expect(
      JSONValue.object(alerts[0].threat.enrichments[0]).json
        == #"{"indicator":{"type":"ipv4-addr","ip":"198.51.100.7","description":"n","confidence":"High"},"matched":{"atomic":"198.51.100.7","field":"source.ip","id":"indicator--1","type":"indicator_match_rule"}}"#
    )
  }

  @Test("what is skipped is counted, with its identifier")
  func skipped() {
    var set = IndicatorSet()
    let pattern = "[url:value = 'a']"
    set.load(
      text: stix(pattern, #","revoked":true"#) + "\n" + stix(pattern, #","valid_from":"soon""#)
        + stix(
          pattern, #","valid_from":"2026-01-02T00:00:00Z","valid_until":"2026-01-01T00:00:00Z""#))
    #expect(set.loaded == 0)
    for skipped in [set.revoked, set.expired, set.unsupported] {
      #expect(skipped.count == 1 && skipped.identifiers == ["indicator--1"])
    }
  }

  @Test("of more than a thousand only the number is known")
  func manySkipped() {
    var set = IndicatorSet()
    set.load(text: String(repeating: "nonsense\n", count: 1_500))
    #expect(set.unsupported.count == 1_500 && set.unsupported.identifiers.count == 1_000)
  }

  @Test("a time or a confidence of CSV that cannot be read is told")
  func csvValues() {
    for (column, cell) in [("valid_from", "soon"), ("valid_until", "x"), ("confidence", "y")] {
      var set = IndicatorSet()
      set.load(text: "id,type,value,\(column)\n7,ipv4-addr,192.0.2.1,\(cell)\n")
      #expect(set.loaded == 0 && set.unsupported.identifiers == ["7"])
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
      let document = SekoiaNormalizer().normalize(try FirewallEvent(json: record)).document
      #expect(detector.alerts(for: document).map(\.event.severity) == [Int64(severity)])
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
}
