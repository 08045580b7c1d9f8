import CloudflareECS
import Foundation
import TestSupport
import Testing

/// What is encoded is decoded as equal, in a form that other programs can read.
@Suite struct ConformanceTests {
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func expectRoundTrip<Value: Codable & Equatable>(_ value: Value) throws {
    #expect(try JSONDecoder().decode(Value.self, from: Data(try json(value).utf8)) == value)
  }

  @Test("names, moments and addresses are texts")
  func texts() throws {
    #expect(try json([FirewallEvent.Action("managed_challenge")]) == #"["managed_challenge"]"#)
    #expect(try json([FirewallEvent.Source("l7ddos")]) == #"["l7ddos"]"#)
    #expect(try json([FirewallEvent.IPClass.tor]) == #"["tor"]"#)
    #expect(try json([Timestamp("1657630626219")]) == #"["2022-07-12T12:57:06.219Z"]"#)
    #expect(try json([IPAddress("2001:DB8::0:1")]) == #"["2001:db8::1"]"#)
    try expectRoundTrip([FirewallEvent.Action.block, FirewallEvent.Action("x y")])
    try expectRoundTrip([Timestamp("0001-01-01T00:00:00.000000001Z")])
    try expectRoundTrip([IPAddress("192.0.2.1"), IPAddress("::ffff:192.0.2.1")])
    for text in [#"["never"]"#, "[7]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([Timestamp].self, from: Data(text.utf8))
      }
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([IPAddress].self, from: Data(text.utf8))
      }
    }
  }

  @Test("counts are an object, with names by themselves")
  func counts() throws {
    let stream = "{\"Action\":\"log\",\"Own\":1,\"ClientASN\":\"x\"}\noops\n"
    let counts = Conversion(stream).counts
    try expectRoundTrip(counts)
    let text = try json(counts)
    #expect(text.contains(#""issues":{"missing_datetime":1,"wrong_type":1}"#))
    #expect(text.contains(#""unknownFields":{"Own":1}"#) && text.contains(#""rejected":1"#))
  }

  @Test("rejections and issues")
  func rejections() throws {
    let rejections = Conversion(Array("oops\n\u{0}".utf8) + [0xFF, 0xFE]).rejections
    #expect(rejections.count == 2)
    try expectRoundTrip(rejections)
    #expect(
      try json(rejections[0])
        == #"{"error":{"code":"not_json","description":"not JSON: unexpected character","offset":0},"line":1,"offset":0,"raw":"oops"}"#
    )
    #expect(try json(rejections[1]).contains(#""raw_base64":"AP/+""#))
    for length in 0..<7 {
      let raw = (0..<length).map { UInt8(0xFF - $0) }
      let error = NormalizationError(.notJSON, offset: 0, "not JSON")
      try expectRoundTrip(Rejection(error: error, line: 1, offset: 2, raw: raw))
    }
    for text in ["A", "AAA", "A===", "====", "AA=A", "A\u{e9}=="] {
      let rejection =
        #"{"error":{"code":"c","description":"d","offset":0},"line":1,"offset":0,"raw_base64":"\#(text)"}"#
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Rejection.self, from: Data(rejection.utf8))
      }
    }
    #expect(rejections[0].description == "line 1: not JSON: unexpected character")
    let issue = NormalizationIssue(.wrongType, field: "ClientASN", offset: 7)
    try expectRoundTrip(RecordIssue(issue, line: 2, offset: 30))
    #expect(
      try json(RecordIssue(issue, line: 2, offset: 30))
        == #"{"issue":{"code":"wrong_type","field":"ClientASN","offset":7},"line":2,"offset":30}"#)
  }

  @Test("rules, conditions, indicators and detections")
  func detection() throws {
    try expectRoundTrip(BuiltInRules.all)
    let pattern = try RegularExpression("a[b-d]+")
    try expectRoundTrip(
      DetectionRule.Condition.all([
        .any([.equals("url.path", "/a"), .matches("url.query", pattern)]),
        .not(.oneOf("url.domain", ["b"])), .isLess("EdgeResponseStatus", 300),
      ]))
    #expect(try json([pattern]) == #"[{"text":"a[b-d]+"}]"#)
    var indicator = Indicator(kind: .domain, value: "bad.example")
    indicator.validUntil = Timestamp(seconds: 0)
    try expectRoundTrip(indicator)
    let match = IndicatorSet.Match(indicator: indicator, field: "url.domain", atomic: "BAD.example")
    try expectRoundTrip(Detection(rule: BuiltInRules.all[0], indicators: [match]))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([RegularExpression].self, from: Data(#"[{"text":"("}]"#.utf8))
    }
  }

  @Test("the field sets of a document have ECS's names")
  func fieldSets() throws {
    let event = try FirewallEvent(
      json: #"{"Action":"block","ClientIP":"192.0.2.1","ClientCountry":"fr","ClientASN":64500}"#)
    let result = ElasticNormalizer().normalize(event)
    try expectRoundTrip(result.document.source)
    try expectRoundTrip(result.document.event)
    try expectRoundTrip(result.document.threat)
    try expectRoundTrip(result)
    let source = try json(result.document.source)
    #expect(
      source.contains(
        #""as":{"number":64500},"geo":{"country_iso_code":"FR","country_name":"France"},"ip":"192.0.2.1""#
      ))
    #expect(try json(ECSEvent.HTTP()) == "{}")
  }

  @Test("an event is decoded as from its JSON, whatever the names and the types of its values")
  func events() throws {
    let records = [
      #"{"Action":"block","ClientASN":64500,"Datetime":"2022-07-12T12:57:06Z","Own":[1,{"a":null}]}"#,
      #"{"action":"block","clientAsn":"64500","client_ip":"192.0.2.1","Datetime":1657630626}"#,
      #"{"Action":7,"ClientASN":"x","ClientIP":null,"Kind":true,"Ref":{"a":[]},"Description":1.5}"#,
      #"{"Metadata":[{"key":"a","value":"b"}],"Action":"","action":"log"}"#,
      #"{"Action":"block","ClientIP":"","clientIP":"192.0.2.1"}"#,
      #"{"AISecurityPIICategories":["a"],"Action":"log","MatchIndex":18446744073709551615}"#,
    ]
    for record in records {
      let decoded = try JSONDecoder().decode(FirewallEvent.self, from: Data(record.utf8))
      let read = try FirewallEvent(json: record)
      #expect(decoded.json.count == read.json.count && decoded.action == read.action)
      try expectRoundTrip(decoded)
      #expect(
        try JSONDecoder().decode(FirewallEvent.self, from: Data(try json(read).utf8)) == decoded)
    }
  }

  @Test("literals and descriptions")
  func descriptions() {
    let value: JSONValue = ["a": 2.5, "b": [0.1, -1e300, 3.0]]
    #expect(value.json == #"{"a":2.5,"b":[0.1,-1e+300,3.0]}"#)
    #expect("\(value)" == value.json)
    #expect(JSONNumber(.infinity) == nil && JSONNumber(.nan) == nil)
    #expect("\(CloudflareField.clientIP)" == "ClientIP")
    #expect("\(ECSEvent())" == "{}" && String(reflecting: FirewallEvent()) == "{}")
  }
}
