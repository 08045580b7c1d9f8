import CloudflareECS
import TestSupport
import Testing

/// The forms of feeds: what is read from each, in chunks of any size.
@Suite struct FeedFormTests {
  /// What a feed gives, as `KIND VALUE`, in order; the same from chunks of any size.
  static func read(_ feed: String) -> (values: [String], report: IndicatorFeed.Report) {
    let bytes = Array(feed.utf8)
    var results: [(values: [String], report: IndicatorFeed.Report)] = []
    for size in [bytes.count + 1, 1, 7] {
      var set = IndicatorSet()
      var reader = IndicatorFeed(name: "feed")
      for start in stride(from: 0, to: bytes.count, by: size) {
        reader.read(
          bytes.span.extracting(start..<min(start + size, bytes.count)), into: &set)
      }
      let report = reader.finish(into: &set)
      results.append(
        (set.observableIndicators.map { "\($0.kind.rawValue) \($0.value)" }, report))
    }
    #expect(results[1].values == results[0].values && results[1].report == results[0].report)
    #expect(results[2].values == results[0].values && results[2].report == results[0].report)
    return results[0]
  }

  private static let five = [
    "domain-name bad.example.com", "ipv4-addr 198.51.100.0/24", "ipv4-addr 203.0.113.7",
    "url http://bad.example.com/bin.sh?x=1", "user-agent EvilBot/1.0 (x; y)",
  ]

  @Test(
    "the same indicators are the same in every form",
    arguments: [
      """
      203.0.113.7
      198.51.100.0/24
      bad.example.com
      http://bad.example.com/bin.sh?x=1
      user-agent: EvilBot/1.0 (x; y)
      """,
      """
      // defanged, with comments
      203[.]0.113(dot)7:443   ; c2
      198.51.100.0 - 198.51.100.255\t# a block
      0.0.0.0 BAD.example.com\r
      hXXp://Bad[.]example.com:80/bin.sh?x=1#top // a comment

      User-Agent:   EvilBot/1.0 (x; y)
      """,
      """
      type,value
      ip-dst|port,203.0.113.7|443
      cidr,198.51.100.0/24
      Hostname,bad.example.com.
      URL,hxxp://bad.example.com/bin.sh?x=1
      user_agent,EvilBot/1.0 (x; y)
      """,
      """
      # A feed, of ip and domain
      # "ip", "domain", "url", "user agent"
      "203.0.113.7","bad.example.com","",""
      "198.51.100.0/24",   "", "http://bad.example.com/bin.sh?x=1",
      "198.51.100.0/24"
      # end
      ,,,"EvilBot/1.0 (x; y)"
      """,
      "network\tuser-agent\tHost\turl\n203.0.113.7\tEvilBot/1.0 (x; y)\n"
        + "198.51.100.0/24\t\tbad.example.com\t\n\t\t\thttp://bad.example.com/bin.sh?x=1",
      #"""
      ["203.0.113.7","198.51.100.0/24", "bad.example.com",
       "http:\/\/bad.example.com/bin.sh?x=1"]
      {"user_agent":"EvilBot/1.0 (x; y)"}
      """#,
      #"""
      {"query_status":"ok","data":[{"ioc":"203.0.113.7:443","ioc_type":"ip:port","tags":["c2"]},
      {"ip_address":"198.51.100.0/24","port":1,"hostname":null}]}
      {"17":[{"url":"http://bad.example.com/bin.sh?x=1"}],"18":[{"domain":"bad.example.com"}]}
      {"value":"EvilBot/1.0 (x; y)","type":"user-agent"}
      """#,
      #"""
      {"response":[{"Event":{"id":"1","Attribute":[
        {"type":"ip-dst","value":"203.0.113.7","to_ids":true,"Tag":[{"name":"x"}]},
        {"type":"ip-src","value":"192.0.2.1","to_ids":false}],
      "Object":[{"name":"x","Attribute":[{"type":"domain|ip","value":"bad.example.com|203.0.113.7"},
        {"type":"url","value":"http://bad.example.com/bin.sh?x=1"}]}]}},
      {"Event":{"Attribute":[{"type":"user-agent","value":"EvilBot/1.0 (x; y)"},
        {"type":"ip-src","value":"198.51.100.0/24"}]}}]}
      """#,
      #"""
      uuid,event_id,category,type,value,comment,to_ids,date
      "1",1,"Network activity","ip-dst","203.0.113.7","a ""b"",
      c",1,20260101
      "2",1,"Network activity","ip-src","198.51.100.0/24","",1,20260101
      "3",1,"Network activity","ip-src","192.0.2.1","",0,20260101
      "4",1,"Network activity","hostname|port","bad.example.com|443","",1,20260101
      "5",1,"Network activity","url","http://bad.example.com/bin.sh?x=1","",1,20260101
      "6",1,"Network activity","user-agent","EvilBot/1.0 (x; y)","",1,20260101
      """#,
      #"""
      {"type":"bundle","id":"bundle--1","objects":[{"type":"identity","id":"identity--1"},
      {"type":"ipv4-addr","id":"ipv4-addr--1","value":"192.0.2.1"},
      {"type":"indicator","id":"indicator--1","pattern":"[ipv4-addr:value IN ('203.0.113.7', '198.51.100.0/24')]"},
      {"type":"indicator","id":"indicator--2","pattern":"[domain-name:value = 'bad.example.com'] OR [url:value = 'http://bad.example.com/bin.sh?x=1']"},
      {"type":"indicator","id":"indicator--3","pattern":"[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'EvilBot/1.0 (x; y)']"}]}
      """#,
    ])
  func sameInEveryForm(_ feed: String) {
    let (values, report) = Self.read(feed)
    #expect(values.sorted() == Self.five, "\(feed)")
    #expect(report.unsupported.count == 0, "\(feed) \(report.unsupported)")
    #expect(!report.isFaulty)
  }

  @Test(
    "the examples of the list of forms give what the list says", arguments: IndicatorFeed.Form.all)
  func examples(_ form: IndicatorFeed.Form) {
    let (values, report) = Self.read(form.example)
    #expect(values.sorted() == ["domain-name bad.example.com", "ipv4-addr 203.0.113.7"])
    #expect(report.unsupported.count == 0)
  }

  @Test("the list of forms fits 80 columns, and names each column")
  func table() {
    let lines = IndicatorFeed.Form.table.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    for name in ["ioc_value", "dst_ip", "indicator_type", "last_online", "to_ids", "user_agent"] {
      #expect(IndicatorFeed.Form.table.contains(name), "\(name)")
    }
    #expect(
      lines.filter { !$0.hasPrefix(" ") }.prefix(5) == ["STIX", "MISP", "CSV", "JSON", "text"])
  }

  @Test(
    "one line of text",
    arguments: [
      ("2001:DB8:0::1", ["ipv6-addr 2001:db8::1"]),
      ("[2001:db8::1]:443", ["ipv6-addr 2001:db8::1"]),
      ("::ffff:192.0.2.1", ["ipv4-addr 192.0.2.1"]), ("192.0.2.77/24", ["ipv4-addr 192.0.2.0/24"]),
      ("::ffff:192.0.2.0/120", ["ipv4-addr 192.0.2.0/24"]),
      ("192.0.2.1-192.0.2.2", ["ipv4-addr 192.0.2.1", "ipv4-addr 192.0.2.2"]),
      (
        "192.0.2.0 - 192.0.2.129",
        ["ipv4-addr 192.0.2.0/25", "ipv4-addr 192.0.2.128/31"]
      ),
      ("0.0.0.0-255.255.255.255", ["ipv4-addr 0.0.0.0/0"]),
      ("2001:db8::-2001:db8::ffff", ["ipv6-addr 2001:db8::/112"]),
      ("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ["ipv6-addr ::/0"]),
      ("192.0.2.2-192.0.2.1", []), ("192.0.2.1:port", []), ("192.0.2.1/33", []), ("192.0.2", []),
      ("*.Bad.example", ["domain-name *.bad.example"]),
      (".bad.example", ["domain-name *.bad.example"]),
      ("||bad.example^", ["domain-name *.bad.example"]),
      ("||bad.example^$third-party,script", ["domain-name *.bad.example"]),
      ("||bad.example/x^", []), ("||bad.example", []), ("||^", []), ("|", []), ("*.", []),
      (".", []),
      ("bad.example:8080", ["domain-name bad.example"]),
      ("bad.example.", ["domain-name bad.example"]),
      ("bücher.example", ["domain-name xn--bcher-kva.example"]),
      ("XN--BCHER-kva.example", ["domain-name xn--bcher-kva.example"]),
      ("https://bücher.example:443/ä", ["url https://xn--bcher-kva.example/ä"]),
      ("https://user:pw@bad.example", ["url https://bad.example/"]),
      ("https://bad.example:80?x", ["url https://bad.example:80/?x"]),
      ("http://[2001:DB8::1]:80/", ["url http://[2001:db8::1]/"]), ("http://", []), ("://x", []),
      ("/wp-login.php?a;b#c // x", ["url /wp-login.php?a;b#c"]), ("//comment", []),
      ("bad.example/x", []), ("d41d8cd98f00b204e9800998ecf8427e", []), ("a@bad.example", []),
      ("198.51.100.7;SBL1", ["ipv4-addr 198.51.100.7"]),
      ("bad.example#c2", ["domain-name bad.example"]),
      ("127.0.0.1 localhost", []), ("::1 localhost ip6-localhost", []),
      ("0.0.0.0 a.example b.example # x", ["domain-name a.example", "domain-name b.example"]),
      ("fe80::1%lo0 localhost", []), ("0.0.0.0 0.0.0.0", []), ("192.0.2.1 a.example", []),
      ("Mozilla/5.0 (bad)", []), ("user-agent:", []),
      ("\"bad.example\",", ["domain-name bad.example"]),
      ("\"/\\u0061\"", ["url /a"]), ("\"", []), ("! comment", []),
      ("\(String(repeating: "a.", count: 127))example", []), ("203.0.113.7\u{0}", []),
      ("[Adblock Plus 2.0]", []), ("http://\(String(repeating: "a", count: 4_000))/", []),
    ])
  func lines(_ line: String, _ values: [String]) {
    let (found, report) = Self.read("192.0.2.200\n" + line)
    #expect(found == ["ipv4-addr 192.0.2.200"] + values, "\(line)")
    let isPassedOver =
      line.hasPrefix("//") || line.hasPrefix("!") || line.hasSuffix("localhost")
      || line == "0.0.0.0 0.0.0.0"
    #expect(report.unsupported.count == (values.isEmpty && !isPassedOver ? 1 : 0), "\(line)")
    let isOne = values.count < 2 || line.contains("-")
    #expect(report.loaded == 1 + (values.isEmpty ? 0 : isOne ? 1 : values.count), "\(line)")
  }

  @Test("a range of addresses is all of them and no other")
  func ranges() {
    var random = SplitMix64(seed: 71)
    for _ in 0..<200 {
      let ends = [
        UInt32.random(in: 0...0xFFFF, using: &random), .random(in: 0...0xFFFF, using: &random),
      ]
      let (first, last) = (ends.min()!, ends.max()!)
      func address(_ number: UInt32) -> String { "198.51.\(number >> 8).\(number & 255)" }
      let (values, _) = Self.read("\(address(first))-\(address(last))")
      var next = first
      for value in values {
        let parts = value.split { " /".contains($0) }
        let bits = UInt32(truncatingIfNeeded: IPAddress(String(parts[1]))!.bits)
        #expect(bits & 0xFFFF == next)
        next += 1 << (32 - (parts.count > 2 ? UInt32(parts[2])! : 32))
      }
      #expect(next == last + 1, "\(values)")
      #expect(values.count <= 32)
    }
  }

  @Test(
    "faults of JSON lose only the object that they are in",
    arguments: [
      "{\"broken", "{\"broken\":[", "{\"a\":1 \"b\":{", "{\"a\":{\"b\":1}", "{\"a\":]}",
      "{\"ip\":\"192.0.2.1\",", "[{\"ip\":\"192.0.2.1\"", "{\"a\" 1}", "{\"ip\":nul}",
    ])
  func faults(_ fault: String) {
    let rest = "{\"ip\":\"203.0.113.7\"}\n{\"domain\":\"bad.example.com\"}\n"
    for feed in [fault + "\n" + rest, "{\"ip\":\"203.0.113.7\"}\n" + fault + "\n" + rest] {
      let (values, report) = Self.read(feed)
      #expect(
        values.filter { !$0.hasSuffix("192.0.2.1") }
          == ["ipv4-addr 203.0.113.7", "domain-name bad.example.com"], "\(feed)")
      #expect(report.unsupported.count == 1, "\(feed) \(report.unsupported)")
    }
  }

  @Test(
    "a feed of JSON that ends too early is read as far as it goes, and that is said",
    arguments: [
      #"["203.0.113.7""#, #"["203.0.113.7","#, #"[["203.0.113.7"]"#,
      #"{"data":[{"ip_address":"203.0.113.7"}"#, #"{"data":[{"ip_address":"203.0.113.7"}]"#,
    ])
  func cut(_ feed: String) {
    let (values, report) = Self.read(feed)
    #expect(values == ["ipv4-addr 203.0.113.7"])
    #expect(report.unsupported.count == 1)
    #expect(report.unsupported.first == ["the end of the feed is missing"])
  }

  @Test("arrays of elements are 17 deep at most")
  func depth() {
    func feed(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + "\"203.0.113.7\""
        + String(repeating: "]", count: depth)
    }
    #expect(Self.read(feed(17)).values == ["ipv4-addr 203.0.113.7"])
    #expect(Self.read(feed(17)).report.unsupported.count == 0)
    let (values, report) = Self.read(feed(18))
    #expect(values == [] && report.unsupported.count == 1)
    #expect(report.unsupported.first.allSatisfy { $0.hasPrefix("not JSON: ") })
  }

  @Test("objects around elements are 16 deep at most: what is deeper is an element")
  func depthOfObjects() {
    func feed(_ depth: Int) -> String {
      let start = String(repeating: #"{"Event":"#, count: depth)
      return start + #"{"value":"203.0.113.7"}"# + String(repeating: "}", count: depth)
    }
    #expect(Self.read(feed(16)).values == ["ipv4-addr 203.0.113.7"])
    #expect(Self.read(feed(17)).values == [])
    #expect(Self.read(feed(17)).report.unsupported.count == 1)
  }

  @Test("a feed without indicators says what it looks like")
  func appearances() {
    for (feed, text) in [
      ("", "no indicators in feed: it is empty"), (" \n\n", "no indicators in feed: it is empty"),
      ("# nothing\n", "no indicators in feed"), ("[]", "no indicators in feed"),
      ("<html><body>403</body></html>", "no indicators in feed: it is HTML or XML"),
      ("PK\u{3}\u{4}xxxx", "no indicators in feed: it is a zip archive"),
      ("\u{0}a\u{0}b", "no indicators in feed: it is text in UTF-16"),
      (
        #"{"Action":"block","ClientIP":"203.0.113.7","ClientRequestHost":"a.example"}"#,
        "no indicators in feed: it is a log of firewall events, 1 row not supported"
      ),
      (
        #"{"QueryName":"a.example","QueryType":1,"SrcIP":"192.0.2.1","ResolvedIPs":[],"Policy":"x"}"#,
        "no indicators in feed: it is a record of gateway_dns, not of firewall_events, 1 row not supported"
      ),
      (#"{"type":"metadata","size":0}"#, "no indicators in feed"),
    ] {
      let report = Self.read(feed).report
      #expect(report.text == text)
      #expect(report.isFaulty)
    }
  }
}
