import CloudflareECS
import TestSupport
import Testing

/// Profiles as a user writes them: a table each, and nothing else.
@Suite struct NormalizerTests {
  /// Three rows, one of them for a field of one's own.
  struct BriefNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields = [
      FieldMapping(
        .datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened.",
        example: #"{"Datetime":1657630626}"#, gives: #""2022-07-12T12:57:06.000Z""#),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
      FieldMapping(
        .named("BotScore"), to: "acme.bot.score", .long, .integer, "How human the visitor is.",
        example: #"{"Action":"log","BotScore":7}"#, gives: "7"),
    ]
  }

  /// The same, and a place for all the rest; properties, vendor trees and own targets mixed.
  struct Wide: Normalizer {
    let table = try! MappingTable(Self.fields)
    let name = "wide-open"
    static let fields =
      BriefNormalizer.fields + [
        FieldMapping([], to: "acme.raw", .keyword, .record, "The record."),
        FieldMapping([], to: "acme.rest.*", .flattened, .unmapped, "All other members."),
        FieldMapping(.action, to: "acme.bot.action", .keyword, .foldedAction, "What was done."),
        FieldMapping(.named("Tags"), to: "tags", .keyword, array: true, .array, "Tags."),
        FieldMapping(
          .named("Host2"), to: "related.hosts", .keyword, array: true, .keyword, "Hosts."),
        FieldMapping(
          .clientRequestHost, to: "related.hosts", .keyword, array: true, .host(.name), "Hosts."),
        FieldMapping(.rayID, to: "source.acme.ray", .keyword, .keyword, "Ray, inside a group."),
        FieldMapping(.edgeColoCode, to: "cloudflare.edge.colo", .keyword, .keyword, "Colo."),
        FieldMapping(
          .clientASN, to: "source.as.number", .keyword, .prefixed("AS"), "ASN of another type."),
        .constant("x", to: "labels.fixed", "A constant of one's own."),
        FieldMapping(.metadata, to: "acme.meta", .flattened, .object, "Metadata."),
      ]
  }

  private let record =
    #"{"Action":"managed_challenge","ClientIP":"203.0.113.28","Datetime":"2022-07-12T12:57:06Z","#
    + #""BotScore":7,"Zeta":[1.50],"ClientRequestHost":"www.example.com:8443","Host2":"b.example","#
    + #""Tags":["b","a"],"RayID":"00","EdgeColoCode":"CDG","ClientASN":64500,"Alpha":{"k":1},"#
    + #""metadata":[{"key":"m","value":"1"}]}"#

  private func both(_ profile: any Normalizer, _ record: String) throws -> String {
    let typed = profile.normalize(try FirewallEvent(json: record)).document.json
    let bytes = Conversion(record, profile)
    #expect(bytes.text.utf8.elementsEqual((typed + "\n").utf8))
    return typed
  }

  @Test("the name is the type's, or the one that is given")
  func names() {
    #expect(BriefNormalizer().name == "brief")
    #expect(Wide().name == "wide-open")
  }

  @Test("three rows give three fields, and members without a row are left out")
  func brief() throws {
    #expect(
      try both(BriefNormalizer(), record)
        == #"{"@timestamp":"2022-07-12T12:57:06.000Z","source":{"ip":"203.0.113.28"},"#
        + #""acme":{"bot":{"score":7}}}"#)
    #expect(try both(BriefNormalizer(), #"{"Action":"x"}"#) == "{}")
  }

  @Test("a target without a property is in the other tree of the typed document")
  func otherTree() throws {
    let document = BriefNormalizer().normalize(try FirewallEvent(json: record)).document
    #expect(document.other == ["acme": ["bot": ["score": 7]]])
    #expect(document.source.ip == "203.0.113.28")
    #expect(try ECSEvent(json: document.json) == document)
  }

  @Test("problems of one's own fields are reported under their names")
  func issues() throws {
    let bad = #"{"Action":"x","BotScore":1.5,"ClientIP":"here"}"#
    let issues = BriefNormalizer().normalize(try FirewallEvent(json: bad)).issues
    #expect(
      issues.map { "\($0.code) \($0.field) \($0.offset ?? -1)" }.sorted() == [
        "invalid_address ClientIP -1", "missing_datetime Datetime -1", "wrong_type BotScore -1",
      ])
    #expect(
      Conversion(bad, BriefNormalizer()).counts.issues == [
        .invalidAddress: 1, .missingDatetime: 1, .wrongType: 1,
      ])
  }

  @Test("a table with all kinds of targets gives the same bytes on both paths")
  func wide() throws {
    let text = try both(Wide(), record)
    let raw = JSONValue.string(record).json
    #expect(
      try JSONValue(json: text).sortedJSON
        == JSONValue(
          json: #"""
            {"@timestamp":"2022-07-12T12:57:06.000Z",
            "source":{"ip":"203.0.113.28","acme":{"ray":"00"},"as":{"number":"AS64500"}},
            "related":{"hosts":["b.example","www.example.com"]},
            "cloudflare":{"edge":{"colo":"CDG"}},"labels":{"fixed":"x"},"tags":["b","a"],
            "acme":{"bot":{"score":7,"action":"managedchallenge"},"raw":\#(raw),
            "rest":{"Zeta":[1.50],"Alpha":{"k":1}},"meta":{"m":"1"}}}
            """#
        ).sortedJSON)
  }

  @Test("all fixtures give the same bytes on both paths of somebody's own tables")
  func fixtures() throws {
    for profile in [BriefNormalizer(), Wide()] as [any Normalizer] {
      for fixture in Fixture.all {
        let typed = profile.normalize(try FirewallEvent(json: fixture.record)).document.json + "\n"
        let bytes = Conversion(fixture.record, profile).text
        #expect(bytes.utf8.elementsEqual(typed.utf8), "\(profile.name) \(fixture.name)")
      }
    }
  }

  @Test("the sample gives the same bytes on both paths of every table")
  func sample() throws {
    let profiles: [any Normalizer] =
      Profile.all.map(\.normalizer) + [BriefNormalizer(), Wide()]
    let lines = try SampleFile.lines()
    for profile in profiles {
      var typed = ""
      for line in lines {
        typed += profile.normalize(try FirewallEvent(json: line)).document.json + "\n"
      }
      let bytes = Conversion(lines.flatMap { $0 + [UInt8(ascii: "\n")] }, profile).text
      #expect(bytes.utf8.elementsEqual(typed.utf8), "\(profile.name)")
    }
  }

  @Test("a document says each of its problems, with a semicolon between two")
  func problems() throws {
    let event = try FirewallEvent(
      json: #"{"Action":"block","ClientIP":"nowhere","Datetime":"2023-02-29"}"#)
    #expect(
      ElasticNormalizer().normalize(event).document.error.message
        == "Datetime: is no date and time of a known form; "
        + "ClientIP: is neither an IPv4 nor an IPv6 address")
  }
}
