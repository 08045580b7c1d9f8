import Testing

@testable import CloudflareECS

/// The YAML of rule files: what it is read as, and what is refused with which line. Expected values are PyYAML's.
@Suite struct YAMLReaderTests {
  private static func read(_ text: String) -> String {
    do throws(RuleFileError) {
      let (documents, faults) = try YAMLReader.documents(Array(text.utf8).span)
      return faults.first?.description ?? documents.map(\.json.json).joined(separator: "\n")
    } catch {
      return error.description
    }
  }

  @Test(
    "reads",
    arguments: [
      ("a: 1\nb: [x, 'y', \"z\"]\n", #"{"a":"1","b":["x","y","z"]}"#),
      (
        "a:\n- 1\n-  2\nb:\n  - c: 3\n    d: 4\n  -\n    - e\n",
        #"{"a":["1","2"],"b":[{"c":"3","d":"4"},["e"]]}"#
      ),
      ("a: b # c\nd: e#f\n# g\nh: '#'\n", ##"{"a":"b","d":"e#f","h":"#"}"##),
      (
        "a: one\n  two\n\n  three\nb: 'one\n  two\n\n  three'\n",
        #"{"a":"one two\nthree","b":"one two\nthree"}"#
      ),
      (
        "a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\n",
        #"{"a":"one\n two\n","b":"one two\nthree"}"#
      ),
      (
        "a: |2+\n   one\n\nb: >\n  one\n    two\n  three",
        #"{"a":" one\n\n","b":"one\n  two\nthree"}"#
      ),
      (#"a: "\x41\u00e4\U0001F600\t\"\\""# + "\nb: 'it''s'\n", #"{"a":"Aä😀\t\"\\","b":"it's"}"#),
      ("---\na: 1\n---\nb:\n...\n---\n- c\n", "{\"a\":\"1\"}\n{\"b\":\"\"}\n[\"c\"]"),
      ("'a b': {c: , d: [1,\n  2], \"e\":f}\r\n", #"{"a b":{"c":"","d":["1","2"],"e":"f"}}"#),
      ("{\"a\" : 1, 'b'  : 2, c : 3}", #"{"a":"1","b":"2","c":"3"}"#),
      (
        "a: C:\\Windows\nb: http://example.com/?a=b\n",
        #"{"a":"C:\\Windows","b":"http://example.com/?a=b"}"#
      ),
      ("\u{FEFF}a:\n  # only a comment\n", #"{"a":""}"#),
      ("{a:}", #"{"a":""}"#),
      ("{a:,b: c}", #"{"a":"","b":"c"}"#),
      ("", ""),
    ])
  func read(text: String, expected: String) {
    #expect(Self.read(text) == expected)
  }

  @Test(
    "refuses with the line",
    arguments: [
      ("a: 1\nb: &x 2\n", "line 2: anchors (&) are not supported"),
      ("a: *x\n", "line 1: aliases (*) are not supported. A text that begins with * needs quotes"),
      ("a: !!str 1\n", "line 1: tags (!) are not supported"),
      ("a:\n  <<: b\n", "line 2: merge keys (<<) are not supported"),
      ("a:\n\tb: 1\n", "line 2: a tab: indent with spaces"),
      ("a: 1\nb: 2\na: 3\n", "line 3: 'a' is here twice"),
      ("{a: 1, a: 2}", "line 1: 'a' is here twice"),
      ("a: 1\n  b: 2\n", "line 2: ': ' in text without quotes"),
      ("a:\n    b: 1\n  c: 2\n", "line 3: the line is indented too far"),
      ("a: 'x\nb: 1\n", "line 1: the quotes have no end"),
      ("a: [1, 2\nb: 3\n", "line 2: a single pair in a list is not supported"),
      ("a: [x:, y]\n", "line 1: a single pair in a list is not supported"),
      ("a: [1,\n", "line 1: the bracket is not closed"),
      ("%YAML 1.2\n---\na: 1\n", "line 1: a text cannot begin like this without quotes"),
      ("? a\n: b\n", "line 1: keys with ? are not supported"),
      ("a: \u{1}\n", "line 1: a control character or an unusual line break"),
      ("a: 1\n...\nb: 2\n", "line 3: --- is missing before the document"),
    ])
  func refuse(text: String, expected: String) {
    #expect(Self.read(text) == expected)
  }

  @Test("limits the depth and the size")
  func limits() throws {
    let flow = String(repeating: "[", count: 64)
    #expect(Self.read(flow + String(repeating: "]", count: 64)).hasPrefix("[["))
    #expect(Self.read("[" + flow) == "line 1: nested deeper than 64 levels")
    #expect(
      Self.read(String(repeating: "- ", count: 65) + "a") == "line 1: nested deeper than 64 levels")
    let large = [UInt8](repeating: UInt8(ascii: "a"), count: YAMLScanner.sizeLimit + 1)
    #expect(throws: RuleFileError("the file is larger than 16 MiB", line: 1)) {
      _ = try YAMLReader.documents(large.span)
    }
  }

  @Test("after a fault, reading goes on at the next document")
  func faults() throws {
    let text = "a: 1\n---\nb: 2\n c: 3\n---\nd: |\n  ---\ne: [\n--- # f\ng: 4\n...\nh: 5\n---\n*x\n"
    let (documents, faults) = try YAMLReader.documents(Array(text.utf8).span)
    #expect(documents.map(\.json.json) == [#"{"a":"1"}"#, #"{"g":"4"}"#])
    #expect(faults.map(\.line) == [4, 9, 12, 14])
  }
}
