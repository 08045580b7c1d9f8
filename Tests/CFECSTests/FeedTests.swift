import Foundation
import Testing

/// Feeds of `cf-ecs detect --iocs`, as people publish them.
@Suite struct FeedTests {
  private static let event =
    #"{"Action":"log","ClientIP":"203.0.113.7","ClientRequestHost":"bad.example.com","ClientRequestScheme":"http","ClientRequestPath":"/bin.sh","ClientRequestUserAgent":"EvilBot/1.0","Datetime":"2026-05-01T10:00:00Z"}"#

  private static let feeds: [(feed: String, report: String, fields: [String])] = [
    (
      """
      ################
      # Database Dump (CSV) #
      ################
      #
      # id,dateadded,url,url_status,last_online,threat,tags,link,reporter
      "1","2026-04-14 16:02:21","http://bad.example.com/bin.sh","online","2026-04-14 16:02:21","x","32-bit,elf","https://feed.example.org/1/","a"
      "2","2026-04-14 16:02:21","http://203.0.113.7:8080/x","online","2026-04-14 16:02:21","x","elf","https://feed.example.org/2/","a"
      """, "2 indicators (2 URLs)", ["url.full"]
    ),
    (
      """
      # Blocklist (CSV)
      #
      "first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"
      "2025-12-30 13:56:31","203.0.113.7","443","online","2026-03-12","x"
      # end
      """, "1 indicator (1 IPv4)", ["source.ip"]
    ),
    (
      """
      "first_seen_utc", "ioc_id", "ioc_value", "ioc_type", "threat_type", "confidence_level", "tags"
      "2026-01-01 00:00:00", "1", "203.0.113.7:443", "ip:port", "x", "100", "a,b"
      "2026-01-01 00:00:00", "2", "bad.example.com", "domain", "x", "100", "None"
      "2026-01-01 00:00:00", "3", "d41d8cd98f00b204e9800998ecf8427e", "md5_hash", "x", "100", ""
      """, "2 indicators (1 IPv4, 1 domain), 1 row not supported",
      ["url.domain", "destination.domain", "source.ip"]
    ),
    ("; List\n203.0.113.0/24 ; SBL1\n", "1 indicator (1 IPv4)", ["source.ip"]),
    ("203.0.113.7             # c2.example.org\n", "1 indicator (1 IPv4)", ["source.ip"]),
    (
      "# hosts\n127.0.0.1 localhost\n0.0.0.0 bad.example.com\n", "1 indicator (1 domain)",
      ["url.domain", "destination.domain"]
    ),
    (
      #"["203.0.113.7","bad.example.com"]"#, "2 indicators (1 IPv4, 1 domain)",
      ["url.domain", "destination.domain", "source.ip"]
    ),
    (
      #"{"cidr":"203.0.113.0/24","sblid":"SBL1"}"# + "\n"
        + #"{"type":"metadata","timestamp":1767225600,"size":100}"#, "1 indicator (1 IPv4)",
      ["source.ip"]
    ),
    (
      #"{"response":{"Attribute":[{"type":"ip-dst","value":"203.0.113.7","to_ids":true},{"type":"domain","value":"bad.example.com","to_ids":false}]}}"#,
      "1 indicator (1 IPv4), 1 not for detection", ["source.ip"]
    ),
    (
      #"{"type":"bundle","id":"bundle--1","objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--1","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","pattern":"[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.7']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}]}"#,
      "1 indicator (1 IPv4)", ["source.ip"]
    ),
    (
      """
      Indicator type,Indicator,Description
      IPv4,203.0.113.7,x
      hostname,bad.example.com,y
      domain,example.com,z
      URL,http://bad.example.com/bin.sh,
      FileHash-MD5,d41d8cd98f00b204e9800998ecf8427e,
      """, "4 indicators (1 IPv4, 2 domains, 1 URL), 1 row not supported",
      [
        "url.domain", "url.registered_domain", "destination.domain",
        "destination.registered_domain", "url.full", "source.ip",
      ]
    ),
    (
      """
      {"type":"indicator","id":"indicator--1","pattern":"[ipv4-addr:value = '203.0.113.7']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}
      {"broken
      {"type":"indicator","id":"indicator--2","pattern":"[domain-name:value = 'bad.example.com']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}
      """, "2 indicators (1 IPv4, 1 domain), 1 row not supported",
      ["url.domain", "destination.domain", "source.ip"]
    ),
  ]

  @Test("--iocs without the built-in rules still compares the indicators")
  func withoutBuiltInRules() throws {
    let shell = try Shell()
    try shell.write("203.0.113.28\n", to: "feed.txt")
    try shell.write("\(Shell.event)\n", to: "a")
    let result = try shell.run("cf-ecs detect -q --no-builtin-rules --iocs feed.txt a")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.output.contains(#""id":"intelligence-feed""#))
  }

  @Test("each published form gives its indicators, and an alert", arguments: feeds.indices)
  func published(_ index: Int) throws {
    let (feed, report, fields) = Self.feeds[index]
    let shell = try Shell()
    try shell.write(feed, to: "feed")
    try shell.write("\(Self.event)\n", to: "in.ndjson")
    let result = try shell.run("cf-ecs detect --rule intelligence-feed --iocs feed in.ndjson")
    #expect(result.error.split(separator: "\n").first == "cf-ecs: feed: \(report)")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 1)
    for field in fields {
      #expect(result.output.components(separatedBy: #""field":"\#(field)""#).count == 2, "\(field)")
    }
    #expect(result.output.components(separatedBy: #""matched":{"#).count == 1 + fields.count)
    let isNamed = result.output.contains(#""provider":"feed""#)
    #expect(isNamed)
    // From standard input, compressed, and without messages.
    let piped = try shell.run(
      "gzip -c feed | cf-ecs detect -q --rule intelligence-feed --iocs - in.ndjson")
    #expect(piped.status == 0 && piped.error == "")
    #expect(
      piped.output
        == result.output.replacing("\"provider\":\"feed\"", with: "\"provider\":\"standard input\"")
    )
  }

  @Test("a feed without indicators is status 1, also with --lenient and -q")
  func noIndicators() throws {
    let shell = try Shell()
    try shell.write("<html><body>403 Forbidden</body></html>\n", to: "page.txt")
    try shell.write("", to: "empty.txt")
    try shell.write("\(Self.event)\n", to: "in.ndjson")
    let page = try shell.run("cf-ecs detect --iocs page.txt in.ndjson")
    #expect(page.status == 1 && page.output == "")
    #expect(page.error == "cf-ecs: no indicators in page.txt: it is HTML or XML\n")
    let empty = try shell.run("cf-ecs detect -q --lenient --iocs empty.txt in.ndjson")
    #expect(empty.status == 1 && empty.error == "cf-ecs: no indicators in empty.txt: it is empty\n")
    let log = try shell.run("cf-ecs detect --iocs in.ndjson in.ndjson")
    #expect(log.status == 1)
    #expect(
      log.error.hasPrefix(
        "cf-ecs: no indicators in in.ndjson: it is a log of firewall events, 1 row not supported\n")
    )
    try shell.write("203.0.113.7\n", to: "feed.txt")
    let both = try shell.run(
      "cf-ecs detect --fail-on high --iocs page.txt --iocs feed.txt in.ndjson")
    #expect(both.status == 4 && both.error.contains("Without it the status would be 1"))
    let stats = try shell.run(
      "cf-ecs detect --iocs page.txt --iocs feed.txt --stats - -o out in.ndjson")
    #expect(stats.status == 1)
    #expect(
      stats.error.contains(
        #""feeds":[{"feed":"page.txt","indicators":{},"unsupported":0,"expired":0,"revoked":0,"superseded":0,"not_for_detection":0,"too_large":false},{"feed":"feed.txt","indicators":{"ipv4-addr":1},"#
      ))
  }

  @Test("the rule of feeds needs a feed")
  func ruleWithoutFeed() throws {
    let shell = try Shell()
    let result = try shell.run("cf-ecs detect --rule intelligence-feed </dev/null")
    #expect(result.status == 2)
    #expect(
      result.error == "cf-ecs: --rule intelligence-feed without a feed\nName one with --iocs FILE\n"
    )
    #expect(try shell.run("cf-ecs detect </dev/null").status == 0)
  }

  @Test("a feed that is cut gives what could be read, and status 1")
  func damaged() throws {
    let shell = try Shell()
    try shell.write((0..<100_000).map { "h\($0).example\n" }.joined() + "203.0.113.7\n", to: "feed")
    try shell.write("\(Self.event)\n", to: "in.ndjson")
    try shell.run("gzip -c feed | head -c 100000 > cut.gz")
    let result = try shell.run("cf-ecs detect --iocs cut.gz in.ndjson")
    #expect(result.status == 1 && result.output == "")
    #expect(result.error.hasPrefix("cf-ecs: cut.gz: "))
    #expect(result.error.contains(". Not all of it was read: gzip data ends inside a member"))
  }

  @Test("rules --feeds lists the forms")
  func forms() throws {
    let shell = try Shell()
    let result = try shell.run("cf-ecs rules --feeds")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("STIX\n  STIX 2.0 and 2.1: a bundle, "))
    #expect(result.output.contains("hosts files"))
  }
}
