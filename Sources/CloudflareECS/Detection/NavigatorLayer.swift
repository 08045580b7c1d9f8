/// A layer for MITRE's ATT&CK Navigator: the techniques that rules cover, or that alerts show.
///
///     NavigatorLayer(coverageOf: BuiltInRules.all).json
///
/// [Layer format 4.5](https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md)
package struct NavigatorLayer: Hashable, Sendable {
  /// A technique of the layer.
  package struct Technique: Hashable, Sendable {
    /// Identifier, such as `T1071.001`.
    package var id: String
    /// 100 if a rule covers it, or the number of alerts.
    package var score: Int
    /// `Rules: ` followed by the names of the rules.
    package var comment: String
  }

  /// Name of the layer.
  package var name: String
  /// Description of the layer.
  package var description: String
  /// The techniques, by identifier.
  package var techniques: [Technique]
  /// The score of the darkest colour.
  private let maximum: Int
  private let legend: String

  /// A coverage layer: the techniques of the rules and their parents, each with the score 100.
  package init(coverageOf rules: [DetectionRule]) {
    name = "CloudflareECS detections"
    description = "Techniques that the rules for Cloudflare's firewall events cover"
    maximum = 100
    legend = "covered by a rule"
    techniques = Self.techniques(of: rules) { rules in
      (100, rules.map(\.name).joined(separator: ", "))
    }
  }

  /// A layer of alerts: the score of a technique is the number of alerts.
  /// - Parameters:
  ///   - rules: the rules that ran.
  ///   - alerts: the number of alerts by the rule's identifier.
  package init(hitsOf rules: [DetectionRule], alerts: [String: Int]) {
    name = "CloudflareECS alerts"
    description = "Techniques of the alerts on Cloudflare's firewall events"
    legend = "alerts"
    techniques = Self.techniques(of: rules.filter { alerts[$0.id, default: 0] > 0 }) { rules in
      (
        rules.reduce(0) { $0 + alerts[$1.id, default: 0] },
        rules.map { "\($0.name) (\(alerts[$0.id, default: 0]))" }.joined(separator: ", ")
      )
    }
    maximum = max(1, techniques.map(\.score).max() ?? 1)
  }

  private static func techniques(
    of rules: [DetectionRule], _ content: ([DetectionRule]) -> (score: Int, names: String)
  ) -> [Technique] {
    var rulesOfTechnique: [String: [DetectionRule]] = [:]
    for rule in rules {
      for id in Set(rule.techniques.flatMap { [$0.id] + ($0.parentID.map { [$0] } ?? []) }) {
        rulesOfTechnique[id, default: []].append(rule)
      }
    }
    return rulesOfTechnique.keys.sorted().map { id in
      let (score, names) = content(rulesOfTechnique[id]!)
      return Technique(id: id, score: score, comment: "Rules: \(names)")
    }
  }

  /// The layer as one line of JSON.
  package var json: String {
    func number(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
    let layer: JSONObject = [
      "name": .string(name),
      "versions": .object([
        "attack": .string("17"), "navigator": .string("5.1.0"), "layer": .string("4.5"),
      ]),
      "domain": .string("enterprise-attack"),
      "description": .string(description),
      "techniques": .array(
        techniques.map { technique in
          .object([
            "techniqueID": .string(technique.id), "score": number(technique.score),
            "comment": .string(technique.comment), "enabled": .boolean(true),
          ])
        }),
      "gradient": .object([
        "colors": .array([.string("#ffffff"), .string("#f6821f")]),
        "minValue": number(0), "maxValue": number(maximum),
      ]),
      "legendItems": .array([
        .object(["label": .string(legend), "color": .string("#f6821f")])
      ]),
    ]
    return JSONValue.object(layer).json
  }
}
