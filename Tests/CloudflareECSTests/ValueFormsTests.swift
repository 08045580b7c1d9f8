import CloudflareECS
import Testing

/// The forms in which a value may come, and what becomes of each, by every way in.
@Suite struct ValueFormsTests {
  // MARK: Integers

  /// Integers as programs write them, and the same as plain digits.
  private static let integers = [
    ("64500", "64500"), (#""64500""#, "64500"), (#""0064500""#, "64500"), ("64500.0", "64500"),
    (#""64500.000""#, "64500"), (#""0064500.0""#, "64500"), ("6.45e4", "64500"),
    ("6.45E+4", "64500"), (#""6.45e+04""#, "64500"), ("645e2", "64500"), ("64500000e-3", "64500"),
    ("64500.00e-0", "64500"), ("0.000645e8", "64500"), ("1.65e+18", "1650000000000000000"),
    ("0.0", "0"), ("-0", "0"), ("-0.0", "0"), ("0e999999999", "0"), ("0.00e-999999999", "0"),
    (#""0E5""#, "0"), ("-5", "-5"), ("-5.0", "-5"), ("-5e0", "-5"), ("-50e-1", "-5"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775807.0", "9223372036854775807"),
    ("9.223372036854775807e18", "9223372036854775807"),
    ("92233720368547758070e-1", "9223372036854775807"),
    ("9223372036854775807000000000000000000000e-21", "9223372036854775807"),
    ("-9223372036854775808.000", "-9223372036854775808"),
    ("-0.000009223372036854775808e24", "-9223372036854775808"),
  ]
  private static let tooLarge = [
    "9223372036854775808", "9223372036854775808.0", "9.223372036854775808e18",
    "-9223372036854775809.0", "1e19", "-1e19", "1e22", "1e23", "1e24", "1e25", "1e400",
    "1e999999999", "1.5e999999999", "1e99999999999999999999999999999999", #""1e400""#,
    #""123456789012345678901234567890.0""#, "0.0001e9999999999999999999",
  ]
  private static let noIntegers = [
    "1.5", "1e-1", "15e-1", "-1.5", "10.01", "1e-999999999", "1e-99999999999999999999999999999",
    "12345678901234567890.5", "1.23456789012345678901e19", #""1.5""#, #""5.""#, #"".5""#, #""1e""#,
    #""1e+""#, #""1e-""#, #""e5""#, #""1.e5""#, #""1e5.0""#, #""1e5e1""#, #"" 5.0""#, #""5.0 ""#,
    #""0x10""#, #""1,000""#, #""1_000.0""#, #""NaN""#, #""infinity""#, #""٣.0""#, #""5.0\n""#,
    "true", "[5]", #"{"a":5}"#,
  ]
  /// A string has no sign. (In a row there are no strings: `-5` is a number there.)
  private static let signed = [#""-5""#, #""-5.0""#, #""+5""#, #""+5e0""#, #""-0.0""#, #""--5""#]

  private static let integerFields:
    [(field: CloudflareField, property: KeyPath<FirewallEvent, Int64?> & Sendable, target: String)] =
      [
        (.clientASN, \.clientASN, "source.as.number"),
        (.edgeResponseStatus, \.edgeResponseStatus, "http.response.status_code"),
        (.clientSrcPort, \.clientSrcPort, "source.port"),
        (.clientRequestBytes, \.clientRequestBytes, "http.request.bytes"),
      ]

  @Test("an integer is one in every form, whatever its exponent", arguments: Profile.all)
  func integers(profile: Profile) throws {
    for (field, property, target) in Self.integerFields {
      let results = try ValueDoors(field, Self.integers.map(\.0), profile).results()
      for (result, (value, digits)) in zip(results, Self.integers) {
        #expect(result[target]?.json == digits && result.issues.isEmpty, "\(value)")
        #expect(result.event[keyPath: property] == Int64(digits), "\(value)")
      }
    }
  }

  @Test("a number beyond 64 bits, and what is no integer, is an issue", arguments: Profile.all)
  func noIntegers(profile: Profile) throws {
    for (values, code, hasRow) in [
      (Self.tooLarge, NormalizationIssue.Code.outOfRange, true),
      (Self.noIntegers, .wrongType, true),
      (Self.signed, .wrongType, false),
    ] {
      for (field, property, target) in Self.integerFields {
        for result in try ValueDoors(field, values, profile).results(hasRow: hasRow) {
          #expect(result[target] == nil && result.issues == [code], "\(result.value)")
          #expect(result.event[keyPath: property] == nil, "\(result.value)")
        }
      }
    }
  }

  @Test("vendor fields, templates and joined texts read the same integers")
  func integersElsewhere() throws {
    for (profile, target) in zip(
      Profile.all, ["cloudflare.matchIndex", "cloudflare_logpush.firewall_event.match_index"])
    {
      let results = try ValueDoors(.matchIndex, ["2.0", "2.5"], profile).results()
      #expect(results.map { $0[target] } == [2, nil])
      #expect(results.map(\.issues) == [[], [.wrongType]])
    }
    let event = try FirewallEvent(
      json: #"{"Action":"block","ClientASN":"6.45e4","ClientIP":"192.0.2.1","MatchIndex":1e0,"#
        + #""EdgeResponseStatus":403.0,"RayID":"00","ContentScanObjSizes":[512.0,"7",1e3]}"#)
    let document = ElasticNormalizer().normalize(event).document
    #expect(document.message == "192.0.2.1 (AS64500) → block (403)")
    #expect(document.event.id == "00-1")
    #expect(event.contentScanObjSizes == [512, 7, 1_000])
  }

  // MARK: Arrays

  private static let arrayFields = CloudflareField.all.filter {
    $0.kind == .strings || $0.kind == .integers
  }

  @Test("an array that holds an array or an object is of the wrong type", arguments: Profile.all)
  func nestedArrays(profile: Profile) throws {
    let values = [
      "[[]]", "[{}]", #"["a",["b"]]"#, #"[{"a":1},"b"]"#, "[ 1, [ 2 ] ]", #"["\"]",{}]"#,
      #"[null,{"a":[]}]"#, #"["\u0061",[1]]"#, #"["\\",["\\"]]"#,
    ]
    for field in Self.arrayFields {
      let target = try target(field, profile)
      for result in try ValueDoors(field, values, profile).results() {
        #expect(result.issues == [.wrongType] && result[target] == nil, "\(result.value)")
      }
    }
  }

  @Test("any other array stays as it is", arguments: Profile.all)
  func flatArrays(profile: Profile) throws {
    let values = [
      "[1]", #"["[{",null,true,1.50,"}]"]"#, #"["\"[","\\"]"#, #"["[]"]"#, #"["a","b"]"#,
      "[12345678901234567890]",
    ]
    for field in Self.arrayFields {
      let target = try target(field, profile)
      for result in try ValueDoors(field, values, profile).results() {
        #expect(result.issues.isEmpty && result[target]?.json == result.value)
      }
    }
  }

  private func target(_ field: CloudflareField, _ profile: Profile) throws -> String {
    try #require(profile.normalizer.table.rows.first { $0.sources == [field] }).target
  }

  // MARK: Metadata

  /// Values of Metadata and the object that each is; nil for an issue.
  private static let metadata: [(value: String, object: String?)] = [
    (#"{"a":1.50,"b":{"c":[]}}"#, #"{"a":1.50,"b":{"c":[]}}"#),
    (#""{\"a\":1.50,\"b\":{\"c\":[]}}""#, #"{"a":1.50,"b":{"c":[]}}"#),
    (#"" { \"a\" : \"\\u0041\\\"\" } ""#, #"{"a":"A\""}"#),
    (#""{\"a\":1,\"a\":12345678901234567890}""#, #"{"a":12345678901234567890}"#),
    (#""\u007b\"a\":\"é\"}""#, #"{"a":"é"}"#),
    (#""{\"a\":\"{\\\"b\\\":1}\"}""#, #"{"a":"{\"b\":1}"}"#),
    (#"[{"key":"a","value":"1"}]"#, #"{"a":"1"}"#),
    (
      #"[{"__typename":"Pair","key":"a","value":"1"},{"value":[2],"key":"b","__typename":null}]"#,
      #"{"a":"1","b":[2]}"#
    ),
    (#"[{"key":"a","value":1},{"key":"a","value":2}]"#, #"{"a":2}"#),
    (#"[{"key":"a","value":"1","other":2}]"#, nil), (#"[{"key":"a","__typename":"Pair"}]"#, nil),
    (#"[{"key":1,"value":"1"}]"#, nil), (#"["a"]"#, nil), (#""a""#, nil), (#""{""#, nil),
    (#""{\"a\":}""#, nil), (#""{\"a\":1} x""#, nil), (#""[1]""#, nil), (#""7""#, nil),
    (#""null""#, nil), ("7", nil),
  ]

  @Test("Metadata is the object that a list or a text stands for", arguments: Profile.all)
  func metadata(profile: Profile) throws {
    let target = try target(.metadata, profile)
    func check(_ cases: [(value: String, object: String?)], hasRow: Bool = true) throws {
      let results = try ValueDoors(.metadata, cases.map(\.value), profile).results(hasRow: hasRow)
      for (result, (value, object)) in zip(results, cases) {
        #expect(result[target]?.json == object, "\(value)")
        #expect(result.issues == (object == nil ? [.wrongType] : []), "\(value)")
        let byOtherName = try FirewallEvent(json: #"{"rayName":"1","metadata":\#(value)}"#).metadata
        for metadata in [result.event.metadata, byOtherName] {
          #expect(metadata.map { JSONValue.object($0).json } == object, "\(value)")
        }
      }
    }
    try check(Self.metadata)
    // In a cell this text would be the list itself.
    try check([(#""[{\"key\":\"a\",\"value\":\"1\"}]""#, nil)], hasRow: false)
  }

  @Test("a text that is an empty object is empty, and the other name counts")
  func emptyMetadata() throws {
    for profile in Profile.all {
      for result in try ValueDoors(.metadata, [#""{ }""#, #""{}""#, "{}"], profile).results() {
        #expect(result[try target(.metadata, profile)] == nil && result.issues.isEmpty)
      }
    }
    let both = #"{"RayID":"1","Metadata":"{}","metadata":"{\"a\":1}"}"#
    #expect(try FirewallEvent(json: both).metadata == ["a": 1])
  }

  @Test("half a surrogate pair inside the text is an issue, as outside", arguments: Profile.all)
  func surrogates(profile: Profile) throws {
    let values = [#"{"a":"\ud800"}"#, #""{\"a\":\"\\ud800\"}""#]
    for result in try ValueDoors(.metadata, values, profile).results() {
      #expect(result.issues == [.loneSurrogate], "\(result.value)")
      #expect(result.event.metadata == ["a": "\u{FFFD}"])
    }
  }

  @Test("an object that is as deep as a record may be is read; a level more is text")
  func depth() throws {
    func text(_ levels: Int) -> String {
      JSONValue.string(
        String(repeating: #"{"a":"#, count: levels) + "1" + String(repeating: "}", count: levels)
      ).json
    }
    for profile in Profile.all {
      let results = try ValueDoors(.metadata, [text(127), text(128)], profile).results()
      #expect(results.map(\.issues) == [[], [.wrongType]])
      #expect(try FirewallEvent(json: results[0].event.json) == results[0].event)
    }
  }

  @Test("no other field of objects takes a text")
  func otherObjects() throws {
    for profile in Profile.all {
      let doors = ValueDoors(.aiSecurityCustomTopicCategories, [#""{\"a\":1}""#], profile)
      #expect(try doors.results(hasRow: false).map(\.issues) == [[.wrongType]])
    }
  }

  // MARK: Actions

  @Test(
    "in elastic a known action is folded, another in lower case as it came",
    arguments: [
      ("managed_challenge", "managedchallenge"), ("managedChallenge", "managedchallenge"),
      ("BLOCK", "block"), ("js-challenge 2", "jschallenge"), ("Log", "log"), ("skip", "skip"),
      ("connection_close", "connectionclose"), ("Rewrite", "rewrite"), ("un known", "unknown"),
      ("firewall-action", "firewall-action"), ("Firewall_Action2", "firewall_action2"),
      ("New\\\"Action\\u0001Ä", "new\\\"action\\u0001Ä"), ("ÄBlöcK", "Äblöck"),
      ("blocked", "blocked"), ("42x", "42x"),
    ])
  func actions(value: String, expected: String) throws {
    let result = try ValueDoors(.action, [#""\#(value)""#], Profile.all[1]).results()[0]
    let text = try JSONValue(json: #""\#(expected)""#)
    #expect(result["event.action"] == text)
    #expect(result["message"] == text, "the sentence says the same")
    #expect(
      try result["cloudflare_logpush.firewall_event.action"] == JSONValue(json: #""\#(value)""#))
  }

  @Test("an action without letters gives none", arguments: ["---", "42", " ", "Ä", "\\n", "٣"])
  func actionsWithoutLetters(value: String) throws {
    let result = try ValueDoors(.action, [#""\#(value)""#], Profile.all[1]).results()[0]
    #expect(result["event.action"] == nil)
    #expect(result["event.type"] == ["info"])
    #expect(result["message"] == "Cloudflare firewall event")
  }

  // MARK: Datetime

  @Test(
    "a moment in every form",
    arguments: [
      ("1598423660000000000", "2020-08-26T06:34:20.000Z"),
      ("1598423660000000000.0", "2020-08-26T06:34:20.000Z"),
      ("1.59842366e+18", "2020-08-26T06:34:20.000Z"),
      (#""1.59842366E18""#, "2020-08-26T06:34:20.000Z"),
      ("1598423660000.0", "2020-08-26T06:34:20.000Z"),
      ("1598423660.0", "2020-08-26T06:34:20.000Z"),
      (#""2020-08-26T06:34:20+0000""#, "2020-08-26T06:34:20.000Z"),
      (#""2020-08-26 08:34:20+02""#, "2020-08-26T06:34:20.000Z"),
      (#""2020-08-26 06:34:20.123 UTC""#, "2020-08-26T06:34:20.123Z"),
      (#""2020-08-26T06:34:20""#, "2020-08-26T06:34:20.000Z"),
      (#""2020-08-26 08:34:20 +0200 CEST""#, "2020-08-26T06:34:20.000Z"),
    ])
  func moments(value: String, expected: String) throws {
    let result = try ValueDoors(.datetime, [value], Profile.all[1]).results()[0]
    #expect(result["@timestamp"] == .string(expected) && result.issues.isEmpty)
    #expect(result.event.datetime == Timestamp(expected))
  }

  @Test(
    "and what is no moment is an issue",
    arguments: [
      "1598423660000.5", "1.5984236605e9", "-1598423660.0", "1e30", "1e-3",
      #""2020-08-26T06:34:20 CEST""#, #""2020-08-26T06:34:60""#, #""2020-08-26T06:34:20+2400""#,
    ])
  func noMoments(value: String) throws {
    for profile in Profile.all {
      let result = try ValueDoors(.datetime, [value], profile).results()[0]
      #expect(result["@timestamp"] == nil && result.issues == [.unreadableDatetime])
    }
  }
}
