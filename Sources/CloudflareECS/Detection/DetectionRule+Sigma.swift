extension DetectionRule {
  /// The rule as a Sigma rule in YAML, with the field names of its conditions. A rule with a correlation is several
  /// documents: the rules that it counts, and the correlation. Nil for the feed rule, which has no condition, and for a
  /// condition that Sigma cannot express: an empty list, or an empty text.
  ///
  /// [Sigma rules](https://sigmahq.io/docs/basics/rules.html),
  /// [Sigma correlations](https://sigmahq.io/docs/meta/correlations.html)
  public var sigma: String? {
    guard !isFeedRule, conditions.allSatisfy(SigmaSelections.canExpress) else { return nil }
    guard let correlation else { return header + Self.detection(conditions[0]) + footer }
    let names = conditions.indices.map { "\(id)-events" + ($0 == 0 ? "" : "-\($0 + 1)") }
    let counted = zip(names, conditions).map { name, condition in
      """
      title: \(Self.quoted("Events of \(self.name)"))
      name: \(name)
      status: experimental

      """ + Self.detection(condition) + "level: informational\n"
    }
    return (counted + [header + correlation.sigma(of: names) + footer]).joined(separator: "---\n")
  }

  /// The day of the first release of the built-in rules.
  private static let firstRelease = "2026-11-24"

  private var header: String {
    let tactics = Set(techniques.map { $0.tactic.sigmaName }).sorted()
    let tags = tactics + techniques.map(\.id).sorted().map { "attack.\($0.lowercased())" }
    return """
      title: \(Self.quoted(name))
      id: \(uuid ?? id)
      status: experimental
      description: \(Self.quoted(description))
      \(Self.list("references", references.map(Self.quoted)))\
      \(Self.line("author", authors.isEmpty ? nil : authors.joined(separator: ", ")))\
      \(Self.line("license", license))\
      \(Self.line("date", BuiltInRules.all.contains { $0.id == id } ? Self.firstRelease : nil))\
      \(Self.list("tags", tags))
      """
  }

  private var footer: String {
    Self.list("falsepositives", falsePositives.map(Self.quoted)) + "level: \(level.rawValue)\n"
  }

  private static func detection(_ condition: Condition) -> String {
    var selections = SigmaSelections()
    let expression = selections.expression(condition, isWhole: true)
    return """
      logsource:
        category: proxy
        product: cloudflare
      detection:
      \(selections.yaml)  condition: \(expression)

      """
  }

  private static func line(_ name: String, _ value: String?) -> String {
    value.map { "\(name): \($0)\n" } ?? ""
  }

  fileprivate static func list(_ name: String, _ values: [String], indent: String = "") -> String {
    values.isEmpty
      ? "" : "\(indent)\(name):\n" + values.map { "\(indent)  - \($0)\n" }.joined()
  }

  /// A text as a YAML string in single quotes.
  static func quoted(_ text: String) -> String {
    "'" + text.replacingScalar("'", with: "''") + "'"
  }
}

extension DetectionRule.Correlation {
  /// The section of a Sigma rule.
  fileprivate func sigma(of names: [String]) -> String {
    let type =
      switch kind {
      case .eventCount: "event_count"
      case .valueCount: "value_count"
      case .temporal: "temporal"
      }
    let field = countedField.map { "    field: \($0)\n" } ?? ""
    return "correlation:\n  type: \(type)\n"
      + DetectionRule.list("rules", names, indent: "  ")
      + DetectionRule.list("group-by", groupBy, indent: "  ")
      + "  timespan: \(seconds)s\n  condition:\n\(field)"
      + bounds.map { "    \($0.sigmaName): \($0.number)\n" }.joined()
  }

  /// The correlation in words: `more than 30 events of one source.ip within 300 s: event.action equals "block"`.
  package var text: String {
    let what =
      switch kind {
      case .eventCount: "events"
      case .valueCount(let field): "values of \(field)"
      case .temporal: "of the conditions"
      }
    let group = groupBy.isEmpty ? "" : " with one \(groupBy.joined(separator: ", "))"
    let bounds = bounds.map { "\($0.words) \($0.number)" }.joined(separator: " and ")
    return "\(bounds) \(what)\(group) within \(seconds) s: "
      + conditions.map(\.text).joined(separator: "; or ")
  }
}

extension DetectionRule.Correlation.Bound {
  fileprivate var sigmaName: String {
    switch self {
    case .isGreater: "gt"
    case .isAtLeast: "gte"
    case .isLess: "lt"
    case .isAtMost: "lte"
    case .equals: "eq"
    case .differs: "neq"
    }
  }

  fileprivate var words: String {
    switch self {
    case .isGreater: "more than"
    case .isAtLeast: "at least"
    case .isLess: "less than"
    case .isAtMost: "at most"
    case .equals: "exactly"
    case .differs: "not"
    }
  }
}

extension DetectionRule.Technique.Tactic {
  /// `attack.command-and-control`
  fileprivate var sigmaName: String {
    "attack." + name.lowercased().split(separator: " ").joined(separator: "-")
  }
}
