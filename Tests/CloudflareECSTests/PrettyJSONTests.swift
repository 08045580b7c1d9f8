import Testing

@testable import CloudflareECS

@Suite struct PrettyJSONTests {
  private func indented(_ text: String) -> String {
    var output = OutputBuffer()
    PrettyJSON.append(text.utf8.span, to: &output)
    return String(decoding: output.array, as: UTF8.self)
  }

  @Test("gives every member a line, and an array of plain values one")
  func levels() {
    #expect(
      indented(#"{"tags":["a",1,null],"rule":{"id":"7","list":[{"x":[]},[1]]},"none":{}}"# + "\n")
        == """
        {
          "tags": ["a", 1, null],
          "rule": {
            "id": "7",
            "list": [
              {
                "x": []
              },
              [1]
            ]
          },
          "none": {}
        }

        """)
  }

  @Test("leaves strings as they are")
  func strings() {
    #expect(
      indented(#"{"a{\"[,:":"\\","b":["]\"["]}"#)
        == #"""
        {
          "a{\"[,:": "\\",
          "b": ["]\"["]
        }
        """#)
  }

  @Test("ends every document's line")
  func lines() {
    #expect(indented("{}\n{\"a\":1}\n[]\n") == "{}\n{\n  \"a\": 1\n}\n[]\n")
  }
}
