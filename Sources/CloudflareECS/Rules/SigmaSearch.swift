/// Reads the searches of a Sigma rule: maps of fields, lists of maps, and keywords.
///
/// [Sigma rules: detection](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-rules-specification.md#detection)
enum SigmaSearch {
  /// The expression of one search.
  static func expression(_ node: RuleNode) throws(RuleFileError) -> DetectionRule.Condition {
    switch node.content {
    case .map: return try map(node)
    case .scalar: return try keywords([node], SigmaModifiers([], line: node.line), node)
    case .list(let elements):
      if elements.isEmpty { throw RuleFileError("an empty list", line: node.line) }
      var parts: [DetectionRule.Condition] = []
      for element in elements {
        if case .list = element.content {
          throw RuleFileError("a list in a list", line: element.line)
        }
        parts.append(try expression(element))
      }
      return .any(parts)
    }
  }

  private static func map(_ node: RuleNode) throws(RuleFileError) -> DetectionRule.Condition {
    let members = node.members ?? []
    if members.isEmpty { throw RuleFileError("an empty map", line: node.line) }
    var parts: [DetectionRule.Condition] = []
    for member in members { parts.append(try item(member)) }
    return .all(parts)
  }

  /// `field|modifiers: values`
  private static func item(_ member: RuleNode.Member) throws(RuleFileError)
    -> DetectionRule.Condition
  {
    let parts = member.name.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let modifiers = try SigmaModifiers(parts.dropFirst(), line: member.line)
    let values = member.value.elements
    if values.isEmpty { throw RuleFileError("an empty list", line: member.line) }
    for value in values where value.text == nil {
      throw RuleFileError("'\(DisplayText.value(member.name))' needs texts", line: value.line)
    }
    if parts[0].isEmpty { return try keywords(values, modifiers, member.value) }
    if SigmaField.isAbsent(parts[0]) {
      throw RuleFileError("\(parts[0]) is not in Cloudflare's firewall events", line: member.line)
    }
    let expression = try field(SigmaField.canonical(parts[0]), values, modifiers)
    return modifiers.isNegated ? .not(expression) : expression
  }

  private static func field(
    _ name: String, _ values: [RuleNode], _ modifiers: SigmaModifiers
  ) throws(RuleFileError) -> DetectionRule.Condition {
    var comparisons: [DetectionRule.Condition.Test.Comparison] = []
    var parts: [DetectionRule.Condition] = []
    for value in values {
      let text = value.text ?? ""
      if modifiers.comparison == .equals, value.isNull || text.isEmpty {
        comparisons.append(.isAbsent)
      } else if value.isNull {
        throw RuleFileError("null with a modifier", line: value.line)
      } else if modifiers.comparison == .exists {
        guard ["true", "false"].contains(text.lowercased()) else {
          throw RuleFileError("exists needs true or false", line: value.line)
        }
        let isAbsent = DetectionRule.Condition.test(DetectionRule.Condition.Test(name, .isAbsent))
        parts.append(text.lowercased() == "false" ? isAbsent : .not(isAbsent))
      } else {
        comparisons.append(try comparison(value, text, modifiers))
      }
    }
    if !modifiers.needsAll {
      comparisons = DetectionRule.Condition.Test.Comparison.joined(comparisons)
    }
    parts += comparisons.map { .test(DetectionRule.Condition.Test(name, $0)) }
    if parts.count == 1 { return parts[0] }
    return modifiers.needsAll ? .all(parts) : .any(parts)
  }

  private static func comparison(
    _ value: RuleNode, _ text: String, _ modifiers: SigmaModifiers
  ) throws(RuleFileError) -> DetectionRule.Condition.Test.Comparison {
    switch modifiers.comparison {
    case .equals: return .equals([SigmaValue.glob(text, modifiers)])
    case .contains, .startswith, .endswith: return .matches([SigmaValue.glob(text, modifiers)])
    case .fieldref:
      return .equalsField(SigmaField.canonical(text), isCased: modifiers.isCased)
    case .expression:
      do throws(RegularExpression.Fault) {
        return .expressions([try RegularExpression(text, modifiers.flags)])
      } catch {
        throw RuleFileError(
          "the regular expression '\(DisplayText.value(text))': \(error.text)", line: value.line)
      }
    case .cidr:
      guard let block = AddressBlock(text) else {
        throw RuleFileError("'\(DisplayText.value(text))' is not a CIDR block", line: value.line)
      }
      return .isInside([block])
    case .lt, .lte, .gt, .gte:
      guard let order = modifiers.comparison.order else { return .isAbsent }
      return .isOrdered(order, text)
    case .exists: return .isAbsent
    }
  }

  /// Values without a field name: each is searched in several fields.
  private static func keywords(
    _ values: [RuleNode], _ modifiers: SigmaModifiers, _ node: RuleNode
  ) throws(RuleFileError) -> DetectionRule.Condition {
    guard modifiers.comparison.isText || modifiers.comparison == .expression else {
      throw RuleFileError("'\(modifiers.comparison.rawValue)' needs a field", line: node.line)
    }
    var parts: [DetectionRule.Condition] = []
    for value in values {
      guard let text = value.text, !value.isNull, !text.isEmpty else {
        throw RuleFileError("a keyword without text", line: value.line)
      }
      var comparison = try comparison(value, text, modifiers)
      if modifiers.comparison == .equals {
        let elements = [.any] + TextGlob.elements(of: text) + [.any]
        comparison = .matches([TextGlob(elements, isCased: modifiers.isCased)])
      }
      parts.append(
        .any(SigmaField.keywordFields.map { .test(DetectionRule.Condition.Test($0, comparison)) }))
    }
    let expression: DetectionRule.Condition = modifiers.needsAll ? .all(parts) : .any(parts)
    return modifiers.isNegated ? .not(expression) : expression
  }
}
