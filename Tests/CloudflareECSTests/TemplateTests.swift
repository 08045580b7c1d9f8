import CloudflareECS
import Testing

@Suite struct TemplateTests {
  private func table(_ template: String) throws -> MappingTable {
    try MappingTable([
      FieldMapping(template: template, otherwise: "nothing", to: "message", .matchOnlyText, "Text.")
    ])
  }

  /// What a template makes of a record in which the action is `block` and the country `us`.
  private func text(_ template: String) throws -> String? {
    let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
    return try table(template).normalize(event).document.message
  }

  @Test(
    "a bracket or brace after a backslash is text, not a field or a section",
    arguments: [
      (#"\{Kind\} {Action}"#, "{Kind} block"),
      (#"\[{Action}\]"#, "[block]"),
      (#"{Action}\\"#, #"block\"#),
      (#"\{{Action}\}"#, "{block}"),
      (#"\{\}"#, "{}"),
    ])
  func escapes(template: String, expected: String) throws {
    #expect(try text(template) == expected)
  }

  @Test("a field goes by either of its names")
  func names() throws {
    #expect(try text("{clientCountryName|upper} {action} {Action}") == "US block block")
  }

  @Test("a row reads the fields of its template, each once, in the order of their first use")
  func sources() {
    func sources(_ template: String) -> [CloudflareField] {
      FieldMapping(
        template: template, otherwise: "", to: "message", .matchOnlyText, "Text."
      ).sources
    }
    #expect(
      sources(#"[{!RuleID}{Source|category}] \{Kind\} {acme}{source}{ClientIP"#)
        == [.ruleID, .source, .named("acme")])
    #expect(sources("no field") == [])
  }

  @Test("a section is written where its fields are there, without its separators at the start")
  func sections() throws {
    #expect(try text("[{RuleID}: ][, {Action}][, {ClientCountry}]") == "block, us")
    #expect(try text("[{RuleID}]") == "nothing")
    #expect(try text("[{!RuleID}{Action}][{!Action}{ClientCountry}]") == "block")
    #expect(try text("from {ClientCountry}[ by {Action}]") == "from us by block")
    #expect(try text("by {RuleID}[ from {ClientCountry}]") == "nothing")
    #expect(try text("by {ClientCountry|integer}[ with {Action}]") == "nothing")
    #expect(try text("{!RuleID}without a rule") == "without a rule")
  }

  @Test(
    "a section whose field is an array or object is left out, and that is an issue",
    arguments: [
      ("[{Action}][{RayID}]", "7", ["Action"]),
      ("[{Action}][{RuleID}]", "nothing", ["Action", "RuleID"]),
      ("[{Action} {ClientCountry}][{ClientCountry} {RayID}]", "us 7", ["Action"]),
      ("[{ClientCountry} {Action}][ {RayID}]", "7", ["Action"]),
      ("[{RayID}{ClientCountry}{RuleID}]", "nothing", ["RuleID"]),
      // Fields are looked at up to the first that is absent.
      ("[{Kind} {Action}][{RayID}]", "7", []),
      // What must be absent is asked before any filter, wherever it stands.
      ("[{ClientCountry|integer}{!RayID}][{RayID}]", "7", []),
      ("[{ClientCountry|integer}{!Kind}][{RayID}]", "7", ["ClientCountry"]),
      ("[{!RayID}{ClientCountry|integer}][{RayID}]", "7", []),
      ("[{!Kind}{ClientCountry}{!Source} ][{RayID}]", "us 7", []),
      ("[{ClientCountry}{!RayID}][{RayID}]", "7", []),
    ])
  func containers(template: String, expected: String, fields: [String]) throws {
    let record = #"{"Action":["x"],"RuleID":{"x":1},"ClientCountry":"us","RayID":"7"}"#
    let result = try table(template).normalize(try FirewallEvent(json: record))
    #expect(result.document.message == expected)
    #expect(result.issues.map(\.field) == fields)
    #expect(result.issues.allSatisfy { $0.code == .wrongType })
  }
}
