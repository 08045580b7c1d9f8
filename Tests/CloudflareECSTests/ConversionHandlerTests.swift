import CloudflareECS
import TestSupport
import Testing

/// What a program does with each record while it is converted.
@Suite struct ConversionHandlerTests {
  /// Adds what it was made with to each document, and keeps what it saw.
  private struct Handler: ConversionHandler {
    var values: [(String, JSONValue)] = []
    var dropped: FirewallEvent.Action?
    var seen: [String] = []
    var issues: [String] = []
    var rejections: [Int] = []

    mutating func edit(_ event: inout LentEvent) {
      seen.append("\(event.line) \(event.offset) \(event[.clientIP]?.json ?? "-")")
      for (target, value) in values { event.set(target, to: value) }
      if let dropped, event.string(.action).map(FirewallEvent.Action.init(_:)) == dropped {
        event.drop()
      }
    }

    mutating func report(_ issue: RecordIssue) {
      issues.append("\(issue) at \(issue.issue.offset ?? -1), record at \(issue.offset)")
    }

    mutating func reject(_ rejection: Rejection) { rejections.append(rejection.line) }
  }

  private static let added = [
    FieldMapping([], to: "host.name", .keyword, .provided, "The machine."),
    FieldMapping([], to: "source.geo.location", .geoPoint, .provided, "Where."),
    FieldMapping([], to: "source.geo.city_name", .keyword, .provided, "Where."),
    FieldMapping([], to: "tags", .keyword, array: true, .provided, "Tags."),
    FieldMapping([], to: "event.risk_score", .double, .provided, "How bad."),
    FieldMapping([], to: "event.severity", .long, .provided, "How bad."),
    FieldMapping([], to: "labels.is_own", .boolean, .provided, "Whose."),
    FieldMapping([], to: "labels.seen", .date, .provided, "When."),
    FieldMapping([], to: "labels.ips", .ip, array: true, .provided, "Addresses."),
    FieldMapping([], to: "labels.more", .flattened, .provided, "More."),
  ]

  private static func table(_ normalizer: any Normalizer = ElasticNormalizer()) -> MappingTable {
    try! MappingTable(normalizer.table.rows + added)
  }

  private func convert(
    _ stream: [UInt8], _ handler: inout Handler, table: MappingTable = Self.table(),
    chunk: Int = 1 << 20, options: NDJSONConverter.Options = NDJSONConverter.Options()
  ) -> (documents: [UInt8], counts: ConversionCounts) {
    var converter = NDJSONConverter(table, options: options)
    var documents: [UInt8] = []
    for start in stride(from: 0, to: stream.count, by: chunk) {
      let end = min(start + chunk, stream.count)
      converter.convert(
        stream.span.extracting(start..<end), into: &documents, with: &handler)
    }
    converter.finish(into: &documents, with: &handler)
    return (documents, converter.counts)
  }

  @Test("conditions cannot name what only the program knows")
  func conditions() throws {
    let table = Self.table()
    #expect {
      try EventFilter(["host.name=edge-1"], for: table)
    } throws: {
      "\($0)".hasSuffix("conditions do not see values that the program provides")
    }
    let rule = DetectionRule(
      id: "own", name: "Own", description: "", level: .low, effort: .elementary,
      condition: .equals("host.name", "edge-1"))
    let converter = NDJSONConverter(table, detector: Detector(rules: [rule]))
    #expect(converter.unusableRules.map(\.id) == ["own"])
    #expect(NDJSONConverter(table).unusableRules.isEmpty)
  }

  @Test("values of every type stand in their objects, among those of the table")
  func values() throws {
    var handler = Handler(values: [
      ("host.name", "edge-\"1\""), ("source.geo.location", ["lat": 48.2, "lon": -4.25]),
      ("source.geo.city_name", "Brest"), ("tags", ["a", "b"]), ("event.risk_score", 2.5),
      ("event.severity", 7), ("labels.is_own", true), ("labels.seen", "2026-01-02 03:04:05Z"),
      ("labels.ips", ["2001:DB8::0", "192.0.2.1"]), ("labels.more", ["x": [1]]),
    ])
    let record = #"{"Action":"block","ClientIP":"192.0.2.1","ClientCountry":"fr"}"#
    let result = convert(Array(record.utf8), &handler)
    let document = try #require(
      try JSONValue(json: String(decoding: result.documents, as: UTF8.self)).object)
    #expect(document["host"]?.json == #"{"name":"edge-\"1\""}"#)
    #expect(document["tags"]?.json == #"["a","b"]"#)
    #expect(
      document["source"]?.object?["geo"]?.json
        == #"{"country_iso_code":"FR","country_name":"France","location":{"lat":48.2,"lon":-4.25},"city_name":"Brest"}"#
    )
    #expect(document["event"]?.object?["risk_score"]?.json == "2.5")
    #expect(document["event"]?.object?["severity"]?.json == "7")
    #expect(
      document["labels"]?.json
        == #"{"is_own":true,"seen":"2026-01-02T03:04:05.000Z","ips":["2001:db8::","192.0.2.1"],"more":{"x":[1]}}"#
    )
    // Each object is there once.
    #expect(document.names.count == Set(document.names).count)
    #expect(result.counts.issues == [.missingDatetime: 1])
    #expect(handler.seen == ["1 0 \"192.0.2.1\""])
  }

  @Test(
    "without values the documents are those of the table without the rows",
    arguments: [1, 7, 1 << 20])
  func nothing(chunk: Int) throws {
    let sample = Array(try SampleFile.lines().joined(separator: [UInt8(ascii: "\n")]))
    for normalizer in [SekoiaNormalizer(), ElasticNormalizer()] as [any Normalizer] {
      var handler = Handler()
      let result = convert(
        sample, &handler, table: Self.table(normalizer), chunk: chunk == 1 ? 997 : chunk)
      let plain = Conversion(sample, normalizer)
      #expect(result.documents == plain.output)
      #expect(result.counts.documents == plain.counts.documents)
      #expect(handler.seen.count == 240)
    }
  }

  @Test("the same value in each document, whatever the form of the input and the chunks")
  func forms() throws {
    var options = NDJSONConverter.Options()
    options.input = .auto
    let records = ["block", "log"].map { #"{"Action":"\#($0)","ClientIP":"192.0.2.1"}"# }
    let streams = [
      records.joined(separator: "\n"), "{\"events\":[\(records.joined(separator: ","))]}",
      "Action,ClientIP\nblock,192.0.2.1\nlog,192.0.2.1\n",
      // Not canonical, and by GraphQL's names.
      records.map {
        $0.replacing("block", with: "bl\\u006fck").replacing("ClientIP", with: "clientIP")
      }
      .joined(separator: "\n"),
    ]
    for stream in streams {
      for chunk in [1, 11, 1 << 20] {
        var handler = Handler(values: [("host.name", "edge")], dropped: .log)
        let result = convert(Array(stream.utf8), &handler, chunk: chunk, options: options)
        let text = String(decoding: result.documents, as: UTF8.self)
        #expect(text.contains(#""action":"block""#) && text.contains(#""host":{"name":"edge"}"#))
        #expect(result.counts.documents == 1 && result.counts.filtered == 1)
        #expect(result.counts.accepted == 2)
        #expect(
          handler.seen.allSatisfy { $0.hasSuffix("\"192.0.2.1\"") } && handler.seen.count == 2)
      }
    }
  }

  @Test("members without a field, and with a row of the table's own, are seen too")
  func otherMembers() throws {
    struct Looker: ConversionHandler {
      var found: [String?] = []
      mutating func edit(_ event: inout LentEvent) {
        for name in ["Own", "Second", "Other", "Absent", "Empty"] {
          found.append(event[.named(name)]?.json)
        }
        found.append(event.string(.named("Own")))
        found.append(
          event.withJSON(of: .clientASN) {
            String(decoding: $0.count.description.utf8, as: UTF8.self)
          })
        found.append(event.string(.clientASN))
      }
      mutating func reject(_ rejection: Rejection) {}
    }
    let table = try MappingTable([
      FieldMapping(.named("Own"), to: "labels.own", .keyword, .keyword, "Own."),
      FieldMapping(.named("Second"), to: "labels.second", .long, .integer, "Second."),
    ])
    var looker = Looker()
    var converter = NDJSONConverter(table)
    var documents: [UInt8] = []
    let line =
      "\n  "
      + #"{"Other":{"a":1},"Action":"log","Own":"o\"","Second":2,"Empty":"","ClientASN":64500}"#
    converter.convert(Array(line.utf8).span, into: &documents, with: &looker)
    converter.finish(into: &documents, with: &looker)
    #expect(looker.found == [#""o\"""#, "2", #"{"a":1}"#, nil, nil, "o\"", "5", nil])
  }

  @Test("a value of another type, and a target without a row, are issues")
  func faults() {
    let wrong: [(String, JSONValue)] = [
      ("host.name", 7), ("source.geo.location", ["lat": 91, "lon": 0]),
      ("source.geo.location", "48,4"), ("tags", ["a", 1]), ("event.risk_score", "2"),
      ("event.severity", 2.5), ("labels.is_own", "true"), ("labels.seen", "yesterday"),
      ("labels.ips", ["192.0.2.1", "x"]), ("labels.more", []), ("host.nam", "edge"),
      ("user_agent.original", "x"),
    ]
    var handler = Handler(values: wrong + [("host.name", nil)])
    let result = convert(Array(#"{"Action":"log","Datetime":1}"#.utf8), &handler)
    #expect(result.counts.issues == [.wrongType: 10, .unknownTarget: 2])
    #expect(handler.issues.count == 12)
    #expect(
      handler.issues[0] == "line 1: host.name: has a value of the wrong type at -1, record at 0")
    let text = String(decoding: result.documents, as: UTF8.self)
    for name in ["host", "location", "tags", "risk_score", "severity", "labels"] {
      #expect(!text.contains(#""\#(name)":"#))
    }
  }

  @Test("an event that is dropped has no issues")
  func issuesOfDropped() {
    var handler = Handler(values: [("host.name", 7)], dropped: .log)
    let result = convert(Array(#"{"Action":"log","Datetime":1}"#.utf8), &handler)
    #expect(result.counts.filtered == 1 && result.counts.issues.isEmpty)
    #expect(handler.seen.count == 1 && handler.issues.isEmpty)
  }

  @Test("issues and rejections are handed out, each with the place of its record")
  func places() {
    let lines = [
      #"{"Action":"block","Datetime":1,"ClientASN":"x"}"#, "oops", "",
      #"{"Action":"b\ud800","Datetime":1,"ClientIP":"192.0.2.999"}"#,
    ]
    for chunk in [1, 5, 1 << 20] {
      var handler = Handler()
      let stream = Array(lines.joined(separator: "\n").utf8)
      let result = convert(stream, &handler, chunk: chunk)
      #expect(
        handler.issues == [
          "line 1: ClientASN: has a value of the wrong type at 43, record at 0",
          "line 4: Action: has a surrogate without its other half at 10, record at 54",
          "line 4: ClientIP: is neither an IPv4 nor an IPv6 address at 44, record at 54",
        ])
      #expect(handler.rejections == [2])
      #expect(result.counts.rejected == 1 && result.counts.forgotten == 0)
    }
  }

  // MARK: Documents and alerts

  @Test("documents and alerts of one pass are those of two", arguments: [997, 1 << 20])
  func both(chunk: Int) throws {
    let sample = Array(try SampleFile.lines().joined(separator: [UInt8(ascii: "\n")]))
    let detector = Detector()
    var plain = NDJSONConverter.Options()
    plain.keepsOriginal = false
    var bulk = NDJSONConverter.Options()
    bulk.format = .bulk(index: "waf", identifiers: true, undated: Timestamp(seconds: 0))
    let selected = try ElasticNormalizer().table.selecting(["source.ip", "event.action"])
    let cases: [(any Normalizer, NDJSONConverter.Options)] = [
      (SekoiaNormalizer(), plain), (ElasticNormalizer(), bulk), (selected, plain), (selected, bulk),
    ]
    for (normalizer, options) in cases {
      var converter = NDJSONConverter(normalizer, detector: detector, options: options)
      var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
      for start in stride(from: 0, to: sample.count, by: chunk) {
        let end = min(start + chunk, sample.count)
        converter.convert(
          sample.span.extracting(start..<end), into: &documents, alerts: &alerts)
      }
      converter.finish(into: &documents, alerts: &alerts)
      let documentsAlone = Conversion(sample, normalizer, options: options)
      #expect(documents == documentsAlone.output)
      let alone = Conversion(sample, normalizer, options: options, detector: detector)
      #expect(alerts == alone.output && !alerts.isEmpty)
      #expect(converter.counts.documents == 240 && converter.counts.evaluated == 240)
      #expect(converter.counts.alerts == alone.counts.alerts)
      #expect(converter.counts.issues[.noTimestamp] == documentsAlone.counts.issues[.noTimestamp])
    }
  }

  @Test("alerts have what the handler added, and dropped events none")
  func alerts() throws {
    let record = #"{"Action":"block","ClientIP":"192.0.2.1","ClientRequestPath":"/.env"}"#
    let stream = Array("\(record)\n\(record.replacing("block", with: "drop"))\n".utf8)
    var handler = Handler(values: [("host.name", "edge")], dropped: .drop)
    var converter = NDJSONConverter(Self.table(), detector: Detector())
    var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
    converter.convert(stream.span, into: &documents, alerts: &alerts, with: &handler)
    converter.finish(into: &documents, alerts: &alerts, with: &handler)
    let lines = alerts.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(converter.counts.documents == 1 && converter.counts.filtered == 1)
    #expect(converter.counts.alerts == lines.count && !lines.isEmpty)
    #expect(lines.allSatisfy { $0.contains(#""host":{"name":"edge"}"#) })
    // Without an output for alerts they stand in the place of the documents.
    documents = []
    converter.convert(stream.span, into: &documents, with: &handler)
    #expect(documents == alerts)
  }
}
