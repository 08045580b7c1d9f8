import CloudflareECS
import TestSupport
import Testing

/// Functions of a program in a table, and the types that they can give.
@Suite struct CustomTransformTests {
  private static func row(
    _ type: FieldMapping.TargetType, array: Bool = false, _ fields: [CloudflareField] = [.action],
    _ function: @escaping @Sendable ([JSONValue?]) -> JSONValue?
  ) -> FieldMapping {
    FieldMapping(fields, to: "acme.x", type, array: array, .custom("own", function), "Own.")
  }

  /// The document of a record by bytes, which is to be the same as by values.
  private func document(_ row: FieldMapping, _ record: String) throws -> String {
    let table = try MappingTable([row])
    let event = try FirewallEvent(json: record)
    let typed = table.normalize(event)
    let bytes = Conversion(record, table)
    #expect(bytes.text == typed.document.json + "\n")
    #expect(bytes.counts.issues.values.reduce(0, +) == typed.issues.count)
    return typed.document.json
  }

  @Test("a function gives a value of its row's type, on both paths")
  func types() throws {
    let record = #"{"Action":"a\"ü","ClientASN":1,"Metadata":{"k":["v"]}}"#
    let cases: [(FieldMapping, String)] = [
      (Self.row(.keyword) { $0[0] }, #""a\"ü""#),
      (Self.row(.keyword, array: true) { [$0[0] ?? nil, "\u{1}"] }, #"["a\"ü","\u0001"]"#),
      (Self.row(.keyword, array: true) { $0[0] }, #"["a\"ü"]"#),
      (Self.row(.long) { _ in 7 }, "7"),
      (Self.row(.long, array: true) { _ in [1, 2] }, "[1,2]"),
      (Self.row(.double) { _ in 0.5 }, "0.5"),
      (Self.row(.boolean) { _ in false }, "false"),
      (Self.row(.geoPoint) { _ in ["lat": 1, "lon": 2.5] }, #"{"lat":1,"lon":2.5}"#),
      (Self.row(.flattened, [.metadata]) { $0[0] }, #"{"k":["v"]}"#),
      (Self.row(.ip) { _ in "2001:DB8:0::1" }, #""2001:db8::1""#),
      (Self.row(.date) { _ in "1657630626" }, #""2022-07-12T12:57:06.000Z""#),
      (
        Self.row(.keyword, [.clientASN, .kind, .metadata]) { inputs in
          .string(inputs.map { $0?.json ?? "-" }.joined(separator: " "))
        }, #""1 - {\"k\":[\"v\"]}""#
      ),
    ]
    for (row, value) in cases {
      #expect(try document(row, record) == #"{"acme":{"x":\#(value)}}"#)
    }
  }

  @Test("no value, a value of another type, no input")
  func nothing() throws {
    let record = #"{"Action":"log"}"#
    #expect(try document(Self.row(.keyword) { _ in nil }, record) == "{}")
    #expect(try document(Self.row(.keyword) { _ in .null }, record) == "{}")
    #expect(try document(Self.row(.keyword, array: true) { _ in [] }, record) == "{}")
    #expect(try document(Self.row(.keyword, [.kind, .clientIP]) { _ in "x" }, record) == "{}")
    let table = try MappingTable([Self.row(.long) { _ in "7" }])
    let result = table.normalize(try FirewallEvent(json: record))
    #expect(result.document.json == "{}")
    #expect(result.issues.map(\.description) == ["Action: has a value of the wrong type"])
    #expect(try document(Self.row(.long) { _ in "7" }, record) == "{}")
  }

  @Test("a function fills a property of a document, and is one row of several of a target")
  func properties() throws {
    let table = try MappingTable([
      FieldMapping([.clientIP], to: "source.port", .long, .custom("port") { _ in 443 }, "Port."),
      FieldMapping(.clientIP, to: "related.ip", .ip, array: true, .address, "All."),
      FieldMapping(
        [.clientIP], to: "related.ip", .ip, array: true,
        .custom("other") { _ in "192.0.2.9" }, "All."),
      FieldMapping(
        [.clientIP], to: "source.ip", .ip, .custom("first") { _ in nil }, "The first that has one."),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "The first that has one."),
    ])
    let record = #"{"ClientIP":"192.0.2.1","Action":"log"}"#
    let document = table.normalize(try FirewallEvent(json: record)).document
    #expect(document.source.port == 443 && document.source.ip == "192.0.2.1")
    #expect(document.related.ip == ["192.0.2.1", "192.0.2.9"])
    #expect(Conversion(record, table).text == document.json + "\n")
  }

  @Test("equal by name; as JSON it throws and names the row")
  func name() throws {
    let one = Self.row(.keyword) { _ in "a" }
    #expect(one == Self.row(.keyword) { _ in "b" })
    #expect(one.transform != .custom("other") { _ in "a" })
    #expect(one.transform.name == "custom(own)")
    let table = try MappingTable([.constant("x", to: "event.kind", "X."), one])
    #expect(throws: MappingTableError.self) { try table.json }
    do {
      _ = try table.json
    } catch {
      #expect(error.row == 1)
      #expect(
        error.description
          == "row 2 (acme.x): custom(own) is a function of the program, which JSON cannot hold")
    }
    #expect(MappingReference(of: table).json.contains(#""transform":"custom""#))
    #expect(throws: MappingTableError.self) {
      try MappingTable(json: MappingReference(of: table).json)
    }
  }

  @Test("constants of every JSON type, on both paths and as JSON")
  func constants() throws {
    let table = try MappingTable([
      .constant(json: 2.5, to: "event.risk_score", as: .double, "How bad."),
      .constant(json: 21, to: "source.port", as: .long, "A property."),
      .constant(json: true, to: "labels.own", as: .boolean, "Whose."),
      .constant(json: [1, 2], to: "labels.numbers", as: .long, array: true, "Numbers."),
      .constant(
        json: ["lat": 48.2, "lon": 16.4], to: "observer.geo.location", as: .geoPoint, "Where."),
      .constant(json: ["a": nil], to: "labels.object", as: .flattened, "Object."),
      .constant(json: "x", to: "event.kind", as: .keyword, "Text."),
    ])
    let record = #"{"Action":"log"}"#
    let document = table.normalize(try FirewallEvent(json: record)).document
    #expect(document.source.port == 21 && document.event.kind == "x")
    #expect(
      document.json
        == #"{"event":{"kind":"x","risk_score":2.5},"source":{"port":21},"observer":{"geo":{"location":{"lat":48.2,"lon":16.4}}},"labels":{"own":true,"numbers":[1,2],"object":{"a":null}}}"#
    )
    #expect(Conversion(record, table).text == document.json + "\n")
    #expect(try MappingTable(json: try table.json) == table)
    do {
      _ = try MappingTable([.constant(json: "x", to: "a", as: .long, "Wrong.")])
      Issue.record("no error")
    } catch {
      #expect(
        error.description == "row 1 (a): constant_json has '\"x\"', which is not long")
    }
  }

  @Test("booleans and numbers of records, on both paths")
  func fields() throws {
    func value(_ transform: FieldMapping.Transform, _ type: FieldMapping.TargetType, _ json: String)
      throws -> String
    {
      let row = FieldMapping(.named("X"), to: "acme.x", type, transform, "X.")
      return try document(row, #"{"Action":"log","X":\#(json)}"#)
    }
    for (json, result) in [
      ("true", "true"), ("\"false\"", "false"), ("1", nil), ("\"yes\"", nil), ("\"\"", nil),
    ] {
      #expect(
        try value(.boolean, .boolean, json)
          == (result.map { #"{"acme":{"x":\#($0)}}"# } ?? "{}"))
    }
    for (json, result) in [
      ("2.50", "2.50"), ("7", "7"), ("\"-1e3\"", "-1e3"), ("1e999", nil), ("\"x\"", nil),
      ("true", nil), ("\" 1\"", nil),
    ] {
      #expect(
        try value(.double, .double, json) == (result.map { #"{"acme":{"x":\#($0)}}"# } ?? "{}"))
    }
  }

  @Test("the index template has the types")
  func template() throws {
    let table = try MappingTable([
      .constant(json: 2.5, to: "a", as: .double, "A."),
      .constant(json: true, to: "b", as: .boolean, "B."),
      FieldMapping([], to: "c", .geoPoint, .provided, "C."),
    ])
    let template = IndexTemplate(of: table, pattern: "x-*").json.filter { !$0.isWhitespace }
    for type in [
      #""a":{"type":"double"}"#, #""b":{"type":"boolean"}"#, #""c":{"type":"geo_point"}"#,
    ] {
      #expect(template.contains(type))
    }
  }
}
