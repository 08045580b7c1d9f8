import CloudflareECS
import Foundation
import Testing

@Suite struct JSONCodableTests {
  @Test("through Foundation's coders every kind of value is kept")
  func kinds() throws {
    let value: JSONValue = [
      "null": nil, "flag": true, "one": 1, "text": "a\"\u{0}é", "list": [[], [:], [0, "x"]],
      "largest": .number(JSONNumber(UInt64.max)), "smallest": .number(JSONNumber(Int64.min)),
      "": ["a": ["b": false]],
    ]
    let again = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    #expect(again == value)
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data("null".utf8)) == .null)
  }

  @Test("what Foundation writes of a value is what the value is")
  func encoding() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let value = try JSONValue(json: #"{"a":[1,true,null,"x",{"b":0.5}],"c":18446744073709551615}"#)
    #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == value.json)
  }

  @Test("a number that JSON cannot write is an error, from whatever coder it comes")
  func notFinite() throws {
    for number in [Double.infinity, -.infinity, .nan] {
      let data = try PropertyListEncoder().encode(["a": number])
      #expect(throws: DecodingError.self) {
        try PropertyListDecoder().decode(JSONObject.self, from: data)
      }
    }
  }
}
