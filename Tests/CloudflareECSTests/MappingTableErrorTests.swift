import CloudflareECS
import Testing

/// Tables that cannot work: the error names the row and its fault.
@Suite struct MappingTableErrorTests {
  private func error(_ rows: FieldMapping...) -> String? {
    do throws(MappingTableError) {
      _ = try MappingTable(rows)
      return nil
    } catch {
      return error.description
    }
  }

  private let good = FieldMapping(.action, to: "acme.x", .keyword, .keyword, "Text.")

  @Test("a table that works throws nothing")
  func works() { #expect(error(good) == nil) }

  @Test("a target of two types")
  func twoTypes() {
    #expect(
      error(good, FieldMapping(.clientASN, to: "acme.x", .long, .integer, "Number."))
        == "row 2 (acme.x): another row of the target has another type")
  }

  @Test("a target inside the value of another")
  func valueAndObject() {
    #expect(
      error(good, FieldMapping(.kind, to: "acme.x.y", .keyword, .keyword, "Inside."))
        == "row 2 (acme.x.y): a part of the path, acme.x, is a value")
    #expect(
      error(FieldMapping(.kind, to: "acme.x.y", .keyword, .keyword, "Inside."), good)
        == "row 1 (acme.x.y): a part of the path, acme.x, is a value")
  }

  @Test("a target that is no path")
  func path() {
    for target in ["", ".a", "a.", "a..b"] {
      #expect(
        error(good, FieldMapping(.kind, to: target, .keyword, .keyword, "Text."))
          == "row 2 (\(target)): the target is not a path of names")
    }
  }

  @Test("a transform that does not give what the type says")
  func type() {
    #expect(
      error(FieldMapping(.clientASN, to: "a", .keyword, .integer, "Number."))
        == "row 1 (a): integer gives a whole number, but the type is keyword")
    #expect(
      error(FieldMapping(.metadata, to: "a", .flattened, array: true, .object, "Object."))
        == "row 1 (a): object gives an object, but the type is an array of flattened")
  }

  @Test("a transform with another number of fields or parameters")
  func counts() {
    #expect(
      error(FieldMapping([.action, .kind], to: "a", .keyword, .keyword, "Two."))
        == "row 1 (a): keyword does not read 2 fields")
    #expect(
      error(FieldMapping([.action], to: "a", .keyword, .constant("x"), "One."))
        == "row 1 (a): constant does not read 1 field")
  }

  @Test("members without a row need an object of their own")
  func unmapped() {
    let rest = FieldMapping([], to: "acme.*", .flattened, .unmapped, "All others.")
    #expect(error(rest) == nil)
    #expect(
      error(good, rest) == "row 1 (acme.x): members without a row need an object of their own")
    #expect(
      error(FieldMapping([], to: "*", .flattened, .unmapped, "All others."))
        == "row 1 (*): unmapped gives members, but the type is flattened")
    #expect(
      error(FieldMapping(.action, to: "acme.*", .keyword, .keyword, "Text."))
        == "row 1 (acme.*): only unmapped members have a target with a star")
  }

  @Test("templates: what is not closed, not read, or no filter")
  func templates() {
    func template(_ text: String) -> String? {
      error(
        FieldMapping([.action], to: "a", .keyword, .template(text, otherwise: "-"), "Template."))
    }
    #expect(template("[{Action|action}]") == nil)
    #expect(template("{Action") == "row 1 (a): the template has a '{' that is not closed")
    #expect(template("[{Action}") == "row 1 (a): the template has a '[' that is not closed")
    #expect(template("{Action}]") == "row 1 (a): the template has a ']' that closes nothing")
    #expect(template("{Action}\\") == "row 1 (a): the template ends with a backslash")
    #expect(
      template("{Kind}") == "row 1 (a): the template names 'Kind', which the row does not read")
    #expect(
      template("{Action|lower}")
        == "row 1 (a): the template has a filter 'lower': there are upper, integer, action, "
        + "category, query")
  }
}
