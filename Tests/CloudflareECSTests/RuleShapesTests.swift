import Testing

@testable import CloudflareECS

/// The rules of `Fixtures/rule-shapes.yml`, in the shapes of published rules: each fires on the events beside it, and not
/// on those that come close.
@Suite struct RuleShapesTests {
  /// A rule with its events.
  struct Shape: Sendable, CustomTestStringConvertible {
    let text: String
    let node: RuleNode

    var testDescription: String { node["title"]?.text ?? "" }

    func records(_ name: String) -> [String] { node[name]?.elements.compactMap(\.text) ?? [] }
  }

  private static let shapes: [Shape] = {
    let text = (try? Fixture.text("rule-shapes.yml")) ?? ""
    return text.split(separator: "\n---\n").compactMap { rule in
      let nodes = try? YAMLReader.documents(Array(rule.utf8).span).documents
      return nodes?.first.map { Shape(text: String(rule), node: $0) }
    }
  }()

  @Test("all rules of the file are read")
  func count() { #expect(Self.shapes.count == 28) }

  @Test("fires on its events, with each profile, and not on near misses", arguments: shapes)
  func fires(shape: Shape) throws {
    #expect(!shape.records("fires").isEmpty && !shape.records("misses").isEmpty)
    for profile in [SekoiaNormalizer() as any Normalizer, ElasticNormalizer()] {
      var collection = RuleCollection(for: profile.table)
      collection.add(Array(shape.text.utf8), file: "shape.yml")
      #expect(collection.faults == [] && collection.warnings == [])
      let detector = Detector(rules: collection.rules, for: profile.table)
      for (name, count) in [("fires", 1), ("misses", 0)] {
        for record in shape.records(name) {
          let verdicts = try Verdicts(record, profile, detector)
          #expect(verdicts.bytes.count == count && verdicts.typed.count == count, "\(record)")
        }
      }
    }
  }
}
