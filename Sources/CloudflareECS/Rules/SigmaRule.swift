/// A rule of a file, in the Sigma format: on single events, or a correlation.
///
/// [Sigma rules](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-rules-specification.md)
struct SigmaRule: Sendable {
  let title: String
  let id: String?
  /// The name by which correlation rules may refer to it.
  let name: String?
  let description: String
  let authors: [String]
  let license: String?
  let references: [String]
  let tags: [String]
  let falsePositives: [String]
  /// `informational`, `low`, `medium`, `high` or `critical`.
  let level: String
  let content: Content

  enum Content: Sendable {
    case condition(DetectionRule.Condition)
    case correlation(SigmaCorrelation)
  }

  /// Reads a rule.
  /// - Throws: why it cannot be evaluated.
  init(_ node: RuleNode) throws(RuleFileError) {
    guard node.members != nil else { throw RuleFileError("a rule is a map", line: node.line) }
    for (name, what) in Self.others {
      guard let member = node.members?.first(where: { $0.name == name }) else { continue }
      throw RuleFileError("\(what) are not supported", line: member.line)
    }
    guard let title = node["title"]?.text, !title.isEmpty else {
      throw RuleFileError("the rule has no title", line: node.line)
    }
    self.title = title
    name = Self.text(node, "name")
    id = Self.text(node, "id") ?? name
    description = Self.text(node, "description") ?? ""
    authors = Self.texts(node, "author").flatMap { Self.parts($0) }
    license = Self.text(node, "license")
    references = Self.texts(node, "references")
    tags = Self.texts(node, "tags").map { $0.lowercased() }
    falsePositives = Self.texts(node, "falsepositives")
    level = Self.text(node, "level")?.lowercased() ?? "low"
    guard Self.levels.contains(level) else {
      throw RuleFileError(
        "the level '\(DisplayText.value(level))' is not one of \(Self.levels.joined(separator: ", "))",
        line: node["level"]?.line ?? node.line)
    }
    if Self.text(node, "status") == "unsupported" {
      throw RuleFileError("its status is 'unsupported'", line: node["status"]?.line ?? node.line)
    }
    if let correlation = node["correlation"] {
      content = .correlation(try SigmaCorrelation(correlation))
      return
    }
    try Self.checkSource(node["logsource"])
    guard let detection = node["detection"], let searches = detection.members else {
      throw RuleFileError("the rule has no detection", line: node.line)
    }
    content = .condition(try Self.condition(searches, detection))
  }

  /// What else may be in a file of rules.
  private static let others = [
    ("filter", "Sigma filters"), ("action", "collections of older versions of Sigma (action)"),
  ]
  private static let levels = ["informational", "low", "medium", "high", "critical"]

  /// Whether the rule is for the logs that this library reads.
  private static func checkSource(_ node: RuleNode?) throws(RuleFileError) {
    guard let node else { return }
    let (category, product) = (text(node, "category"), text(node, "product"))
    if let category, category != "webserver", category != "proxy" {
      throw RuleFileError(
        "the log source's category '\(DisplayText.value(category))' is neither webserver nor proxy",
        line: node["category"]?.line ?? node.line)
    }
    if let product, product != "cloudflare" {
      throw RuleFileError(
        "the log source's product is '\(DisplayText.value(product))'",
        line: node["product"]?.line ?? node.line)
    }
    if let service = text(node, "service"), product == nil {
      throw RuleFileError(
        "the log source's service is '\(DisplayText.value(service))'",
        line: node["service"]?.line ?? node.line)
    }
  }

  private static func condition(
    _ members: [RuleNode.Member], _ detection: RuleNode
  ) throws(RuleFileError) -> DetectionRule.Condition {
    if let timeframe = detection["timeframe"] {
      throw RuleFileError("'timeframe' is not supported", line: timeframe.line)
    }
    let searches = members.filter { $0.name != "condition" }
    var parts: [DetectionRule.Condition] = []
    for node in detection["condition"]?.elements ?? [] {
      guard let text = node.text, !text.isEmpty else {
        throw RuleFileError("the condition is not a text", line: node.line)
      }
      parts.append(try SigmaCondition.expression(text, of: searches, line: node.line))
    }
    if parts.isEmpty { throw RuleFileError("the rule has no condition", line: detection.line) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  /// The text of a member, without surrounding white space; nil if there is none or it is empty.
  private static func text(_ node: RuleNode, _ name: String) -> String? {
    guard let member = node[name], let text = member.text, !member.isNull else { return nil }
    let trimmed = String(text.trimmingSpace)
    return trimmed.isEmpty ? nil : trimmed
  }

  private static func texts(_ node: RuleNode, _ name: String) -> [String] {
    guard let member = node[name], !member.isNull else { return [] }
    return member.elements.compactMap(\.text).filter { !$0.isEmpty }
  }

  /// The names of authors, between commas.
  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmingSpace }.filter { !$0.isEmpty }.map(
      String.init)
  }
}
