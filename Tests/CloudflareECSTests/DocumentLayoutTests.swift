import Testing

@testable import CloudflareECS

@Suite struct DocumentLayoutTests {
  @Test("the room for gaps is what all braces, names and brackets of a document take, at least")
  func room() throws {
    for (isArray, document) in [
      (false, #"{"labels":{"a":{"b":"block"}}}"#), (true, #"{"labels":{"a":{"b":["block"]}}}"#),
    ] {
      let table = try MappingTable([
        FieldMapping(.action, to: "labels.a.b", .keyword, array: isArray, .keyword, "Action.")
      ])
      let event = try FirewallEvent(json: #"{"Action":"block"}"#)
      #expect(table.normalize(event).document.json == document)
      // With a line break.
      let gaps = document.utf8.count + 1 - "block".utf8.count
      #expect(gaps...(gaps + 2) ~= table.plan.layout.mostGapBytes)
    }
  }
}
