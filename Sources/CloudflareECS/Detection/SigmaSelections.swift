/// Collects the selections of a Sigma rule, one for each test.
struct SigmaSelections {
  private(set) var yaml = ""
  private var count = 0

  /// Whether Sigma has words for a condition. It has none for an empty list, and an empty text means an absent field.
  static func canExpress(_ condition: DetectionRule.Condition) -> Bool {
    switch condition {
    case .all(let parts), .any(let parts): !parts.isEmpty && parts.allSatisfy(canExpress)
    case .not(let part): canExpress(part)
    case .test(let test):
      if case .equals(let globs) = test.comparison {
        !globs.contains { $0.wholeText == [] }
      } else {
        true
      }
    }
  }

  /// The condition as a Sigma expression. Adds the selections that it names.
  mutating func expression(_ condition: DetectionRule.Condition, isWhole: Bool = false) -> String {
    switch condition {
    case .test(let test): add(test)
    case .all(let parts): join(parts, " and ", isWhole)
    case .any(let parts): join(parts, " or ", isWhole)
    case .not(let part): "not \(expression(part))"
    }
  }

  private mutating func join(_ parts: [DetectionRule.Condition], _ word: String, _ isWhole: Bool)
    -> String
  {
    let joined = parts.map { expression($0, isWhole: parts.count == 1 && isWhole) }
    return isWhole || parts.count == 1
      ? joined.joined(separator: word) : "(\(joined.joined(separator: word)))"
  }

  private mutating func add(_ test: DetectionRule.Condition.Test) -> String {
    let field = test.field
    switch test.comparison {
    case .isAbsent: return select(field, [("", ["null"])])
    case .equals(let globs), .matches(let globs):
      return select(field, Self.grouped(globs))
    case .expressions(let expressions):
      let flags = expressions[0].flags
      let modifiers =
        (flags.ignoresCase ? "|i" : "") + (flags.isMultiline ? "|m" : "")
        + (flags.dotMatchesAll ? "|s" : "")
      return select(field, [("|re" + modifiers, expressions.map { DetectionRule.quoted($0.text) })])
    case .isInside(let blocks):
      return select(field, [("|cidr", blocks.map { DetectionRule.quoted($0.text) })])
    case .isOrdered(let operation, let value):
      return select(field, [(Self.modifier(operation), [value])])
    case .equalsField(let other, let isCased):
      return select(
        field, [("|fieldref" + (isCased ? "|cased" : ""), [DetectionRule.quoted(other)])])
    }
  }

  private static func modifier(_ operation: ConditionText.Operator) -> String {
    switch operation {
    case .isLess: "|lt"
    case .isAtMost: "|lte"
    case .isGreater: "|gt"
    default: "|gte"
    }
  }

  /// Values by the modifier that says where they are.
  private static func grouped(_ globs: [TextGlob]) -> [(String, [String])] {
    var groups: [(modifier: String, values: [String])] = []
    for glob in globs {
      let modifier =
        switch glob.place {
        case .whole: ""
        case .start: "|startswith"
        case .end: "|endswith"
        case .anywhere: "|contains"
        }
      let value = glob.place == .whole ? glob.text : glob.escapedText
      let name = modifier + (glob.isCased ? "|cased" : "")
      if groups.last?.modifier != name { groups.append((name, [])) }
      groups[groups.count - 1].values.append(DetectionRule.quoted(value))
    }
    return groups
  }

  /// Adds a selection for each group of values; one of them has to match.
  private mutating func select(_ field: String, _ groups: [(modifier: String, values: [String])])
    -> String
  {
    var names: [String] = []
    for group in groups {
      count += 1
      names.append("selection_\(count)")
      yaml += "  selection_\(count):\n    \(field)\(group.modifier):\n"
      for value in group.values { yaml += "      - \(value)\n" }
    }
    return names.count == 1 ? names[0] : "(\(names.joined(separator: " or ")))"
  }
}
