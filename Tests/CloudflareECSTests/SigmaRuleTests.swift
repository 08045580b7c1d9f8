import TestSupport
import Testing

@testable import CloudflareECS

/// Rules of files: each modifier with an event that fires and one that comes close, by bytes and by values.
@Suite struct SigmaRuleTests {
  private static func collection(_ detection: String, _ head: String = "") -> RuleCollection {
    var collection = RuleCollection(for: ElasticNormalizer().table)
    let indented = detection.split(separator: "\n").map { "  \($0)\n" }.joined()
    let text = "title: T\nid: t\n\(head)detection:\n\(indented)"
    collection.add(Array(text.utf8), file: "t.yml")
    return collection
  }

  private static func fires(_ rules: [DetectionRule], _ record: String) throws -> Bool {
    let profile = ElasticNormalizer()
    let verdicts = try Verdicts(record, profile, Detector(rules: rules, for: profile.table))
    #expect(verdicts.bytes == verdicts.typed, "\(record)")
    return !verdicts.bytes.isEmpty
  }

  /// A search, a record on which it holds, and one on which it does not.
  static let searches: [(search: String, match: String, nearMiss: String)] = [
    ("cs-method: post", #"{"ClientRequestMethod":"POST"}"#, #"{"ClientRequestMethod":"POSTS"}"#),
    (
      "c-uri-path: '/a*/b?.php'", #"{"ClientRequestPath":"/A/x/b1.php"}"#,
      #"{"ClientRequestPath":"/a/x/b.php"}"#
    ),
    (
      #"c-uri-path: '/a\*b\\\?c\d'"#, #"{"ClientRequestPath":"/a*b\\?c\\d"}"#,
      #"{"ClientRequestPath":"/axb\\?c\\d"}"#
    ),
    (
      "c-uri-path: '?'", #"{"ClientRequestPath":"ä"}"#, #"{"ClientRequestPath":"ae"}"#
    ),
    (
      "cs-uri-query|contains: 'X=1'", #"{"ClientRequestPath":"/","ClientRequestQuery":"?x=1&y"}"#,
      #"{"ClientRequestPath":"/","ClientRequestQuery":"x=2"}"#
    ),
    (
      "cs-uri|contains: '/a?x='", #"{"ClientRequestPath":"/a","ClientRequestQuery":"x=1"}"#,
      #"{"ClientRequestPath":"/a","ClientRequestQuery":"y=1"}"#
    ),
    (
      "cs-uri|contains|all: [a, b]", #"{"ClientRequestPath":"/b/a"}"#,
      #"{"ClientRequestPath":"/b/b"}"#
    ),
    (
      "c-useragent|startswith: [curl, wget]", #"{"ClientRequestUserAgent":"Wget/1"}"#,
      #"{"ClientRequestUserAgent":"GNU Wget/1"}"#
    ),
    (
      "cs-user-agent|endswith: '\"x'", #"{"ClientRequestUserAgent":"a \"X"}"#,
      #"{"ClientRequestUserAgent":"a x"}"#
    ),
    (
      "c-useragent|cased: Curl", #"{"ClientRequestUserAgent":"Curl"}"#,
      #"{"ClientRequestUserAgent":"curl"}"#
    ),
    (
      "c-useragent|contains|cased: rl/", #"{"ClientRequestUserAgent":"curl/8"}"#,
      #"{"ClientRequestUserAgent":"CURL/8"}"#
    ),
    (
      "c-uri-query|re: '^id=[0-9]{2,3}(&|$)'", #"{"ClientRequestQuery":"?id=123&x"}"#,
      #"{"ClientRequestQuery":"?id=1234"}"#
    ),
    (
      "c-useragent|re|i: 'b[aeiou]t\\b'", #"{"ClientRequestUserAgent":"a BOT, b"}"#,
      #"{"ClientRequestUserAgent":"a BOTS, b"}"#
    ),
    (
      "c-useragent|re: '(?i)bot'", #"{"ClientRequestUserAgent":"BOT"}"#,
      #"{"ClientRequestUserAgent":"BAT"}"#
    ),
    (
      "Description|re: '^\\t\\x41\\x{42}\\u0043\\n\\.\\f\\v\\a\\e\\0\\r$'",
      #"{"Action":"log","Description":"\tABC\n.\f\u000b\u0007\u001b\u0000\r"}"#,
      #"{"Action":"log","Description":"\tABC\n,\f\u000b\u0007\u001b\u0000\r"}"#
    ),
    (
      "Description|re|m: '^b$'", #"{"Action":"log","Description":"a\nb\nc"}"#,
      #"{"Action":"log","Description":"a\nbb\nc"}"#
    ),
    (
      "Description|re|s: 'a.b'", #"{"Action":"log","Description":"a\nb"}"#,
      #"{"Action":"log","Description":"ab"}"#
    ),
    (
      "c-ip|cidr: [203.0.113.0/24, '2001:db8::/32']", #"{"ClientIP":"2001:DB8::1"}"#,
      #"{"ClientIP":"198.51.100.1"}"#
    ),
    ("src_ip: '2001:db8::1'", #"{"ClientIP":"2001:DB8:0::1"}"#, #"{"ClientIP":"2001:db8::2"}"#),
    (
      "cs-referer|exists: true", #"{"ClientRefererHost":"example.com"}"#,
      #"{"ClientRequestHost":"example.com"}"#
    ),
    (
      "url.query|exists: false", #"{"ClientRequestPath":"/","ClientRequestQuery":""}"#,
      #"{"ClientRequestPath":"/","ClientRequestQuery":"a"}"#
    ),
    (
      "cs-host: null", #"{"Action":"log"}"#, #"{"Action":"log","ClientRequestHost":"example.com"}"#
    ),
    (
      "cs-host: ['', example.org]", #"{"Action":"log","ClientRequestHost":""}"#,
      #"{"Action":"log","ClientRequestHost":"example.com"}"#
    ),
    ("sc-status: [403, 404]", #"{"EdgeResponseStatus":404}"#, #"{"EdgeResponseStatus":40}"#),
    ("sc-status: 4*", #"{"EdgeResponseStatus":404}"#, #"{"EdgeResponseStatus":504}"#),
    ("sc-status|gte: 500", #"{"EdgeResponseStatus":500}"#, #"{"EdgeResponseStatus":499}"#),
    ("sc-status|gt: 500", #"{"EdgeResponseStatus":501}"#, #"{"EdgeResponseStatus":500}"#),
    ("sc-status|lt: 500", #"{"EdgeResponseStatus":499}"#, #"{"EdgeResponseStatus":500}"#),
    ("sc-status|lte: 500", #"{"EdgeResponseStatus":500}"#, #"{"EdgeResponseStatus":501}"#),
    (
      "cs-method|neq: [GET, HEAD]", #"{"ClientRequestMethod":"POST"}"#,
      #"{"ClientRequestMethod":"head"}"#
    ),
    (
      "cs-host|fieldref: ClientRefererHost",
      #"{"ClientRequestHost":"a.example:8443","ClientRefererHost":"A.example"}"#,
      #"{"ClientRequestHost":"a.example","ClientRefererHost":"b.example"}"#
    ),
    (
      "cs-version: '2'", #"{"ClientRequestProtocol":"HTTP/2"}"#,
      #"{"ClientRequestProtocol":"HTTP/1.1"}"#
    ),
    (
      "c-uri-extension: php", #"{"ClientRequestPath":"/a.b/x.PHP"}"#,
      #"{"ClientRequestPath":"/a.php/x"}"#
    ),
    (
      "c-uri|startswith: 'https://example.com/a'",
      #"{"ClientRequestScheme":"https","ClientRequestHost":"example.com","ClientRequestPath":"/a"}"#,
      #"{"ClientRequestHost":"example.com","ClientRequestPath":"/a"}"#
    ),
    (
      "c-uri: '/a?b'", #"{"ClientRequestPath":"/a","ClientRequestQuery":"b"}"#,
      #"{"ClientRequestPath":"/a","ClientRequestQuery":"bb"}"#
    ),
    ("event.action: block", #"{"Action":"block"}"#, #"{"Action":"log"}"#),
    ("RuleID: r1", #"{"Action":"log","RuleID":"r1"}"#, #"{"Action":"log","RuleID":"r2"}"#),
  ]

  @Test("a search holds for a match and not for a near miss", arguments: searches)
  func search(_ search: (search: String, match: String, nearMiss: String)) throws {
    let collection = Self.collection("s:\n  \(search.search)\ncondition: s")
    #expect(collection.faults == [])
    #expect(try Self.fires(collection.rules, search.match), "\(search)")
    #expect(try !Self.fires(collection.rules, search.nearMiss), "\(search)")
  }

  @Test(
    "lists, keywords and conditions",
    arguments: [
      ("s:\n- sqlmap\n- nikto\ncondition: s", true, false),
      ("s:\n  '|all': ['/admin', sqlmap]\ncondition: s", true, false),
      ("s:\n- cs-method: PUT\n- c-useragent|contains: sqlmap\ncondition: s", true, false),
      ("a:\n  cs-method: GET\nb:\n  c-useragent: '*sqlmap*'\ncondition: a and b", true, false),
      ("a_1:\n  cs-method: PUT\na_2:\n  c-useragent: '*sqlmap*'\ncondition: 1 of a_*", true, false),
      (
        "a_1:\n  cs-method: GET\na_2:\n  c-useragent: '*sqlmap*'\ncondition: all of a_*", true,
        false
      ),
      ("a:\n  cs-method: GET\n_b:\n  cs-method: PUT\ncondition: all of them", true, true),
      ("a:\n  cs-method: GET\nb:\n  c-useragent: curl\ncondition: a and not b", true, false),
      ("a:\n  cs-method: PUT\nb:\n  c-useragent: curl\ncondition: not (a or b)", true, false),
      (
        "a:\n  cs-method: GET\nb:\n  cs-method: PUT\nc:\n  c-useragent: '*sqlmap*'\ncondition: a or b and c",
        true, true
      ),
      ("a:\n  cs-method: PUT\nb:\n  c-useragent: '*sqlmap*'\ncondition: [a, b]", true, false),
    ])
  func conditions(detection: String, first: Bool, second: Bool) throws {
    let collection = Self.collection(detection)
    #expect(collection.faults == [])
    #expect(
      try Self.fires(
        collection.rules,
        #"{"ClientRequestMethod":"GET","ClientRequestPath":"/admin","ClientRequestUserAgent":"sqlmap/1"}"#
      )
        == first)
    #expect(
      try Self.fires(
        collection.rules,
        #"{"ClientRequestMethod":"GET","ClientRequestPath":"/admin","ClientRequestUserAgent":"curl"}"#
      )
        == second)
  }

  @Test(
    "names what cannot be evaluated",
    arguments: [
      (
        "s:\n  cs-cookie: a\ncondition: s",
        "line 5: cs-cookie is not in Cloudflare's firewall events"
      ),
      ("s:\n  cs-metod: a\ncondition: s", "no target or field 'cs-metod'. Did you mean cs-method?"),
      ("s:\n  cs-uri|base64: a\ncondition: s", "line 5: the modifier 'base64' is not supported"),
      (
        "s:\n  cs-uri|contains|re: a\ncondition: s",
        "line 5: the modifiers 'contains' and 're' exclude each other"
      ),
      (
        "s:\n  cs-uri|re: '(a)\\1'\ncondition: s",
        "line 5: the regular expression '(a)\\1': back-references are not supported: they need more than linear time"
      ),
      (
        "s:\n  cs-uri|re: 'a\\q'\ncondition: s",
        "line 5: the regular expression 'a\\q': \\q is not supported"
      ),
      (
        "s:\n  cs-uri|re: 'a(?=b)'\ncondition: s",
        "line 5: the regular expression 'a(?=b)': look-around is not supported: it needs more than linear time"
      ),
      (
        "s:\n  c-ip|cidr: 203.0.113.0/33\ncondition: s",
        "line 5: '203.0.113.0/33' is not a CIDR block"
      ),
      (
        "s:\n  sc-status|lt: many\ncondition: s",
        "'many' is not a whole number, with which sc-status is compared"
      ),
      ("s:\n  cs-uri: a\ncondition: t", "line 6: the condition names 't', which is not a search"),
      (
        "s:\n  cs-uri: a\ncondition: 1 of t*",
        "line 6: the condition names 't*', which no search matches"
      ),
      ("s:\n  cs-uri: a\ncondition: (s", "line 6: the condition lacks a ')'"),
      (
        "s:\n  cs-uri: a\ncondition: s | count() > 5",
        "line 6: '|' is not expected in the condition"
      ),
      ("s:\n  cs-uri: []\ncondition: s", "line 5: an empty list"),
      ("s:\n  cs-uri: a", "line 4: the rule has no condition"),
      ("s:\n  Metadata: a\ncondition: s", "Metadata is an object: only its presence can be tested"),
    ])
  func faults(detection: String, reason: String) {
    let collection = Self.collection(detection)
    #expect(collection.rules == [])
    #expect(collection.faults.map(\.reason) == [reason])
    #expect(collection.faults.map(\.description) == ["t.yml: T: \(reason)"])
  }

  @Test("takes the rule's own name, author, level, technique and references; reads JSON")
  func metadata() throws {
    var collection = RuleCollection(for: SekoiaNormalizer().table)
    collection.add(
      Array(
        #"""
        [{"title": "Admin Page", "id": "a1", "author": "Ann, Bob", "license": "MIT", "level": "high",
          "description": "Somebody asked for it.", "references": ["https://example.com/1"],
          "tags": ["attack.initial-access", "attack.t1190", "attack.t1999.001"],
          "logsource": {"category": "webserver"},
          "detection": {"s": {"cs-uri-stem": "/admin"}, "condition": "s"}}]
        """#.utf8), file: "a.json")
    #expect(collection.faults == [])
    let event = try FirewallEvent(json: #"{"ClientRequestPath":"/admin"}"#)
    let document = SekoiaNormalizer().normalize(event).document
    let detector = Detector(rules: collection.rules)
    let alert = try #require(detector.alerts(for: document, of: event).first)
    #expect(alert.rule.id == "a1")
    #expect(alert.rule.name == "Admin Page")
    #expect(alert.rule.description == "Somebody asked for it.")
    #expect(alert.rule.author == ["Ann", "Bob"])
    #expect(alert.rule.license == "MIT")
    #expect(alert.rule.reference == "https://example.com/1")
    #expect(alert.rule.category == "Initial Access")
    #expect(alert.event.severity == 73)
    #expect(alert.threat.tactic.id == ["TA0001"])
    #expect(alert.threat.technique.id == ["T1190", "T1999"])
    #expect(alert.threat.technique.name == ["Exploit Public-Facing Application"])
    #expect(alert.threat.technique.subtechnique.id == ["T1999.001"])
    #expect(Detector(rules: collection.rules, leastLevel: .critical).rules == [])
  }

  @Test("refuses rules for other logs, other documents, and identifiers twice")
  func others() {
    func reason(_ text: String) -> [String] {
      var collection = RuleCollection(for: SekoiaNormalizer().table, beside: BuiltInRules.all)
      collection.add(Array(text.utf8), file: "a.yml")
      return collection.faults.map(\.reason)
    }
    let detection = "detection:\n  s:\n    Action: log\n  condition: s\n"
    #expect(
      reason("title: A\nlogsource:\n  category: process_creation\n" + detection) == [
        "line 3: the log source's category 'process_creation' is neither webserver nor proxy"
      ])
    #expect(
      reason("title: A\nlogsource:\n  product: windows\n" + detection) == [
        "line 3: the log source's product is 'windows'"
      ])
    #expect(
      reason("title: A\ncorrelation:\n  type: event_count\n") == [
        "line 3: the correlation names no rules"
      ])
    #expect(
      reason("title: A\nid: x\n\(detection)---\ntitle: B\nid: x\n\(detection)") == [
        "line 9: the id 'x' is that of another rule"
      ])
    #expect(
      reason("title: A\nid: telegram-bot-api\n" + detection) == [
        "line 2: the id 'telegram-bot-api' is that of another rule"
      ])
    #expect(
      reason("title: A\nname: a\n\(detection)---\ntitle: B\ncorrelation:\n  rules: [a]\n") == [
        "line 10: correlations of the type '' are not supported"
      ])
    // 6 tests for each keyword, 60 times.
    let keywords = "  s: [\(String(repeating: "ab, ", count: 299))ab]\n"
    let again = Array(repeating: "1 of s*", count: 60).joined(separator: " or ")
    #expect(
      reason("title: A\ndetection:\n\(keywords)  condition: \(again)\n") == [
        "line 4: the rule has more than 100000 tests"
      ])
    #expect(reason("# nothing\n") == ["no rules"])
    #expect(reason("title: [\n") == ["line 1: the bracket is not closed"])
  }

  @Test("the built-in rules, written as Sigma, give the same verdicts")
  func roundTrip() throws {
    let ids = Dictionary(
      uniqueKeysWithValues: BuiltInRules.all.compactMap { rule in rule.uuid.map { ($0, rule.id) } })
    var random = RandomEvents(seed: 71)
    let records =
      BuiltInRules.all.flatMap { $0.examples + $0.nearMisses }
      + (0..<RandomEvents.count(2_000)).map { _ in random.next() }
    for profile in BuiltInProfiles.all {
      // With the names that documents of the profile have.
      let text = DetectionReference(of: BuiltInRules.all, for: profile.table).sigma
      #expect(!text.contains("  LeakedCredentialCheckResult:"))
      var collection = RuleCollection(for: profile.table)
      collection.add(Array(text.utf8), file: "rules.yml")
      #expect(collection.faults == [])
      #expect(collection.rules.count == 14)
      var fired = 0
      let detector = Detector(rules: BuiltInRules.all + collection.rules, for: profile.table)
      for record in records {
        let verdicts = try Verdicts(record, profile, detector)
        #expect(verdicts.bytes == verdicts.typed, "\(record)")
        let builtIn = verdicts.bytes.filter { ids[$0] == nil }
        #expect(builtIn == verdicts.bytes.compactMap { ids[$0] }, "\(profile.name) \(record)")
        fired += builtIn.count
      }
      #expect(fired > 20)
    }
  }

  @Test("typed and byte verdicts of rules with every modifier agree on random events")
  func random() throws {
    var random = RandomEvents(seed: 72)
    let records = (0..<RandomEvents.count(1_000)).map { _ in random.next() }
    let rules = Self.searches.enumerated().flatMap { number, search in
      Self.collection("s:\n  \(search.search)\ncondition: s", "name: n\(number)\n").rules.map {
        var rule = $0
        rule.id = "\(number)"
        return rule
      }
    }
    #expect(rules.count == Self.searches.count)
    let profile = ElasticNormalizer()
    let detector = Detector(rules: rules, for: profile.table)
    var fired = 0
    for record in records {
      let verdicts = try Verdicts(record, profile, detector)
      #expect(verdicts.bytes == verdicts.typed, "\(record)")
      fired += verdicts.bytes.count
    }
    #expect(fired > 1_000)
  }
}
