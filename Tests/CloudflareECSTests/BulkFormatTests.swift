import TestSupport
import Testing

@testable import CloudflareECS

/// What the bulk format leaves out or adds, so that an index accepts every document.
@Suite struct BulkFormatTests {
  private func convert(
    _ records: String, _ normalizer: any Normalizer = ElasticNormalizer(),
    identifiers: Bool = false, undated: Timestamp? = Timestamp(seconds: 1_764_374_400),
    detector: Detector? = nil
  ) -> Conversion {
    var options = NDJSONConverter.Options()
    options.format = .bulk(identifiers: identifiers, undated: undated)
    return Conversion(records, normalizer, options: options, detector: detector)
  }

  /// The actions and the documents.
  private func pairs(_ conversion: Conversion) throws -> [(action: String, event: ECSEvent)] {
    let lines = conversion.documents
    return try stride(from: 0, to: lines.count, by: 2).map {
      (lines[$0], try ECSEvent(json: lines[$0 + 1]))
    }
  }

  // MARK: Time

  @Test("a document for a data stream gets the time that it lacks, and that is counted")
  func undated() throws {
    let records =
      #"{"Action":"log"}"# + "\n" + #"{"Action":"log","Datetime":0}"# + "\n"
      + #"{"Action":"log","Datetime":"soon"}"#
    let conversion = convert(records)
    #expect(
      try pairs(conversion).map(\.event.timestamp) == [
        "2025-11-29T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "2025-11-29T00:00:00.000Z",
      ])
    #expect(
      conversion.counts.issues == [
        .missingDatetime: 1, .unreadableDatetime: 1, .noTimestamp: 2,
      ])
    // The document tells what is amiss with the event, and nothing of the index.
    let first = try pairs(conversion)[0].event
    #expect(first.error.message == "Datetime: is missing")
  }

  @Test("no time is added for plain indices, without one to add, and in other formats")
  func notUndated() throws {
    let record = #"{"Action":"log"}"#
    for conversion in [convert(record, SekoiaNormalizer()), convert(record, undated: nil)] {
      #expect(try pairs(conversion)[0].event.timestamp == nil)
      #expect(conversion.counts.issues == [.missingDatetime: 1])
    }
    #expect(!Conversion(record, ElasticNormalizer()).text.contains("@timestamp"))
  }

  @Test("a table of one's own for a data stream gets a time, with a row for it or without")
  func ownTables() throws {
    let stream: [FieldMapping] = [
      .constant("logs", to: "data_stream.type", "Type."),
      .constant("waf", to: "data_stream.dataset", "Dataset."),
    ]
    let when = FieldMapping(.named("When"), to: "@timestamp", .date, .keyword, "When.")
    let record = #"{"Action":"log","When":"2026-11-28T10:00:00Z"}"#
    let with = convert(record + "\n" + #"{"Action":"log"}"#, try MappingTable([when] + stream))
    #expect(
      try pairs(with).map(\.event.timestamp) == [
        "2026-11-28T10:00:00Z", "2025-11-29T00:00:00.000Z",
      ])
    #expect(with.counts.issues == [.noTimestamp: 1])
    let without = convert(record, try MappingTable(stream))
    #expect(try pairs(without)[0].event.timestamp == "2025-11-29T00:00:00.000Z")
  }

  // MARK: Objects that are one field

  private static let path = "cloudflare.metadata.a."

  @Test(
    "a value that is too long with its path is left out, exactly from the limit on",
    arguments: [(-1, false), (0, false), (1, true)])
  func longValues(excess: Int, isLeftOut: Bool) throws {
    let length = 32_766 - "\(Self.path)b=".utf8.count + excess
    for value in [String(repeating: "x", count: length), String(repeating: "\\n", count: length)] {
      let record = #"{"Action":"log","Datetime":0,"Metadata":{"a":{"b":["\#(value)"]},"c":1}}"#
      let conversion = convert(record, SekoiaNormalizer())
      let metadata = try pairs(conversion)[0].event.cloudflare["metadata"]?.object
      #expect(metadata?.names == (isLeftOut ? ["c"] : ["a", "c"]))
      #expect(conversion.counts.issues == (isLeftOut ? [.notIndexable: 1] : [:]))
      // The raw record has it all the same.
      #expect(try pairs(conversion)[0].event.message == record)
    }
  }

  @Test("a name with a NUL is left out with its member, and an object without members too")
  func names() throws {
    let records = [
      #"{"Action":"log","Datetime":0,"Metadata":{"a":[{"x\u0000y":1}],"b":2}}"#,
      #"{"Action":"log","Datetime":0,"Metadata":{"\u0000":1}}"#,
      #"{"Action":"log","Datetime":0,"Metadata":{"a":"\u0000","b\\u0000":1}}"#,
      #"{"Action":"log","MatchIndex":0,"Datetime":0,"Bot\u0000Score":1,"BotScore":2,"Tag":{"\u0000":1}}"#,
    ]
    let conversion = convert(records.joined(separator: "\n"), SekoiaNormalizer())
    let trees = try pairs(conversion).map(\.event.cloudflare)
    #expect(trees[0]["metadata"]?.json == #"{"b":2}"#)
    #expect(trees[1]["metadata"] == nil)
    #expect(trees[2]["metadata"]?.json == #"{"a":"\u0000","b\\u0000":1}"#)
    #expect(trees[3]["unmapped"]?.json == #"{"BotScore":2}"#)
    #expect(conversion.counts.issues == [.notIndexable: 3])
    // Elsewhere everything is kept.
    #expect(Conversion(records[1]).text.contains(#""metadata":{"\u0000":1}"#))
  }

  @Test("names count with their values, numbers by their digits")
  func longNames() throws {
    let long = String(repeating: "n", count: 32_700)
    let digits = String(repeating: "7", count: 33_000)
    let record =
      #"{"Action":"log","MatchIndex":0,"Datetime":0,"a":{"\#(long)":{"bbbbbbbbbb":"cccccccccccccccccccc"}},"#
      + #""b":{"\#(long)":null},"c":\#(digits),"\#(long)":{},"d":true}"#
    let conversion = convert(record, ElasticNormalizer())
    let tree = try pairs(conversion)[0].event.cloudflareLogpush
    #expect(tree[path: ["firewall_event", "unmapped"]]?.object?.names == ["b", "d"])
    #expect(conversion.counts.issues == [.notIndexable: 1])
  }

  @Test("a number that is a member counts exactly", arguments: [(0, false), (1, true)])
  func longNumbers(excess: Int, isLeftOut: Bool) throws {
    let path = "cloudflare.unmapped.a"
    let digits = String(repeating: "7", count: 32_766 - "\(path)=".utf8.count + excess)
    let record = #"{"Action":"log","MatchIndex":0,"Datetime":0,"a":\#(digits)}"#
    let tree = try pairs(convert(record, SekoiaNormalizer()))[0].event.cloudflare
    #expect(tree["unmapped"]?.object?.names == (isLeftOut ? nil : ["a"]))
  }

  @Test("without the original, what could not be converted is kept, unless an index refuses it")
  func unconverted() throws {
    var options = NDJSONConverter.Options()
    options.format = .bulk()
    options.keepsOriginal = false
    let long = String(repeating: "x", count: 40_000)
    let record =
      #"{"Action":"log","Datetime":0,"ClientASN":"x","MatchIndex":"\#(long)","EdgeResponseStatus":{"a":1}}"#
    let conversion = Conversion(record, options: options)
    let tree = try pairs(conversion)[0].event.cloudflare
    #expect(tree["unmapped"]?.json == #"{"ClientASN":"x","EdgeResponseStatus":{"a":1}}"#)
    #expect(conversion.counts.issues == [.wrongType: 3, .notIndexable: 1])
  }

  // MARK: Identifiers

  @Test("an identifier is event.id; who has none has no _id, and one that is too long is left out")
  func identifiers() throws {
    let ray = String(repeating: "é", count: 254)
    let records = [
      #"{"Action":"log","Datetime":0,"RayID":"7299f155dda47d6b","RuleID":"a\"b","MatchIndex":0}"#,
      #"{"Action":"log","Datetime":0,"RuleID":"1"}"#,
      #"{"Action":"log","Datetime":0,"RayID":"\#(ray)","MatchIndex":12}"#,
      #"{"Action":"log","Datetime":0,"RayID":"\#(ray)","MatchIndex":1234}"#,
    ]
    let conversion = convert(records.joined(separator: "\n"), identifiers: true)
    #expect(
      try pairs(conversion).map(\.action) == [
        #"{"create":{"_id":"7299f155dda47d6b-a\"b-0"}}"#, #"{"create":{}}"#,
        #"{"create":{"_id":"\#(ray)-12"}}"#, #"{"create":{}}"#,
      ])
    #expect(conversion.counts.issues == [.identifierTooLong: 1])
    #expect(try pairs(convert(records[0])).map(\.action) == [#"{"create":{}}"#])
  }

  @Test("an identifier of a field that is copied as it is, with an index")
  func verbatimIdentifiers() throws {
    var options = NDJSONConverter.Options()
    options.format = .bulk(index: "waf", identifiers: true)
    let table = try MappingTable([
      FieldMapping(.rayID, to: "event.id", .keyword, .keyword, "Identifier.")
    ])
    let records = #"{"Action":"log","RayID":"a"}"# + "\n" + #"{"Action":"log","RayID":7}"#
    #expect(
      Conversion(records, table, options: options).documents == [
        #"{"create":{"_index":"waf","_id":"a"}}"#, #"{"event":{"id":"a"}}"#,
        #"{"create":{"_index":"waf","_id":"7"}}"#, #"{"event":{"id":"7"}}"#,
      ])
  }

  // MARK: Alerts

  @Test(
    "alerts have the rule in their identifier, and the time of the run where the event has none")
  func alerts() throws {
    let records =
      #"{"Action":"block","RayID":"a"}"# + "\n" + #"{"Action":"log","RayID":"b"}"# + "\n"
      + #"{"Action":"drop","Datetime":0,"RayID":"\#(String(repeating: "c", count: 490))"}"#
    let conversion = convert(records, identifiers: true, detector: Detector())
    let alerts = try pairs(conversion)
    #expect(
      alerts.map(\.action) == [
        #"{"create":{"_id":"a-cloudflare-firewall-block"}}"#, #"{"create":{}}"#,
      ])
    #expect(
      alerts.map(\.event.timestamp) == ["2025-11-29T00:00:00.000Z", "1970-01-01T00:00:00.000Z"])
    #expect(alerts[0].event.event.kind == "alert")
    #expect(conversion.counts.issues == [.noTimestamp: 1, .identifierTooLong: 1])
    #expect(conversion.counts.evaluated == 3 && conversion.counts.documents == 0)
  }

  @Test("the time of the run does not decide whether an indicator is valid")
  func validity() throws {
    var indicator = Indicator(kind: .domain, value: "example.com")
    indicator.validUntil = Timestamp(seconds: 0)
    var indicators = IndicatorSet()
    indicators.add(indicator)
    let detector = Detector(indicators: indicators)
    let record = #"{"Action":"log","ClientRequestHost":"example.com"}"#
    #expect(convert(record, detector: detector).counts.alerts == 1)
    #expect(Conversion(record, detector: detector).counts.alerts == 1)
  }
}
