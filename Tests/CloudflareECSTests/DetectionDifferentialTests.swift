import CloudflareECS
import TestSupport
import Testing

/// Random rules and feeds over random events: what is asked of a record's bytes, behind the gate of
/// the rules and the filter of the feed, has to be what is found in the document.
@Suite struct DetectionDifferentialTests {
  private let events: [String] = {
    var events = RandomEvents(seed: 61)
    return (0..<600).map { _ in events.next() }
  }()

  /// What fires on each event by its bytes, as `NUMBER RULE`.
  private func alerts(
    _ events: [String], _ profile: any Normalizer, _ detector: Detector
  ) throws -> [String] {
    var result: [String] = []
    for (number, event) in events.enumerated() {
      let verdicts = try Verdicts(event, profile, detector)
      let differing = Set(verdicts.bytes).symmetricDifference(verdicts.typed)
      #expect(
        verdicts.bytes == verdicts.typed,
        "\(event) \(profile): \(detector.rules.filter { differing.contains($0.id) }.map(\.condition))"
      )
      result += verdicts.bytes.map { "\(number) \($0)" }
    }
    return result
  }

  private func documents(_ events: [String], _ profile: any Normalizer) throws -> [ECSEvent] {
    try events.map { profile.normalize(try FirewallEvent(json: $0)).document }
  }

  @Test("any rules fire on the same events from values and from bytes")
  func rules() throws {
    var random = SplitMix64(seed: 62)
    var fired = 0
    for start in stride(from: 0, to: 160, by: 40) {
      let some = Array(events[start..<start + 40])
      let values = try documents(some, SekoiaNormalizer()).flatMap(Self.values)
      // More than there are bits.
      let rules = (0..<80).map { number in
        DetectionRule(
          id: "\(number)", name: "", description: "", level: .low, effort: .master,
          condition: Self.condition(values, depth: 2, &random))
      }
      for profile in BuiltInProfiles.all {
        let alerts = try alerts(some, profile, Detector(rules: rules, for: profile.table))
        fired += alerts.count
      }
    }
    // Many fire and many do not: of 25,600 answers.
    #expect(fired > 2_500 && fired < 20_000)
  }

  @Test("any feeds match the same events from values and from bytes")
  func feeds() throws {
    var random = SplitMix64(seed: 63)
    var matched = 0
    for start in stride(from: 0, to: events.count, by: 20) {
      let some = Array(events[start..<start + 20])
      var set = IndicatorSet()
      for document in try documents(some, SekoiaNormalizer()) {
        for indicator in Self.indicators(document)
        where Int.random(in: 0..<12, using: &random) == 0 {
          set.add(indicator)
        }
      }
      let detector = Detector(rules: [BuiltInRules.intelligenceFeed], indicators: set)
      for profile in BuiltInProfiles.all {
        matched += try alerts(some, profile, detector).count
      }
    }
    #expect(matched > 250 && matched < 1_000)
  }

  // MARK: Made of what the events hold

  private static func values(_ document: ECSEvent) -> [(String, String)] {
    let all: [(String, String?)] = [
      ("event.action", document.event.action), ("user_agent.original", document.userAgent.original),
      ("url.path", document.url.path), ("url.query", document.url.query),
      ("url.domain", document.url.domain),
      ("url.scheme", document.url.scheme), ("http.request.method", document.http.request.method),
      ("source.address", document.source.address),
    ]
    return all.compactMap { field, value in value.map { (field, $0) } }
  }

  private static func condition(
    _ values: [(String, String)], depth: Int, _ random: inout SplitMix64
  ) -> DetectionRule.Condition {
    if depth > 0, Int.random(in: 0..<3, using: &random) > 0 {
      let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        condition(values, depth: depth - 1, &random)
      }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: return .not(condition(values, depth: depth - 1, &random))
      case 1, 2: return .all(parts)
      default: return .any(parts)
      }
    }
    let (field, value) = values.randomElement(using: &random)!
    let characters = Array(value)
    let start = Int.random(in: 0...min(3, characters.count), using: &random)
    let end = Int.random(in: start...characters.count, using: &random)
    let isFolded = Bool.random(using: &random)
    func cut(_ range: Range<Int>) -> String {
      let text = String(characters[range])
      return isFolded ? text.uppercased() : text
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .equals(field, cut(0..<characters.count))
    case 1: return .startsWith(field, cut(0..<end))
    case 2: return .endsWith(field, cut(start..<characters.count))
    case 3: return .contains(field, cut(start..<end))
    case 4:
      let others = (0..<5).map { _ in values.randomElement(using: &random)!.1 }
      return .oneOf(field, others + [cut(0..<characters.count)])
    default: return .matches(field, try! RegularExpression("^[a-mA-M]*.[^xX]*$"))
    }
  }

  private static func indicators(_ document: ECSEvent) -> [Indicator] {
    var all: [Indicator] = []
    func add(_ kind: Indicator.Kind, _ value: String?) {
      if let value { all.append(Indicator(kind: kind, value: value)) }
    }
    for ip in [document.source.ip, document.destination.ip] {
      add(ip?.contains(":") == true ? .ipv6 : .ipv4, ip)
      add(ip?.contains(":") == true ? .ipv6 : .ipv4, ip.map { "\($0)/24" })
      add(.ipv6, ip.map { "::ffff:\($0)" })
    }
    add(.domain, document.url.domain?.uppercased())
    add(.domain, document.url.registeredDomain)
    add(.domain, document.url.registeredDomain.map { "*." + $0 })
    add(.domain, document.url.domain.map { "www." + $0 })
    add(.userAgent, document.userAgent.original)
    let query = document.url.query.map { $0.hasPrefix("?") ? $0 : "?" + $0 } ?? ""
    add(.url, document.url.path.map { $0 + query })
    add(.url, document.url.path)
    if let scheme = document.url.scheme, let host = document.url.domain {
      let port = document.url.port.map { ":\($0)" } ?? ""
      add(.url, "\(scheme.uppercased())://\(host)\(port)\(document.url.path ?? "")\(query)")
      add(.url, "\(scheme)://\(host)\(document.url.path ?? "/")")
    }
    return all
  }
}
