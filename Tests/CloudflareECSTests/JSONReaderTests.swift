import CloudflareECS
import TestSupport
import Testing

@Suite struct JSONReaderTests {
  /// A stream, and what is to come of it: the documents' actions, and the rejections.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let stream: String
    let actions: String
    /// Each as `line:offset code+errorOffset raw`.
    var rejections: [String] = []
    var skipped = 0
    var blank = 0
    var testDescription: String { name }
  }

  /// A record whose action is one letter.
  private static func record(_ action: Character) -> String { #"{"Action":"\#(action)"}"# }
  private static let (a, b, c) = (record("a"), record("b"), record("c"))
  private static let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
  private static let nested = String(deep.dropFirst().dropLast())

  private static let wrappers =
    String(repeating: #"{"data":"#, count: 200) + "1" + String(repeating: "}", count: 200)

  static let cases = [
    Case(
      name: "a cut line does not take the next one with it",
      stream: "\(a)\n{\"Action\":\"x\n\(b)\n\(c)\n", actions: "abc",
      rejections: [#"2:15 not_json+12 {"Action":"x"#]),
    Case(
      name: "a line cut before a value does not take the next one with it",
      stream: "\(a)\n{\"Action\":\n\(b)\n\(c)\n", actions: "abc",
      rejections: [#"2:15 not_json+10 {"Action":"#]),
    Case(
      name: "a line cut before a value, and one line more",
      stream: "{\"Action\":\n\(b)", actions: "b", rejections: [#"1:0 not_json+10 {"Action":"#]),
    Case(
      name: "a line cut behind a value", stream: "{\"Action\":\"x\"\n\(b)\n", actions: "b",
      rejections: [#"1:0 not_json+13 {"Action":"x""#]),
    Case(
      name: "reading resumes at a line that begins with a brace or bracket, not before",
      stream: "\(a)\noops\n \(b)\n[\(b)]\n\(c)\n", actions: "abc",
      rejections: ["2:15 not_json+0 oops\n \(b)"]),
    Case(
      name: "text before and after", stream: "at \(a)\n\(b) bye\n\(c)\n", actions: "bc",
      rejections: ["1:0 not_json+0 at \(a)", "2:33 not_json+0 bye"]),
    Case(
      name: "blank lines around what is refused", stream: "\n\(a)\n\noops\n\n \n\(b)\n\n",
      actions: "ab", rejections: ["4:17 not_json+0 oops"], blank: 5),
    Case(
      name: "scalars", stream: "7\n\(a)\nnull\n\(b)", actions: "ab",
      rejections: ["1:0 not_an_object+0 7", "3:17 not_an_object+0 null"]),
    Case(
      name: "an unclosed array", stream: "[\(a),\n\(b)", actions: "ab",
      rejections: ["2:31 truncated+0 "]),
    Case(
      name: "a trailing comma", stream: "[\(a),\(b),]\n", actions: "ab",
      rejections: ["1:31 not_json+0 ]"]),
    Case(
      name: "no comma", stream: "[\(a) \(b)]\n\(c)", actions: "ac",
      rejections: ["1:16 not_json+0 \(b)]"]),
    Case(
      name: "wrong brackets", stream: "[\(a)}\n\(b)\n\(c)\n", actions: "abc",
      rejections: ["1:15 not_json+0 }"]),
    Case(
      name: "no objects in an array", stream: "[1,\(a),\"x\",[2],\(b),null]", actions: "ab",
      rejections: [
        "1:1 not_an_object+0 1", "1:18 not_an_object+0 \"x\"", "1:22 not_an_object+0 [2]",
        "1:41 not_an_object+0 null",
      ]),
    Case(
      name: "a broken record in an array on lines", stream: "[\n\(a),\n{x},\n\(b),\n\(c)\n]\n",
      actions: "abc", rejections: ["3:18 not_json+1 {x},"]),
    Case(
      name: "a broken record in an array, then lines", stream: "[\(a),{x}]\n\(b)\n\(c)\n",
      actions: "abc", rejections: ["1:16 not_json+1 {x}]"]),
    Case(
      name: "a broken record in an array, then another array",
      stream: "[\(a),{x}\n\(b)]\n[\(c)]\n", actions: "abc",
      rejections: ["1:16 not_json+1 {x}"]),
    Case(
      name: "a line that looks like an array", stream: "[2026-01-02] hello\n\(a)\n\(b)\n\(c)\n",
      actions: "abc",
      rejections: ["1:1 not_an_object+0 2026", "1:5 not_json+0 -01-02] hello"]),
    Case(
      name: "a wrapper whose first record is broken",
      stream: "{\"events\":[{\"info\":{x}},\n{\"info\":\(a)}]}", actions: "a",
      rejections: ["1:0 not_json+20 {\"events\":[{\"info\":{x}},", "2:48 not_json+0 ]}"]),
    Case(
      name: "a broken record in info",
      stream: "{\"events\":[{\"info\":\(a)},{\"info\":{x}},\n{\"info\":\(b)}]}",
      actions: "ab", rejections: ["1:35 not_json+9 {\"info\":{x}},"]),
    Case(
      name: "a wrapper with other members",
      stream: #"{"errors":[{"Action":"x"}],"data":7,"events":[\#(a)],"z":{"events":[\#(b)]},"#
        + #""result":[\#(c)],"info":[1]}"#,
      actions: "ac", rejections: ["1:0 api_error+0 "]),
    Case(
      name: "wrappers one after the other, and records",
      stream: "{\"result\":[\(a)]}{\"info\":\(b)}\n\(c)\n", actions: "abc"),
    Case(
      name: "a wrapper that is cut", stream: "{\"result\":[\(a)],\n\(b)\n\(c)\n", actions: "abc",
      rejections: ["2:28 not_json+0 "]),
    Case(
      name: "an array that is cut", stream: "[\(a)\n\(b)\n\(c)\n", actions: "abc",
      rejections: ["2:16 not_json+0 "]),
    Case(
      name: "records and validation bodies",
      stream:
        "tests\n\(a)\n{\"content\":\"tests\"}\n{\"content\":\"test\",\"filename\":\"x\"}\n\(b)",
      actions: "ab", skipped: 3),
    Case(
      name: "a cut last record", stream: "\(a)\n{\"Action\":\"b\",\n  \"RayID\":", actions: "a",
      rejections: ["2:15 truncated+25 {\"Action\":\"b\",\n  \"RayID\":"]),
    Case(
      name: "a cut last record of an array", stream: "[\(a),{\"Action\"", actions: "a",
      rejections: ["1:16 truncated+9 {\"Action\""]),
    Case(
      name: "as deep as may be, in wrappers",
      stream: #"{"data":{"viewer":{"zones":[{"firewallEventsAdaptive":[{"Action":"a","x":"#
        + nested + "}]}]}}}",
      actions: "a"),
    Case(
      name: "too deep", stream: "[{\"x\":\(deep)}]\n\(a)", actions: "a",
      rejections: ["1:1 too_deep+132 {\"x\":\(deep)}]"]),
    Case(
      name: "other events' names and none", stream: "[{},{\"a\":1},\(a)]", actions: "a",
      rejections: [
        "1:1 not_a_firewall_event+0 {}", "1:4 not_a_firewall_event+0 {\"a\":1}",
      ]),
    Case(name: "nothing in arrays", stream: "[] [ ]\n[\n]{\"events\":[]}", actions: ""),
    Case(
      name: "a name of a wrapper that comes twice, and one that comes later",
      stream: "{\"events\":1,\"Action\":\"x\",\"events\":2}\n{\"Action\":\"a\",\"events\":[]}\n",
      actions: "xa"),
    Case(
      name: "what is no zone among zones",
      stream: #"{"data":{"viewer":{"zones":[7,{"firewallEventsAdaptive":["# + a + #"]},"x",[]]}}}"#,
      actions: "a"),
    Case(
      name: "wrappers that are nested too deep", stream: "\(wrappers)\n\(a)", actions: "a",
      rejections: ["1:0 too_deep+1024 \(wrappers)"]),
    Case(
      name: "white space before a record", stream: "  \(a)\n \t\(b)  \r\n   ", actions: "ab",
      blank: 1),
  ]

  private func check(_ given: Case, _ conversion: Conversion, _ note: String) {
    let actions = conversion.documents.map { document in
      document.split(separator: #""action":""#).last?.first.map { String($0) } ?? "?"
    }
    #expect(actions.joined() == given.actions, "\(note)")
    let rejections = conversion.rejections.map { rejection in
      "\(rejection.line):\(rejection.offset) \(rejection.error.code)+\(rejection.error.offset) "
        + String(decoding: rejection.raw, as: UTF8.self)
    }
    #expect(rejections == given.rejections, "\(note)")
    let counts = conversion.counts
    #expect(counts.records == counts.documents + counts.rejected + counts.skipped, "\(note)")
    #expect(counts.skipped == given.skipped && counts.blank == given.blank, "\(note)")
    #expect(counts.bytes == given.stream.utf8.count, "\(note)")
    let ends = given.stream.utf8.last == UInt8(ascii: "\n")
    let breaks = given.stream.utf8.count { $0 == UInt8(ascii: "\n") }
    #expect(counts.lines == breaks + (ends ? 0 : 1), "\(note)")
    let stream = Array(given.stream.utf8)
    for rejection in conversion.rejections {
      #expect(stream[rejection.offset...].starts(with: rejection.raw), "\(note)")
    }
  }

  @Test("finds the records, and rejects the rest with its place", arguments: cases)
  func records(given: Case) {
    for format in [InputFormat.auto, .json] {
      var options = NDJSONConverter.Options()
      options.input = format
      check(given, Conversion(given.stream, options: options), "whole")
      for chunk in InputReaderTests.chunks {
        check(
          given, Conversion(given.stream, chunk: chunk, options: options), "chunks of \(chunk)")
      }
    }
  }

  /// `line:offset size` of what is too long, `line:offset` and the code of the rest.
  private func overlong(_ stream: String, chunk: Int, limit: Int = 40) -> ([String], Int) {
    var options = NDJSONConverter.Options()
    options.input = .auto
    options.maximumRecordBytes = limit
    let conversion = Conversion(stream, chunk: chunk, options: options)
    let counts = conversion.counts
    #expect(counts.records == counts.documents + counts.rejected + counts.skipped)
    #expect(counts.bytes == stream.utf8.count)
    return (
      conversion.rejections.map { rejection in
        let size = rejection.error.description.split(separator: " ")[3]
        let what = rejection.error.code == .tooLong ? "\(size)" : "\(rejection.error.code)"
        return "\(rejection.line):\(rejection.offset) \(what)"
      }, counts.documents
    )
  }

  @Test("what is longer than the limit is rejected once, with its size")
  func tooLong() {
    func long(_ length: Int) -> String {
      #"{"Action":""# + String(repeating: "x", count: length - 13) + #""}"#
    }
    let (a, b) = (Self.a, Self.b)
    let garbage = String(repeating: "oops {[ ", count: 40)
    for chunk in InputReaderTests.chunks {
      func expect(
        _ stream: String, _ rejections: [String], _ documents: Int,
        _ location: SourceLocation = #_sourceLocation
      ) {
        let result = overlong(stream, chunk: chunk)
        #expect(result.0 == rejections, "chunks of \(chunk)", sourceLocation: location)
        #expect(result.1 == documents, "chunks of \(chunk)", sourceLocation: location)
      }
      expect("[\(a),\(long(40)),\(long(41)),\(long(900)),\(b)]", ["1:57 41", "1:99 900"], 3)
      // The limit also applies to the front of a wrapper, and to a record together with its `info`.
      expect("{\"events\":[{\"info\":  \(long(40))},{\"info\":\(long(41))}]}", ["1:0 115"], 0)
      expect("{\"events\":[\(a),{\"info\":\(long(31))},{\"info\":\(long(32))}]}", ["1:67 41"], 2)
      expect("\(a)\n\(garbage)\n\n\(garbage)\n \n\(b)\n", ["2:15 641"], 2)
      expect("\(a)\n\(garbage)", ["2:15 319"], 1)
      expect("[\(a),\(garbage)\n\(b)]\n\(a)\n", ["1:16 319"], 3)
      expect("[\(a),\(long(400).dropLast(2))\n\(b)]\n", ["1:16 398"], 2)
      expect("\(long(400).dropLast())\n\(b)\n\(a)\n", ["1:0 399"], 2)
      expect("\(long(400).dropLast())", ["1:0 399"], 0)
      expect(
        "{\"result\":[\(a)],\"x\":\"\(long(99).dropFirst(11).dropLast(2))\",\"y\":1}", ["1:31 88"],
        1)
      expect(
        #"{"Action":"a"}{"Action":"\#(String(repeating: #"\u0061"#, count: 9))"}\#(b)"#,
        ["1:14 67"], 2)
    }
  }
}
