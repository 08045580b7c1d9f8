import Testing

@testable import CloudflareECS

@Suite struct FeedReportTests {
  @Test("the line has the counts by kind, and what was left out")
  func line() {
    var feed = (0..<2_900).map { "ip,198.18.\($0 / 256).\($0 % 256),\n" }.joined()
    feed += (0..<301).map { "domain,h\($0).example,2026-01-0\($0 % 2 + 1)\n" }.joined()
    feed += "md5,d41d8cd98f00b204e9800998ecf8427e,\n"
    var set = IndicatorSet()
    var reader = IndicatorFeed(name: "a/feed.csv", at: Timestamp("2026-01-02T00:00:00Z"))
    reader.read(
      ("type,value,valid_until\n" + feed).replacing("2026-01-01", with: "2026-01-01T00:00:00Z").utf8
        .span, into: &set)
    let report = reader.finish(into: &set)
    #expect(
      report.text
        == "a/feed.csv: 3,201 indicators (2,900 IPv4, 301 domains), 1 row not supported, 151 expired"
    )
    #expect(set.feeds == [report] && set.loaded == 3_201)
    #expect(report.indicators == [.ipv4: 2_900, .domain: 301])
    #expect(
      JSONValue.object(report.json).json
        == #"{"feed":"a/feed.csv","indicators":{"ipv4-addr":2900,"domain-name":301},"unsupported":1,"#
        + #""expired":151,"revoked":0,"superseded":0,"not_for_detection":0,"too_large":false}"#)
  }

  @Test(
    "a date bounds the validity, and a bound that cannot be read is named",
    arguments: [
      ("valid_until", "2026-01-01", false, ", 1 expired"),
      ("valid_until", "2026-01-02", true, ""),
      ("valid_until", "31/12/2025", true, ", 1 time not read, such as 31/12/2025"),
      ("valid_from", "2026-01-02", true, ""), ("valid_from", "2026-01-03", false, ""),
      ("valid_from", "soon", true, ", 1 time not read, such as soon"),
      ("first_seen", "soon", true, ""),
    ])
  func dates(column: String, date: String, matches: Bool, rest: String) throws {
    var set = IndicatorSet()
    var reader = IndicatorFeed(name: "a.csv", at: Timestamp("2026-01-02T23:59:59Z"))
    reader.read("ip,\(column)\n203.0.113.28,\(date)\n".utf8.span, into: &set)
    let report = reader.finish(into: &set)
    #expect(report.text == "a.csv: 1 indicator (1 IPv4)" + rest)
    #expect(!report.isFaulty && report.unreadableTimes.count == (rest.contains("time") ? 1 : 0))
    let event = try FirewallEvent(
      json: #"{"Action":"log","ClientIP":"203.0.113.28","Datetime":"2026-01-02T23:59:59Z"}"#)
    #expect(set.matches(in: SekoiaNormalizer().normalize(event).document).isEmpty == !matches)
  }

  @Test(
    "a network that has every address is named, as the feed has it",
    arguments: [
      ("203.0.113.7/0\nb.example", "2 indicators (1 IPv4, 1 domain), 1 matches", "203.0.113.7/0"),
      ("value\n::/0\n0.0.0.0/0", "2 indicators (1 IPv4, 1 IPv6), 2 match", "::/0, 0.0.0.0/0"),
      ("0.0.0.0 - 255.255.255.255", "1 indicator (1 IPv4), 1 matches", "0.0.0.0 - 255.255.255.255"),
      ("::ffff:192.0.2.1/96", "1 indicator (1 IPv4), 1 matches", "::ffff:192.0.2.1/96"),
      (#"["::/0"]"#, "1 indicator (1 IPv6), 1 matches", "::/0"),
      (
        #"{"type":"indicator","pattern":"[ipv4-addr:value ISSUBSET '0.0.0.0/0']"}"#,
        "1 indicator (1 IPv4), 1 matches", "0.0.0.0/0"
      ),
    ])
  func everyAddress(feed: String, counts: String, shown: String) {
    var set = IndicatorSet()
    let report = set.load(text: feed, name: "a")
    #expect(report.text == "a: \(counts) every address (\(shown))")
    #expect(!report.isFaulty && report.matchingAll.count == report.matchingAll.first.count)
    #expect(
      JSONValue.object(report.json).json.contains(#""matching_all":\#(report.matchingAll.count),"#))
    let many = set.load(text: String(repeating: "::/0\n", count: 6)).text
    #expect(many.hasSuffix(", 6 match every address (::/0, ::/0, ::/0, ::/0, ::/0, …)"))
    var others = IndicatorSet()
    let other = others.load(text: "192.0.2.0/1\n2001:db8::/1\n0.0.0.0\n::")
    #expect(other.matchingAll.count == 0 && other.loaded == 4)
    #expect(!JSONValue.object(other.json).json.contains("matching_all"))
  }

  @Test("of a row whose type is not known the type is named")
  func unknownTypes() {
    var set = IndicatorSet()
    let table = set.load(
      text: "type,value,ip\ndomian,bad.example,\nm\u{1b}d5,x,203.0.113.7\ndomain,..,\n")
    #expect(
      table.unsupported.first == [
        "line 2: the type 'domian' is none of ip, domain, url, user-agent: domian,bad.example,",
        "line 3: the type 'm\\u{1b}d5' is none of ip, domain, url, user-agent: "
          + "m\\u{1b}d5,x,203.0.113.7",
        "line 4: domain,..,",
      ])
    #expect(table.loaded == 1)
    let object = #"{"type":"link","value":"https://bad.example/"}"#
    #expect(
      set.load(text: object).unsupported.first
        == ["the type 'link' is none of ip, domain, url, user-agent: \(object)"])
    for name in FeedType.kinds.split(separator: ", ") {
      #expect(FeedType(named: String(name)) != nil)
    }
    // The type says nothing about a column of its own.
    #expect(set.load(text: "ip,type\n203.0.113.7,x\nx,x\n").unsupported.first == ["line 3: x,x"])
  }

  @Test("a feed of which nothing could be read is not called empty")
  func unread() {
    var set = IndicatorSet()
    var reader = IndicatorFeed(name: "feed")
    let report = reader.finish(into: &set, fault: "Input/output error")
    #expect(
      report.text == "no indicators in feed. Not all of it was read: Input/output error")
    #expect(report.isFaulty)
  }

  @Test("what a feed says about an indicator is in the match")
  func match() throws {
    let record =
      #"{"ClientIP":"203.0.113.7","ClientRequestHost":"a.bad.example","Datetime":"2026-05-01T10:00:00Z"}"#
    let event = try FirewallEvent(json: record)
    let document = SekoiaNormalizer().normalize(event).document
    var set = IndicatorSet()
    set.load(
      text: "first_seen,dst_ip,last_seen,confidence,tags,description,id,x\n"
        + #"2025-12-30 13:56:31,203.0.113.7,1657630626,high,"elf,32-bit","a, ""b""",7,y"#
        + "\nsoon,203.0.113.0/24,,101,c2,,,\n", name: "lists/feed.csv")
    let matches = set.matches(in: document)
    let indicator = try #require(matches.first?.indicator)
    #expect(matches.count == 1)
    #expect(indicator.firstSeen == Timestamp("2025-12-30T13:56:31Z"))
    #expect(indicator.lastSeen == Timestamp("2022-07-12T12:57:06Z"))
    #expect(
      indicator.confidence == 85 && indicator.description == #"a, "b""# && indicator.id == "7")
    #expect(indicator.provider == "feed.csv" && !indicator.isCommandAndControl)
    let alert = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
      .alerts(for: document, of: event)[0]
    let seen =
      #""provider":"feed.csv","first_seen":"2025-12-30T13:56:31.000Z","last_seen":"2022-07-12T12:57:06.000Z""#
    #expect(JSONValue.object(alert.threat.enrichments[0]).json.contains(seen))
  }

  @Test("a set that is full says so")
  func tooLarge() {
    // The last block of 1 MiB is not used, and one is for identifiers.
    var set = IndicatorSet(maximumBytes: 4 << 20)
    let path = String(repeating: "x", count: 3_980)
    let report = set.load(text: (0..<2_000).map { "/\($0)\(path)\n" }.joined())
    #expect(report.isTooLarge && report.isFaulty)
    #expect(report.loaded > 700 && report.loaded < 1_048)
    #expect(
      report.text.hasSuffix(
        ". It is too large, the rest was not read: all feeds together may have 8,000,000 indicators"
          + " and 512 MiB of text"))
  }
}
