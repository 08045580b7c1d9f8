extension DetectionRule {
  /// The rule as a Sigma rule in YAML, with the field names of its condition; nil for the feed rule, which has no
  /// condition, and for a condition that Sigma cannot express: an empty list, or an empty text.
  ///
  /// [Sigma rule format](https://sigmahq.io/docs/basics/rules.html)
  public var sigma: String? {
    guard let condition, SigmaSelections.canExpress(condition) else { return nil }
    var selections = SigmaSelections()
    let expression = selections.expression(condition, isWhole: true)
    func list(_ name: String, _ values: [String]) -> String {
      values.isEmpty ? "" : "\(name):\n" + values.map { "  - \(Self.quoted($0))\n" }.joined()
    }
    let tactics = Set(techniques.map { $0.tactic.sigmaName }).sorted()
    let tags = tactics + techniques.map(\.id).sorted().map { "attack.\($0.lowercased())" }
    return """
      title: \(Self.quoted(name))
      id: \(uuid ?? id)
      status: experimental
      description: \(Self.quoted(description))
      \(list("references", references))author: \(authors.joined(separator: ", "))
      license: \(license ?? "")
      date: 2026-11-24
      tags:
      \(tags.map { "  - \($0)\n" }.joined())logsource:
        category: proxy
        product: cloudflare
      detection:
      \(selections.yaml)  condition: \(expression)
      \(list("falsepositives", falsePositives))level: \(level.rawValue)

      """
  }

  /// A text as a YAML string in single quotes.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension AttackTechnique.Tactic {
  /// `attack.command-and-control`
  fileprivate var sigmaName: String {
    "attack." + name.lowercased().split(separator: " ").joined(separator: "-")
  }
}
