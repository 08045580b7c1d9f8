import CloudflareECS
import Testing

@Suite struct TemplateTests {
  /// What a template makes of a record in which the action is `block` and the country `us`.
  private func text(_ template: String) throws -> String? {
    let table = try MappingTable([
      FieldMapping(template: template, otherwise: "nothing", to: "message", .matchOnlyText, "Text.")
    ])
    let event = try FirewallEvent(json: #"{"Action":"block","ClientCountry":"us"}"#)
    return table.normalize(event).document.message
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
  }
}
