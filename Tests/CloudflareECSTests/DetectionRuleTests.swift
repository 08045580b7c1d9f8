import CloudflareECS
import Testing

@Suite struct DetectionRuleTests {
  /// Those of rules on single events.
  static let examples = BuiltInRules.all.filter { $0.correlation == nil }
    .flatMap { rule in rule.examples.map { (rule, $0) } }
  static let nearMisses = BuiltInRules.all.flatMap { rule in rule.nearMisses.map { (rule, $0) } }

  @Test("each rule fires on its examples, in every profile, from values and from bytes")
  func fires() throws {
    #expect(Self.examples.count == 26)
    for (rule, record) in Self.examples {
      for profile in BuiltInProfiles.all {
        #expect(try Verdicts(record, profile).typed.contains(rule.id), "\(rule.id): \(record)")
        #expect(try Verdicts(record, profile).bytes.contains(rule.id), "\(rule.id): \(record)")
      }
    }
  }

  @Test("each rule is silent on its near misses")
  func isSilent() throws {
    #expect(Self.nearMisses.count == 40)
    for (rule, record) in Self.nearMisses {
      for profile in BuiltInProfiles.all {
        #expect(try !Verdicts(record, profile).typed.contains(rule.id), "\(rule.id): \(record)")
        #expect(try !Verdicts(record, profile).bytes.contains(rule.id), "\(rule.id): \(record)")
      }
    }
  }

  @Test("every rule says what it finds, what to do, what else may fire it, and on what it rests")
  func rowsAreWhole() {
    for rule in BuiltInRules.all {
      #expect(!rule.description.isEmpty && !rule.advice.isEmpty && !rule.provenance.isEmpty)
      #expect(!rule.falsePositives.isEmpty && !rule.references.isEmpty && !rule.techniques.isEmpty)
      #expect(rule.id == "intelligence-feed" || !rule.examples.isEmpty && !rule.nearMisses.isEmpty)
    }
    #expect(Set(BuiltInRules.all.map(\.id)).count == 15)
    #expect(Set(BuiltInRules.all.compactMap(\.uuid)).count == 15)
  }

  @Test("levels and efforts are those that were promised")
  func levels() {
    #expect(
      BuiltInRules.all.map { "\($0.id) \($0.effort) \($0.level)" } == [
        "cloudflare-firewall-block master low",
        "covenant-default-http-beaconing intermediate high",
        "bazar-loader-user-agent elementary high",
        "lemon-duck-user-agent elementary high",
        "lokibot-user-agent intermediate high",
        "intelligence-feed elementary high",
        "telegram-bot-api advanced medium",
        "trevorc2-http elementary high",
        "cloudflare-block-burst intermediate medium",
        "cloudflare-leaked-credential intermediate medium",
        "cloudflare-malicious-upload elementary high",
        "cloudflare-malicious-upload-blocked intermediate low",
        "cloudflare-prompt-injection intermediate medium",
        "cloudflare-bad-source-served advanced medium",
        "nimbo-c2-user-agent elementary high",
      ])
  }

  @Test("case, port, trailing dot, and the query with and without its mark make no difference")
  func foldings() throws {
    let agent = "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"
    for query in ["guid=x", "?guid=x", "GUID=x"] {
      let record =
        #"{"ClientRequestPath":"/images","ClientRequestQuery":"\#(query)","ClientRequestUserAgent":"\#(agent)"}"#
      #expect(try Verdicts(record).bytes == ["trevorc2-http"])
      #expect(try Verdicts(record).typed == ["trevorc2-http"])
    }
    for host in ["api.telegram.org", "API.TELEGRAM.ORG.", "api.telegram.org:443"] {
      let record = #"{"ClientRequestHost":"\#(host)"}"#
      #expect(try Verdicts(record).bytes == ["telegram-bot-api"])
      #expect(try Verdicts(record).typed == ["telegram-bot-api"])
    }
  }

  @Test("user agents of one's own make a rule for the loader")
  func bazarAgents() throws {
    let rule = BuiltInRules.bazarLoader(userAgents: ["example agent"])
    let record = #"{"ClientRequestUserAgent":"Example Agent"}"#
    #expect(try Verdicts(record, SekoiaNormalizer(), Detector(rules: [rule])).typed == [rule.id])
    #expect(try Verdicts(record).typed == [])
  }
}

/// Which rules fire on a record, from values and from bytes.
struct Verdicts {
  let typed: [String]
  let bytes: [String]

  init(
    _ record: String, _ profile: any Normalizer = SekoiaNormalizer(),
    _ detector: Detector = Detector()
  ) throws {
    let detector = detector.adapted(to: profile.table)
    let event = try FirewallEvent(json: record)
    let document = profile.normalize(event).document
    typed = detector.detections(in: document, of: event).map(\.rule.id)
    var converter = NDJSONConverter(profile, detector: detector)
    var output: [UInt8] = []
    converter.convert(Array((record + "\n").utf8).span, into: &output)
    bytes = try output.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try ECSEvent(json: String(decoding: line, as: UTF8.self)).rule.id
    }
  }
}
