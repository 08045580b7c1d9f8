import CloudflareECS
import TestSupport
import Testing

@Suite struct JSONTests {
  // MARK: Reading and writing

  @Test(
    "every kind of value is read and written without white space",
    arguments: [
      ("null", "null"), (" true ", "true"), ("false", "false"), ("\t-0\r\n", "-0"),
      (#""""#, #""""#), ("[ ]", "[]"), ("{ }", "{}"),
      (#"[ 1 , [ 2.50 ] , { "b" : 1e3 , "a" : null } ]"#, #"[1,[2.50],{"b":1e3,"a":null}]"#),
    ])
  func values(text: String, expected: String) throws {
    #expect(try JSONValue(json: text).json == expected)
  }

  @Test("a value is known by its kind")
  func kinds() throws {
    let value = try JSONValue(json: #"{"s":"x","n":7,"a":[1],"o":{"k":true},"z":null}"#)
    #expect(value.object?.names == ["s", "n", "a", "o", "z"])
    #expect(value.object?["s"]?.string == "x")
    #expect(value.object?["n"]?.integer == 7)
    #expect(value.object?["a"]?.array == [1])
    #expect(value.object?["o"]?.object?["k"] == true)
    #expect(value.object?["z"] == JSONValue.null)
    #expect(value.object?["missing"] == nil)
    #expect(value.string == nil && value.integer == nil && value.array == nil)
    #expect(JSONValue.string("7").integer == nil)
  }

  @Test("empty is what has no content: a number never is")
  func empty() {
    for value: JSONValue in [nil, "", [], [:]] { #expect(value.isEmpty) }
    for value: JSONValue in [0, false, "0", [nil], ["a": nil]] { #expect(!value.isEmpty) }
  }

  @Test(
    "escapes are decoded, and written in their short forms",
    arguments: [
      (#""\u0041\u00e9\u20AC""#, #""Aé€""#),
      (#""\ud83d\ude00""#, #""😀""#),
      (#""\/ / \\ \" ""#, #""/ / \\ \" ""#),
      (#""\b\f\n\r\t""#, #""\b\f\n\r\t""#),
      (#""\u0008\u000C\u000a\u000D\u0009""#, #""\b\f\n\r\t""#),
      (#""\u0000\u001f\u007f""#, "\"\\u0000\\u001f\u{7F}\""),
      (#""\u2028\u2029\ufeff""#, "\"\u{2028}\u{2029}\u{FEFF}\""),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try JSONValue(json: text).json.utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "a surrogate without its other half becomes U+FFFD",
    arguments: [
      (#""\ud800""#, "\u{FFFD}"), (#""\udc00""#, "\u{FFFD}"),
      (#""a\ud83dz""#, "a\u{FFFD}z"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
      (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"),
      (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    ])
  func loneSurrogates(text: String, expected: String) throws {
    #expect(try JSONValue(json: text).string == expected)
  }

  @Test(
    "a character that is escaped or not ASCII is kept at each place of a string of each length",
    arguments: [("\"", #"\""#), ("\\", #"\\"#), ("\u{1F}", #"\u001f"#), ("\n", #"\n"#), ("é", "é")])
  func place(character: String, written: String) throws {
    for length in 0...40 {
      for place in 0...length {
        let (before, after) = (
          String(repeating: "a", count: place), String(repeating: "b", count: length - place)
        )
        let json = "\"\(before)\(written)\(after)\""
        #expect(JSONValue.string(before + character + after).json == json)
        #expect(try JSONValue(json: json).string == before + character + after)
      }
      let plain = String(repeating: "a", count: length)
      #expect(JSONValue.string(plain).json == "\"\(plain)\"")
      #expect(try JSONValue(json: "\"\(plain)\"").string == plain)
    }
  }

  @Test("control characters, quotes and backslashes are escaped when written, all else is not")
  func writing() {
    let all = String(String.UnicodeScalarView((0..<0x80).map { Unicode.Scalar(UInt8($0)) }))
    let controls = (0..<32).map { code in
      switch code {
      case 8: "\\b"
      case 9: "\\t"
      case 10: "\\n"
      case 12: "\\f"
      case 13: "\\r"
      default: "\\u00" + (code < 16 ? "0" : "") + String(code, radix: 16)
      }
    }
    let rest = all.unicodeScalars.dropFirst(32).map { scalar in
      scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : "\(scalar)"
    }
    #expect(JSONValue.string(all).json == "\"" + (controls + rest).joined() + "\"")
  }

  @Test("what is written is read again as the same value, for random strings of any length")
  func roundTripOfStrings() throws {
    var random = SplitMix64(seed: 20_261_124)
    let pool = Array("aZ09 \"\\/\u{0}\u{1F}\u{7F}\n\té€😀\u{FFFD}\u{301}".unicodeScalars)
    for _ in 0..<2_000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        scalars.append(pool.randomElement(using: &random)!)
      }
      let text = String(scalars)
      let read = try JSONValue(json: JSONValue.string(text).json)
      #expect(read.string.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  // MARK: Objects

  @Test("of equal names the last value stays, at the first one's place")
  func duplicateNames() throws {
    let text = #"{"a":1,"b":2,"\u0061":3,"c":{"x":1,"x":[]}}"#
    #expect(try JSONValue(json: text).json == #"{"a":3,"b":2,"c":{"x":[]}}"#)
  }

  @Test("names that only look the same stay different")
  func canonicallyEquivalentNames() throws {
    let text = "{\"\u{E9}\":1,\"e\u{301}\":2,\"\u{212A}\":3,\"K\":4}"
    let object = try #require(try JSONValue(json: text).object)
    #expect(object.members.count == 4)
    #expect(object["\u{E9}"] == 1 && object["e\u{301}"] == 2)
    #expect(object["\u{212A}"] == 3 && object["K"] == 4)
    #expect(JSONValue.object(object).json.utf8.elementsEqual(text.utf8))
  }

  @Test("an object of many members keeps the last of each name")
  func manyMembers() throws {
    let members = (0..<3_000).map { "\"n\($0 % 1_000)\":\($0)" }
    let object = try #require(try JSONValue(json: "{\(members.joined(separator: ","))}").object)
    #expect(object.members.count == 1_000)
    #expect(object.members.map { $0.value.integer } == (2_000..<3_000).map { Int64($0) })
  }

  @Test("members are set, replaced and removed by name")
  func subscripts() {
    var object: JSONObject = ["a": 1, "b": 2, "a": 3]
    #expect(JSONValue.object(object).json == #"{"a":3,"b":2}"#)
    object["c"] = "x"
    object["a"] = nil
    object["b"] = 5
    object["none"] = nil
    #expect(JSONValue.object(object).json == #"{"b":5,"c":"x"}"#)
    #expect(JSONObject().isEmpty && !object.isEmpty)
  }

  @Test("objects are equal whatever the order of their members")
  func equality() {
    let one: JSONObject = ["a": 1, "b": ["c": 2, "d": 3]]
    let other: JSONObject = ["b": ["d": 3, "c": 2], "a": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != ["a": 1, "b": ["c": 2, "d": 4]])
    #expect(one != ["a": 1])
    #expect(JSONValue.array([1, 2]) != [2, 1])
  }

  // MARK: Limits

  @Test("128 levels are read, 129 are not")
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(try JSONValue(json: nested(128)).json == nested(128))
    #expect(failure(nested(129)).map { "\($0.code) \($0.offset)" } == "too_deep 128")
    let objects =
      String(repeating: #"{"a":"#, count: 129) + "1" + String(repeating: "}", count: 129)
    #expect(failure(objects)?.code == .tooDeep)
    #expect(failure(objects)?.offset == 128 * 5)
  }

  @Test("an event's own object is its first level")
  func depthOfEvents() throws {
    func event(_ levels: Int) -> String {
      #"{"Action":"block","Deep":"# + String(repeating: "[", count: levels - 1)
        + String(repeating: "]", count: levels - 1) + "}"
    }
    #expect(try FirewallEvent(json: event(128)).action == .block)
    #expect(throws: NormalizationError.self) { try FirewallEvent(json: event(129)) }
    let conversion = Conversion(event(128) + "\n" + event(129) + "\n")
    #expect(conversion.counts.documents == 1)
    #expect(conversion.rejections.map(\.error.code) == [.tooDeep])
  }

  private func failure(_ text: String) -> NormalizationError? {
    do {
      _ = try JSONValue(json: text)
      return nil
    } catch {
      return error
    }
  }
}
