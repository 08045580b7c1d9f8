extension DetectionRule {
  /// The rule as a Sigma rule in YAML, with ECS field names; nil for the feed rule, which has no
  /// condition.
  ///
  /// [Sigma rule format](https://sigmahq.io/docs/basics/rules.html)
  public var sigma: String? {
    guard let condition else { return nil }
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

/// Collects the selections of a Sigma rule, one for each test.
private struct SigmaSelections {
  var yaml = ""
  private var count = 0

  /// The condition as a Sigma expression. Adds the selections that it names.
  mutating func expression(_ condition: Condition, isWhole: Bool = false) -> String {
    switch condition {
    case .equals(let field, let text): return add(field, "", [text])
    case .contains(let field, let text): return add(field, "|contains", [text])
    case .startsWith(let field, let text): return add(field, "|startswith", [text])
    case .endsWith(let field, let text): return add(field, "|endswith", [text])
    case .oneOf(let field, let texts): return add(field, "", texts)
    case .matches(let field, let pattern):
      // Sigma searches the expression anywhere in the value, so that its beginning is asked apart.
      let start = pattern.literalStart
      return select(
        (start.isEmpty ? [] : [("\(field.rawValue)|startswith", [Self.escaped(start)])])
          + [("\(field.rawValue)|re", [pattern.regularExpression])])
    case .all(let parts): return join(parts, " and ", isWhole)
    case .any(let parts): return join(parts, " or ", isWhole)
    case .not(let part): return "not \(expression(part))"
    }
  }

  private mutating func join(_ parts: [Condition], _ word: String, _ isWhole: Bool) -> String {
    let joined = parts.map { expression($0) }.joined(separator: word)
    return isWhole ? joined : "(\(joined))"
  }

  private mutating func add(
    _ field: DetectionField, _ modifier: String, _ texts: [String]
  ) -> String {
    var values = texts.map(Self.escaped)
    // With the profile `sekoia` the field keeps its question mark.
    if field == .query, modifier == "" || modifier == "|startswith" {
      values += values.map { "\\?" + $0 }
    }
    return select([(field.rawValue + modifier, values)])
  }

  private mutating func select(_ items: [(key: String, values: [String])]) -> String {
    count += 1
    let name = "selection_\(count)"
    yaml += "  \(name):\n"
    for item in items {
      yaml += "    \(item.key):\n"
      for value in item.values { yaml += "      - \(DetectionRule.quoted(value))\n" }
    }
    return name
  }

  /// Escapes Sigma's wildcards.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "*?\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
