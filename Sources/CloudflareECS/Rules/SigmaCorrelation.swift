/// The section `correlation` of a Sigma rule.
///
/// [Sigma correlation rules](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-correlation-rules-specification.md)
struct SigmaCorrelation: Sendable {
  /// What is counted, without conditions: those are of the rules that it names.
  let correlation: DetectionRule.Correlation
  /// The rules whose events it counts, by id or name.
  let rules: [String]
  /// Whether these rules give alerts of their own.
  let generatesAll: Bool

  /// Reads a correlation.
  /// - Throws: why it cannot be evaluated.
  init(_ node: RuleNode) throws(RuleFileError) {
    guard node.members != nil else {
      throw RuleFileError("a correlation is a map", line: node.line)
    }
    if let aliases = node["aliases"] {
      throw RuleFileError("aliases of a correlation are not supported", line: aliases.line)
    }
    rules = try Self.texts("rules", node)
    if rules.isEmpty { throw RuleFileError("the correlation names no rules", line: node.line) }
    generatesAll = node["generate"]?.text?.lowercased() == "true"
    correlation = DetectionRule.Correlation(
      try Self.kind(node), of: [],
      groupBy: try Self.texts("group-by", node).map(SigmaField.canonical),
      withinSeconds: try Self.seconds(node), try Self.bounds(node, rules: rules.count))
  }

  private static func texts(_ name: String, _ node: RuleNode) throws(RuleFileError) -> [String] {
    var texts: [String] = []
    for element in node[name]?.elements ?? [] {
      guard let text = element.text, !text.isEmpty else {
        throw RuleFileError("'\(name)' needs texts", line: element.line)
      }
      texts.append(text)
    }
    return texts
  }

  private static func kind(_ node: RuleNode) throws(RuleFileError) -> DetectionRule.Correlation.Kind
  {
    let type = node["type"]
    switch type?.text {
    case "event_count": return .eventCount
    case "temporal": return .temporal
    case "value_count":
      guard let field = node["condition"]?["field"]?.text, !field.isEmpty else {
        throw RuleFileError("value_count needs a field in its condition", line: node.line)
      }
      return .valueCount(field: SigmaField.canonical(field))
    default:
      throw RuleFileError(
        "correlations of the type '\(DisplayText.value(type?.text ?? ""))' are not supported",
        line: type?.line ?? node.line)
    }
  }

  private static func seconds(_ node: RuleNode) throws(RuleFileError) -> Int {
    let text = node["timespan"]?.text ?? ""
    guard let seconds = DetectionRule.Correlation.seconds(of: text) else {
      throw RuleFileError(
        "the timespan '\(DisplayText.value(text))' is not a number with s, m, h or d, at most 366d",
        line: node["timespan"]?.line ?? node.line)
    }
    return seconds
  }

  private static func bounds(
    _ node: RuleNode, rules: Int
  ) throws(RuleFileError) -> [DetectionRule.Correlation.Bound] {
    var bounds: [DetectionRule.Correlation.Bound] = []
    for member in node["condition"]?.members ?? [] where member.name != "field" {
      guard let number = member.value.text.flatMap({ Int($0) }),
        0...DetectionRule.Correlation.largestCount ~= number
      else {
        throw RuleFileError(
          "'\(DisplayText.value(member.name))' needs a number of at most \(DetectionRule.Correlation.largestCount)",
          line: member.line)
      }
      switch member.name {
      case "gt": bounds.append(.isGreater(number))
      case "gte": bounds.append(.isAtLeast(number))
      case "lt": bounds.append(.isLess(number))
      case "lte": bounds.append(.isAtMost(number))
      case "eq": bounds.append(.equals(number))
      case "neq": bounds.append(.differs(number))
      default:
        throw RuleFileError(
          "'\(DisplayText.value(member.name))' is not a bound of a correlation", line: member.line)
      }
    }
    if bounds.isEmpty, node["type"]?.text == "temporal" { return [.isAtLeast(rules)] }
    if bounds.isEmpty {
      throw RuleFileError("the correlation has no condition with a bound", line: node.line)
    }
    return bounds
  }
}
