import CloudflareECS
import TestSupport
import Testing

/// ``FieldMapping/Transform/lookup(_:otherwise:)``: a value from a table of the row.
@Suite struct LookupTests {
  private func row(
    _ values: [String: String], otherwise: String? = nil, _ source: CloudflareField = .source,
    to target: String = "labels.team", array: Bool = false
  ) -> FieldMapping {
    FieldMapping(
      [source], to: target, .keyword, array: array, .lookup(values, otherwise: otherwise), "Team.")
  }

  /// The document of a record, by both paths and by the table that its JSON gives.
  private func document(_ record: String, _ rows: [FieldMapping]) throws -> String {
    let table = try MappingTable(rows)
    let document = table.normalize(try FirewallEvent(json: record)).document.json
    #expect(Conversion("\(record)\n\(record)", table).text == "\(document)\n\(document)\n")
    let read = try MappingTable(json: try table.json)
    #expect(read == table)
    #expect(try read.json == table.json)
    #expect(Conversion(record, read).text == document + "\n")
    return document
  }

  @Test(
    "the whole text is compared; without a value, the target has what is given otherwise or none")
  func values() throws {
    let rows = [row(["waf": "security", "rateLimit": "operations", "w": "other"])]
    #expect(
      try document(#"{"Source":"waf"}"#, rows) == #"{"labels":{"team":"security"}}"#)
    for other in ["wa", "wafs", "WAF", "zz", ""] {
      #expect(try document(#"{"Action":"log","Source":"\#(other)"}"#, rows) == "{}")
    }
    let otherwise = [row(["waf": "security"], otherwise: "web")]
    #expect(try document(#"{"Source":"bic"}"#, otherwise) == #"{"labels":{"team":"web"}}"#)
    #expect(try document(#"{"Action":"log"}"#, otherwise) == "{}")
    #expect(try document(#"{"Action":"log","Source":""}"#, otherwise) == "{}")
  }

  @Test("keys and values may have any characters; numbers and booleans are compared as texts")
  func characters() throws {
    let pairs = [row(["a\"\\\n\u{1}": "\"\u{2}\\", "é": "composed"])]
    #expect(
      try document(#"{"Source":"a\"\\\n\u0001"}"#, pairs)
        == #"{"labels":{"team":"\"\u0002\\"}}"#)
    #expect(try document(#"{"Source":"\u00e9"}"#, pairs) == #"{"labels":{"team":"composed"}}"#)
    #expect(try document(#"{"Source":"e\u0301"}"#, pairs) == "{}")
    let numbers = [row(["64500": "own", "true": "yes"], .clientASN)]
    #expect(try document(#"{"ClientASN":64500}"#, numbers) == #"{"labels":{"team":"own"}}"#)
    #expect(try document(#"{"ClientASN":"64500"}"#, numbers) == #"{"labels":{"team":"own"}}"#)
    #expect(try document(#"{"ClientASN":true}"#, numbers) == #"{"labels":{"team":"yes"}}"#)
  }

  @Test("an array or object is an issue")
  func wrongType() throws {
    let table = try MappingTable([row(["waf": "security"], otherwise: "web")])
    let event = table.normalize(try FirewallEvent(json: #"{"Action":"log","Source":["waf"]}"#))
    #expect(event.document.json == "{}")
    #expect(event.issues.map(\.code) == [.wrongType])
  }

  @Test("further rows of the target have their turn; rows of an array add elements")
  func several() throws {
    let fallback = FieldMapping(.action, to: "labels.team", .keyword, .keyword, "The action.")
    let rows = [row(["waf": "security"]), fallback]
    #expect(
      try document(#"{"Action":"log","Source":"waf"}"#, rows) == #"{"labels":{"team":"security"}}"#)
    #expect(
      try document(#"{"Action":"log","Source":"bic"}"#, rows) == #"{"labels":{"team":"log"}}"#)
    let elements = [
      row(["waf": "security"], to: "tags", array: true),
      row(["log": "seen"], .action, to: "tags", array: true),
    ]
    #expect(
      try document(#"{"Action":"log","Source":"waf"}"#, elements)
        == #"{"tags":["security","seen"]}"#
    )
  }

  @Test("every key of a large table is found, and no other text")
  func large() throws {
    var random = SplitMix64(seed: 20_261_129)
    var values: [String: String] = [:]
    while values.count < 10_000 {
      let key = String(UInt32.random(in: 0...2_000_000, using: &random), radix: 36)
      values[key] = "\(values.count)"
    }
    let table = try MappingTable([row(values)])
    let asked = (0..<20_000).map { _ in
      String(UInt32.random(in: 0...2_000_000, using: &random), radix: 36)
    }
    let known = asked + values.keys.sorted()
    let records = known.map { #"{"Action":"log","Source":"\#($0)"}"# }
    let documents = Conversion(records.joined(separator: "\n"), table).text
      .split(separator: "\n").map(String.init)
    #expect(
      documents
        == known.map { values[$0].map { #"{"labels":{"team":"\#($0)"}}"# } ?? "{}" })
  }

  @Test("filters test the target; reference and template have it")
  func uses() throws {
    let table = try MappingTable([row(["waf": "security"], otherwise: "web")])
    var options = NDJSONConverter.Options()
    options.filter = try EventFilter(["labels.team=security"], for: table)
    let records = #"{"Action":"log","Source":"waf"}"# + "\n" + #"{"Action":"log","Source":"bic"}"#
    #expect(
      Conversion(Array(records.utf8), table, options: options).text
        == #"{"labels":{"team":"security"}}"# + "\n")
    #expect(
      MappingReference(of: table).tsv.hasSuffix(
        "Source\tsource\tlabels.team\tkeyword\tlookup(waf → security, otherwise web)\tTeam.\n"))
    #expect(IndexTemplate(of: table).json.contains(#""team""#))
    let many = Dictionary(uniqueKeysWithValues: (1...7).map { ("\($0)", "x\($0)") })
    #expect(
      FieldMapping.Transform.lookup(many).name
        == "lookup(1 → x1, 2 → x2, 3 → x3, 4 → x4, 5 → x5 and 2 more)")
  }

  private func error(_ members: String) -> String? {
    MappingTable.fault(
      json:
        #"[{"source":["Source"],"target":"a","type":"keyword","transform":"lookup"\#(members)}]"#)
  }

  @Test("an error names the row and the member")
  func errors() {
    #expect(error(#","values":{"a":"b"}"#) == nil)
    #expect(error("") == "row 1 (a): has no member 'values'")
    for values in ["{}", "[]", #"{"a":1}"#, #"{"a":"b","c":null}"#, #""a""#] {
      #expect(
        error(",\"values\":\(values)") == "row 1 (a): member 'values' is not an object of texts")
    }
    #expect(
      error(#","values":{"a":"b"},"otherwise":1"#) == "row 1 (a): member 'otherwise' is not a text")
    #expect(
      error(#","values":{"a":"b"},"parameters":["a","b"]"#)
        == "row 1 (a): has an unknown member 'parameters'")
    for empty in [#"{"":"b"}"#, #"{"a":""}"#] {
      #expect(error(",\"values\":\(empty)") == "row 1 (a): lookup has an empty key or value")
    }
    #expect(
      error(#","values":{"a":"b"},"otherwise":"""#)
        == "row 1 (a): lookup has an empty key or value")
    let many = (0...10_000).map { #""\#($0)":"x""# }.joined(separator: ",")
    #expect(
      error(",\"values\":{\(many)}") == "row 1 (a): lookup has 10001 values, and may have 10000")
    let long = String(repeating: "x", count: 1 << 20)
    #expect(
      error(",\"values\":{\"ab\":\"\(long)\"}")
        == "row 1 (a): lookup has 1048578 bytes of keys and values, and may have 1048576")
    let number = FieldMapping(.source, to: "a", .long, .lookup(["a": "1"]), "Number.")
    #expect(throws: MappingTableError.self) { try MappingTable([number]) }
  }
}
