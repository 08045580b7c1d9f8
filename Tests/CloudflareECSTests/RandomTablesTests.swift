import Testing

@testable import CloudflareECS

/// Tables of random rows: every transform at every place, alone, as one of several, in arrays.
@Suite struct RandomTablesTests {
  /// Makes tables that can work; what they give need not make sense.
  private struct Tables {
    var random: SplitMix64

    mutating func next() -> [FieldMapping] {
      var table: [FieldMapping] = []
      for number in 0..<Int.random(in: 1...60, using: &random) {
        let target =
          "acme."
          + (pick([[], ["a"], ["a", "b"], ["c"], ["long\(number / 9)"]])
          + ["m\(number)"]).joined(separator: ".")
        let mayBeArray = Int.random(in: 0..<4, using: &random) == 0
        let (transform, type) = anyTransform()
        let isArray = transform.givesArray || mayBeArray && transform.result != .object
        for place in 0..<pick([1, 1, 1, 2, 3]) {
          // Further rows of a target give what the first one gives.
          let same = place == 0 ? transform : another(like: transform)
          table.append(
            FieldMapping(
              sources(of: same), to: target, type, array: isArray, same, "Any."))
        }
      }
      if Bool.random(using: &random) {
        table.append(FieldMapping([], to: "acme.a.*", .flattened, .unmapped, "Any."))
      }
      return table.shuffled(using: &random)
    }

    private mutating func anyTransform() -> (Transform, FieldType) {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: (.integer, .long)
      case 1: (.host(.port), .long)
      case 2: (.constants(["a", "b"]), .keyword)
      case 3: (.eventType(closed: ["end"]), .keyword)
      case 4: (.array, .keyword)
      case 5: (.object, .flattened)
      default: (pick(Self.texts), .keyword)
      }
    }

    private mutating func another(like transform: Transform) -> Transform {
      transform.result == .text ? pick(Self.texts) : transform
    }

    private mutating func sources(of transform: Transform) -> [CloudflareField] {
      if case .sentence = transform.kind { return [] }
      let count = pick(Array(transform.sourceCount).filter { $0 < 5 })
      return Array(Self.fields.shuffled(using: &random).prefix(count))
    }

    private mutating func pick<Element>(_ values: [Element]) -> Element {
      values.randomElement(using: &random)!
    }

    private static let parts: [Transform] =
      HostPart.allCases.filter { $0 != .port }.map { .host($0) }
    private static let plain: [Transform] = [
      .record, .constant("x"), .keyword, .keyword, .keyword, .prefixed("p."), .prefixed("\""),
      .timestamp(.microseconds), .timestamp(.shortest), .address,
      .referrer, .foldedAction, .outcome, .tlsName, .tlsVersion, .httpName, .httpVersion,
      .addressType, .query, .fileExtension, .url, .pathAndQuery, .joined(by: "-"),
      .sourceCategory, .webReference, .problems, .kind("event", withProblems: "problem"),
    ]
    private static let texts = plain + parts + CountryPart.allCases.map { Transform.country($0) }

    /// Those with values of their own kind among the random events, one's own, and some others.
    private static let fields: [CloudflareField] = [
      .action, .clientASN, .clientCountry, .clientIP, .clientRequestHost, .clientRequestPath,
      .clientRequestProtocol, .clientRequestQuery, .clientRequestScheme, .clientSSLProtocol,
      .datetime, .edgeResponseStatus, .metadata, .contentScanObjResults, .ref, .source,
      .clientRefererHost, .rayID, .named("JA4"), .named("a.b"),
    ]
  }

  @Test("both paths make the same of random events, by random tables")
  func bothPaths() throws {
    var tables = Tables(random: SplitMix64(seed: 20_261_126))
    var events = RandomEvents(seed: 20_261_126)
    for round in 0..<RandomEvents.count(300) {
      let table = tables.next()
      let plan = Plan(table)
      var normalizer = EventNormalizer(plan)
      var sink = DocumentSink(plan, action: [])
      // More than once, so that what a step and a host learn is used.
      for record in [0, 1, 1, 0].map({ _ in events.next() }) {
        sink.output.removeAll()
        var reader = InputReader(.auto, limit: 1 << 20)
        let line = Array((record + "\n" + record + "\n").utf8)
        reader.feed(line.span, to: &sink)
        reader.finish(to: &sink)
        let documents = sink.output.array.split(separator: UInt8.lineFeed)
        let typed = normalizer.normalize(try FirewallEvent(json: record)).document.json
        #expect(documents.count == 2, "round \(round): \(record)")
        for document in documents where !document.elementsEqual(typed.utf8) {
          let rows = table.map { "\($0.target) \($0.transform.name) \($0.isArray)" }
          Issue.record(
            """
            round \(round): \(record)
            \(String(decoding: document, as: UTF8.self))
            \(typed)
            \(rows.joined(separator: "\n"))
            """)
          return
        }
      }
    }
  }
}
