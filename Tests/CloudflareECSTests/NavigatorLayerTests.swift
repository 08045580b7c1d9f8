import CloudflareECS
import Testing

/// The rules of layer format 4.5:
/// https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
@Suite struct NavigatorLayerTests {
  static let layers = [
    NavigatorLayer(coverageOf: BuiltInRules.all), NavigatorLayer(coverageOf: []),
    NavigatorLayer(hitsOf: BuiltInRules.all, alerts: ["trevorc2-http": 2, "intelligence-feed": 3]),
    NavigatorLayer(hitsOf: BuiltInRules.all, alerts: [:]),
  ]

  @Test(
    "a layer has the members that it needs, no others than the format knows, each of its type",
    arguments: layers)
  func layer(_ layer: NavigatorLayer) throws {
    let tree = try object(JSONValue(json: layer.json))
    try check(
      tree,
      required: ["name": .text, "versions": .object, "domain": .text],
      optional: [
        "description": .text, "techniques": .array, "gradient": .object, "legendItems": .array,
      ])
    #expect(tree["domain"] == .string("enterprise-attack"))
    let versions = try object(tree["versions"])
    try check(
      versions, required: ["layer": .text], optional: ["attack": .text, "navigator": .text])
    #expect(versions["layer"] == .string("4.5"))
  }

  @Test("techniques", arguments: layers)
  func techniques(_ layer: NavigatorLayer) throws {
    let rows = try array(object(JSONValue(json: layer.json))["techniques"]).map(object)
    for row in rows {
      try check(
        row, required: ["techniqueID": .text],
        optional: ["tactic": .text, "score": .number, "comment": .text, "enabled": .boolean])
      let id = try #require(row["techniqueID"]?.string)
      #expect(try /T[0-9]{4}(\.[0-9]{3})?/.wholeMatch(in: id) != nil, "\(id)")
      #expect(try #require(row["score"]?.integer) > 0)
    }
    #expect(Set(rows.map { $0["techniqueID"]?.string }).count == rows.count)
  }

  @Test("gradient and legend", arguments: layers)
  func colours(_ layer: NavigatorLayer) throws {
    let tree = try object(JSONValue(json: layer.json))
    let gradient = try object(tree["gradient"])
    try check(
      gradient, required: ["colors": .array, "minValue": .number, "maxValue": .number],
      optional: [:])
    let colours = try array(gradient["colors"])
    #expect(colours.count >= 2)
    let least = try #require(gradient["minValue"]?.integer)
    #expect(try #require(gradient["maxValue"]?.integer) > least)
    let items = try array(tree["legendItems"]).map(object)
    for item in items {
      try check(item, required: ["label": .text, "color": .text], optional: [:])
    }
    for colour in colours + items.compactMap({ $0["color"] }) {
      #expect(try /#[0-9a-f]{6}/.wholeMatch(in: #require(colour.string)) != nil)
    }
  }

  // MARK: Schema

  private enum Kind { case text, number, boolean, array, object }

  private func check(
    _ tree: JSONObject, required: [String: Kind], optional: [String: Kind]
  ) throws {
    for name in required.keys { #expect(tree[name] != nil, "\(name)") }
    for member in tree.members {
      let kind = try #require(
        required[member.name] ?? optional[member.name], "\(member.name) is not in the format")
      switch (member.value, kind) {
      case (.string, .text), (.number, .number), (.boolean, .boolean), (.array, .array),
        (.object, .object):
        break
      default: Issue.record("\(member.name) is no \(kind)")
      }
    }
  }

  private func object(_ value: JSONValue?) throws -> JSONObject { try #require(value?.object) }

  private func array(_ value: JSONValue?) throws -> [JSONValue] { try #require(value?.array) }
}
