import TestSupport
import Testing

@testable import CloudflareECS

/// Tables of random rows: every transform at every place, alone, as one of several, in arrays.
@Suite struct RandomTablesTests {
  /// What a path makes of a record: the document and the issues.
  private struct Outcome: Equatable {
    var document: String
    var issues: [NormalizationIssue.Code: Int]
  }

  /// The outcomes of a record that comes several times: first by the rows, then by what steps and hosts
  /// have learnt, where the text goes on long enough for it, and at its end by the rows again.
  private static func bytes(_ record: String, _ receiver: inout ParserAndSink<DocumentSink>)
    -> [Outcome]
  {
    var lines = InputReader(.ndjson, limit: 1 << 20)
    var outcomes: [Outcome] = []
    let text = Array(String(repeating: record + "\n", count: 8).utf8)
    receiver.sink.output.removeAll()
    receiver.sink.counts = ConversionCounts()
    lines.feed(text.span, to: &receiver)
    lines.finish(to: &receiver)
    // What is no eighth of a count shows.
    let issues = receiver.sink.counts.issues.mapValues { $0 % 8 == 0 ? $0 / 8 : -$0 }
    for document in receiver.sink.output.array.split(separator: UInt8.lineFeed) {
      outcomes.append(
        Outcome(document: String(decoding: document, as: UTF8.self), issues: issues))
    }
    return outcomes
  }

  private static func values(
    _ record: String, _ normalizer: inout EventNormalizer
  ) throws -> [Outcome] {
    let event = normalizer.normalize(try FirewallEvent(json: record))
    let issues = event.issues.reduce(into: [:]) { $0[$1.code, default: 0] += 1 }
    return Array(repeating: Outcome(document: event.document.json, issues: issues), count: 8)
  }

  @Test("both paths make the same of random events, by random tables")
  func bothPaths() throws {
    var tables = RandomTables(seed: 20_261_126)
    var events = RandomEvents(seed: 20_261_126)
    for round in 0..<RandomEvents.count(300) {
      let table = tables.next()
      let mapping = try MappingTable(table)
      var normalizer = EventNormalizer(mapping.plan)
      var receiver = ParserAndSink(DocumentSink(mapping, format: .ndjson))
      let (one, other) = (events.next(), events.next())
      // Each in two places, so that what steps and hosts have learnt is used.
      for record in [one, other, other, one, one] {
        let bytes = Self.bytes(record, &receiver)
        let values = try Self.values(record, &normalizer)
        guard bytes == values else {
          let rows = table.map { "\($0.target) \($0.transform.name) \($0.isArray)" }
          Issue.record(
            """
            round \(round): \(record)
            \(bytes.first { $0 != values[0] } ?? values[0])
            \(values[0])
            \(rows.joined(separator: "\n"))
            """)
          return
        }
      }
    }
  }

  // What such tables have found.

  private func outcome(_ record: String, _ table: [FieldMapping]) throws -> Outcome {
    let mapping = try MappingTable(table)
    var normalizer = EventNormalizer(mapping.plan)
    var receiver = ParserAndSink(DocumentSink(mapping, format: .ndjson))
    let bytes = Self.bytes(record, &receiver)
    #expect(try Self.values(record, &normalizer) == bytes)
    return try #require(bytes.first)
  }

  @Test("a bad port is an issue also where no row asks for the port")
  func badPort() throws {
    let table = [FieldMapping(.clientRequestHost, to: "acme.h", .keyword, .host(.name), "Any.")]
    #expect(
      try outcome(#"{"ClientRequestHost":"www.example.com:99999"}"#, table)
        == Outcome(
          document: #"{"acme":{"h":"www.example.com"}}"#, issues: [.invalidPort: 1]))
  }

  @Test("a missing Datetime is an issue also where another row stands in")
  func missingDatetime() throws {
    let table = [
      FieldMapping(.datetime, to: "acme.t", .keyword, .timestamp(.shortest), "Any."),
      FieldMapping(.action, to: "acme.t", .keyword, .keyword, "Any."),
    ]
    #expect(
      try outcome(#"{"Action":"log"}"#, table)
        == Outcome(document: #"{"acme":{"t":"log"}}"#, issues: [.missingDatetime: 1]))
  }

  @Test("numbers are compared in an array of them")
  func numbers() throws {
    let table = [CloudflareField.clientASN, .edgeResponseStatus, .originResponseStatus].map {
      FieldMapping($0, to: "acme.n", .long, array: true, .integer, "Any.")
    }
    #expect(
      try outcome(
        #"{"ClientASN":64500,"EdgeResponseStatus":403,"OriginResponseStatus":403}"#, table)
        == Outcome(document: #"{"acme":{"n":[64500,403]}}"#, issues: [:]))
  }

  @Test(
    "an object in place of a group of ECS fields is where the group is",
    arguments: ["event.*", "event", "source.geo", "source.geo.*", "acme", "cloudflare", "threat"])
  func objectForGroup(target: String) throws {
    let record = #"{"Action":"block","ClientIP":"192.0.2.1","Metadata":{"a":"b"},"own":7}"#
    let table = try MappingTable([
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Address."),
      FieldMapping(.rayID, to: "labels.ray", .keyword, .keyword, "Ray."),
      FieldMapping(.action, to: "user_agents", .keyword, .keyword, "Action."),
      target.hasSuffix("*")
        ? FieldMapping([], to: target, .flattened, .unmapped, "Others.")
        : FieldMapping(.metadata, to: target, .flattened, .object, "Object."),
      FieldMapping(.action, to: "rule.category", .keyword, .keyword, "Action."),
    ])
    let document = table.normalize(try FirewallEvent(json: record)).document
    #expect(Conversion(record, table).text == document.json + "\n")
    #expect(document.json.contains(#""a":"b"}"#))
  }

  @Test("a target that reads problems is written once")
  func problems() throws {
    let table = [
      FieldMapping(.action, to: "acme.p", .keyword, .keyword, "Any."),
      FieldMapping([], to: "acme.p", .keyword, .problems, "Any."),
      FieldMapping(.clientIP, to: "acme.ip", .ip, .address, "Any."),
    ]
    #expect(
      try outcome(#"{"Action":"log","ClientIP":"here"}"#, table)
        == Outcome(document: #"{"acme":{"p":"log"}}"#, issues: [.invalidAddress: 1]))
  }
}
