import CloudflareECS
import TestSupport
import Testing

/// Rules that fire on several events together.
@Suite struct CorrelationTests {
  private struct Event {
    var group: String
    /// In seconds.
    var time: Int
    var value: String

    var json: String {
      #"{"Action":"block","ClientIP":"\#(group)","ClientRequestPath":"\#(value)","Datetime":\#(1_800_000_000 + time)}"#
    }
  }

  private static func rule(_ correlation: DetectionRule.Correlation) -> DetectionRule {
    DetectionRule(
      id: "own", name: "Own", description: "", level: .low, effort: .master, condition: nil,
      correlation: correlation)
  }

  /// The places of the events on which the rule fires, and the counts.
  private func fired(
    _ correlation: DetectionRule.Correlation, _ records: [String],
    _ limits: DetectionRule.Correlation.Limits = DetectionRule.Correlation.Limits(),
    chunk: Int = 1 << 20
  ) -> ([Int], ConversionCounts) {
    var options = NDJSONConverter.Options()
    options.correlations = limits
    var converter = NDJSONConverter(
      SekoiaNormalizer(), detector: Detector(rules: [Self.rule(correlation)]), options: options)
    var places: [Int] = []
    for (place, record) in records.enumerated() {
      var output: [UInt8] = []
      converter.convert(Array((record + "\n").utf8).span, into: &output)
      if !output.isEmpty { places.append(place) }
    }
    return (places, converter.counts)
  }

  /// What the definition says, computed anew for each event.
  private func expected(
    _ correlation: DetectionRule.Correlation, _ events: [Event], lateness: Int
  ) -> (places: [Int], late: Int) {
    var places: [Int] = []
    var late = 0
    var groups: [String: (events: [Event], held: Bool)] = [:]
    for (place, event) in events.enumerated() {
      var group = groups[event.group] ?? ([], false)
      let newest = max(event.time, group.events.map(\.time).max() ?? .min)
      if event.time < newest - lateness {
        late += 1
        continue
      }
      group.events.append(event)
      let inside = group.events.filter { $0.time > newest - correlation.seconds }
      let count =
        if case .eventCount = correlation.kind { inside.count } else {
          Set(inside.map(\.value)).count
        }
      let holds = correlation.bounds.allSatisfy { bound in
        switch bound {
        case .isGreater(let number): count > number
        case .isAtLeast(let number): count >= number
        case .isLess(let number): count < number
        case .isAtMost(let number): count <= number
        case .equals(let number): count == number
        case .differs(let number): count != number
        }
      }
      if holds, !group.held { places.append(place) }
      group.held = holds
      groups[event.group] = group
    }
    return (places, late)
  }

  @Test("counts are those of a direct computation, for events out of order")
  func directComputation() {
    var random = SplitMix64(seed: 81)
    var fires = 0
    var lateEvents = 0
    for round in 0..<60 {
      var time = 0
      let events = (0..<400).map { _ in
        time += Int.random(in: 0...6, using: &random)
        return Event(
          group: "192.0.2.\(Int.random(in: 1...4, using: &random))",
          time: time - Int.random(in: 0...3, using: &random)
            * Int.random(in: 0...20, using: &random),
          value: "/\(Int.random(in: 0...5, using: &random))")
      }
      let number = Int.random(in: 1...6, using: &random)
      let bounds: [DetectionRule.Correlation.Bound] = [
        [.isGreater(number)], [.isAtLeast(number)], [.isLess(number)], [.isAtMost(number)],
        [.equals(number)], [.differs(number)], [.isAtLeast(number), .isAtMost(number + 2)],
      ].randomElement(using: &random)!
      let correlation = DetectionRule.Correlation(
        round.isMultiple(of: 2) ? .eventCount : .valueCount(field: "url.path"),
        of: [.equals("event.action", "block")], groupBy: ["source.ip"],
        withinSeconds: Int.random(in: 5...60, using: &random), bounds)
      var limits = DetectionRule.Correlation.Limits()
      let lateness = Int.random(in: 0...30, using: &random)
      limits.lateness = lateness
      let (places, counts) = fired(correlation, events.map(\.json), limits)
      let expected = expected(correlation, events, lateness: lateness)
      #expect(places == expected.places, "\(correlation)")
      #expect(counts.late == expected.late)
      fires += places.count
      lateEvents += counts.late
    }
    #expect(fires > 500 && lateEvents > 500)
  }

  @Test("converters that share the lines of a stream give the alerts of one")
  func shared() {
    let counted = DetectionRule.Correlation(
      .eventCount, of: [.equals("event.action", "block")], groupBy: ["source.ip"],
      withinSeconds: 60, [.isAtLeast(3)])
    let single = DetectionRule(
      id: "single", name: "Single", description: "", level: .low, effort: .master,
      condition: .equals("url.path", "/3"))
    let detector = Detector(rules: [single, Self.rule(counted)])
    let blocks = (0..<12).map { block in
      Array(
        (0..<7).map { line in
          let event = Event(
            group: "192.0.2.\(line % 3)", time: 20 * block + line, value: "/\(block % 5 + line)")
          return event.json + "\n"
        }.joined().utf8)
    }
    var whole = NDJSONConverter(SekoiaNormalizer(), detector: detector)
    var expected: [UInt8] = []
    let all = blocks.flatMap(\.self)
    whole.convert(all.span, into: &expected)

    var first = NDJSONConverter(SekoiaNormalizer(), detector: detector)
    var second = NDJSONConverter(SekoiaNormalizer(), detector: detector)
    var stream = NDJSONConverter(SekoiaNormalizer(), detector: detector)
    var output: [UInt8] = []
    for (number, block) in blocks.enumerated() {
      if number % 2 == 0 {
        output += Self.alerts(block, &first, &stream)
      } else {
        output += Self.alerts(block, &second, &stream)
      }
    }
    #expect(output == expected)
    let counts = [first.counts.alerts, second.counts.alerts, stream.counts.alerts]
    let count = whole.counts.alerts
    #expect(counts.allSatisfy { $0 > 2 } && counts.reduce(0, +) == count)

    var alerts = OutputBuffer()
    _ = first.convertIndependentLines(all.span, into: &alerts)
    first.clear()
    let size = first.takeCandidates().size
    let cleared = first.counts.alerts
    #expect(size == 0 && cleared == 0)
  }

  /// The alerts of a block that one converter reads, and whose correlations another one counts.
  private static func alerts(
    _ block: [UInt8], _ worker: inout NDJSONConverter, _ stream: inout NDJSONConverter
  ) -> [UInt8] {
    var alerts = OutputBuffer()
    let done = worker.convertIndependentLines(block.span, into: &alerts)
    #expect(done == block.count)
    #expect(!String(decoding: alerts.array, as: UTF8.self).contains(#""Own""#))
    stream.settle(worker.takeCandidates(), into: &alerts)
    return alerts.array
  }

  @Test("the rule for bursts fires on the 31st denied request, and again after a pause")
  func burst() {
    func event(_ number: Int, _ time: Int, _ action: String = "block") -> String {
      #"{"Action":"\#(action)","ClientIP":"192.0.2.1","RayName":"\#(number)","Datetime":\#(1_800_000_000 + time)}"#
    }
    let burst = BuiltInRules.blockBurst.correlation!
    var records = (0..<40).map { event($0, $0) }
    records += [event(40, 41, "log"), event(41, 400)]
    records += (0..<40).map { event($0, 500 + $0, "challenge_failed") }
    let (places, counts) = fired(burst, records)
    #expect(places == [30, 71])
    #expect(counts.alerts == 2 && counts.evaluated == 82)
  }

  @Test("a temporal correlation fires when all conditions held within the timespan")
  func temporal() {
    let correlation = DetectionRule.Correlation(
      .temporal, of: [.equals("url.path", "/a"), .equals("url.path", "/b")], groupBy: ["source.ip"],
      withinSeconds: 10, [.isAtLeast(2)])
    let events = [
      Event(group: "192.0.2.1", time: 0, value: "/a"),
      Event(group: "192.0.2.2", time: 1, value: "/b"),
      Event(group: "192.0.2.1", time: 9, value: "/b"),
      Event(group: "192.0.2.1", time: 10, value: "/b"),
      Event(group: "192.0.2.1", time: 11, value: "/a"),
    ]
    #expect(fired(correlation, events.map(\.json)).0 == [2, 4])
  }

  @Test("an event on which several conditions hold counts once")
  func severalConditions() {
    let both: [DetectionRule.Condition] = [
      .startsWith("url.path", "/a"), .endsWith("url.path", "b"),
    ]
    let paths = ["/ab", "/ab", "/a", "/b", "/ab"]
    let records = paths.map { Event(group: "192.0.2.1", time: 0, value: $0).json }
    func fired(_ kind: DetectionRule.Correlation.Kind, _ bounds: [DetectionRule.Correlation.Bound])
      -> [Int]
    {
      self.fired(
        DetectionRule.Correlation(
          kind, of: both, groupBy: ["source.ip"], withinSeconds: 60, bounds), records
      ).0
    }
    #expect(fired(.eventCount, [.isAtLeast(3)]) == [2])
    #expect(fired(.eventCount, [.equals(1)]) == [0])
    #expect(fired(.valueCount(field: "url.path"), [.isAtLeast(2)]) == [2])
    #expect(fired(.temporal, [.isAtLeast(2)]) == [0])
    // The condition is asked of an event once, not after the first of its conditions.
    #expect(fired(.temporal, [.equals(1)]) == [])
    let undated = Array(repeating: #"{"Action":"block","ClientRequestPath":"/ab"}"#, count: 3)
    let correlation = DetectionRule.Correlation(
      .temporal, of: both, groupBy: ["source.ip"], withinSeconds: 60, [.isAtLeast(2)])
    #expect(self.fired(correlation, undated).1.uncorrelated == 3)
  }

  @Test(
    "events without a time or a value are left out and counted; the oldest groups are forgotten")
  func limits() {
    let correlation = DetectionRule.Correlation(
      .eventCount, of: [.isPresent("event.action")], groupBy: ["source.ip"], withinSeconds: 60,
      [.isAtLeast(2)])
    var records = [
      #"{"Action":"block","ClientIP":"192.0.2.1"}"#, #"{"Action":"block","Datetime":1800000000}"#,
    ]
    let (none, counts) = fired(correlation, records)
    #expect(none == [] && counts.uncorrelated == 2 && counts.evaluated == 2)
    var limits = DetectionRule.Correlation.Limits()
    limits.groups = 2
    records = [1, 2, 1, 3, 2].map { Event(group: "192.0.2.\($0)", time: 0, value: "/").json }
    // The third address displaces the second, which begins anew.
    let (places, forgotten) = fired(correlation, records, limits)
    #expect(places == [2] && forgotten.forgottenGroups == 2)
  }

  @Test(
    "rules of files: a correlation counts the rules that it names, which give no alerts of their own"
  )
  func files() throws {
    let text = """
      title: Denied
      name: denied
      logsource: {product: cloudflare}
      detection: {s: {event.action: [block, drop]}, condition: s}
      ---
      title: Many Paths
      id: many-paths
      level: high
      correlation:
        type: value_count
        rules: [denied]
        group-by: [c-ip]
        timespan: 1m
        condition: {field: cs-uri-stem, gte: 3}
      """
    var collection = RuleCollection(for: SekoiaNormalizer().table)
    collection.add(Array(text.utf8), file: "many.yml")
    #expect(collection.faults == [] && collection.rules.map(\.id) == ["many-paths"])
    #expect(collection.report == "2 of 2 rules can be evaluated\n")
    let correlation = try #require(collection.rules[0].correlation)
    #expect(
      correlation
        == DetectionRule.Correlation(
          .valueCount(field: "c-uri-path"),
          of: [.all([.oneOf("event.action", ["block", "drop"])])],
          groupBy: ["c-ip"], withinSeconds: 60, [.isAtLeast(3)]))
    let paths = ["/a", "/b", "/a", "/c", "/d"]
    let records = paths.map { Event(group: "192.0.2.1", time: 0, value: $0).json }
    #expect(fired(correlation, records).0 == [3])
    let spelled = text.split(separator: "gte: 3").joined(separator: "gte: 3}\n  generate: true #")
    collection = RuleCollection(for: SekoiaNormalizer().table)
    collection.add(Array(spelled.utf8), file: "many.yml")
    #expect(collection.rules.map(\.id) == ["denied", "many-paths"])
  }

  @Test(
    "what a correlation cannot be is named with its line",
    arguments: [
      (
        "type: temporal_ordered",
        "line 4: correlations of the type 'temporal_ordered' are not supported"
      ),
      ("type: value_count", "line 4: value_count needs a field in its condition"),
      (
        "timespan: 5 minutes",
        "line 6: the timespan '5 minutes' is not a number with s, m, h or d, at most 366d"
      ),
      ("rules: other", "no rule 'other' that can be evaluated"),
      ("group-by: client", "no target or field 'client'"),
      ("condition: {most: 3}", "line 8: 'most' is not a bound of a correlation"),
      ("aliases: {a: b}", "line 9: aliases of a correlation are not supported"),
    ])
  func refusals(_ line: String, _ reason: String) {
    var members = [
      "type: event_count", "rules: denied", "timespan: 5m", "group-by: c-ip", "condition: {gt: 3}",
    ]
    let name = line.prefix { $0 != ":" }
    let place = members.firstIndex { $0.hasPrefix(name) }
    if let place { members[place] = line } else { members.append(line) }
    let text =
      "title: T\nid: t\ncorrelation:\n" + members.map { "  \($0)\n" }.joined()
      + "---\ntitle: D\nname: denied\ndetection: {s: {event.action: block}, condition: s}\n"
    var collection = RuleCollection(for: SekoiaNormalizer().table)
    collection.add(Array(text.utf8), file: "t.yml")
    #expect(collection.faults.count == 1)
    #expect(collection.faults.first?.reason.hasPrefix(reason) == true, "\(collection.faults)")
  }
}
