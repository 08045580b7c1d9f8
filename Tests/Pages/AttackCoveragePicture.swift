import CloudflareECS

/// The picture of the techniques of ATT&CK that the rules cover: under each tactic a box for each
/// technique, with the names of its rules, and its sub-techniques inside.
enum AttackCoveragePicture {
  static let path = "Documentation/CloudflareECS.docc/Resources/attack-coverage.svg"

  private static let boxWidth = 360
  private static let gap = 14
  /// ATT&CK's own order, as far as the rules have tactics.
  private static let tactics: [DetectionRule.Technique.Tactic] = [
    .reconnaissance, .initialAccess, .credentialAccess, .commandAndControl, .exfiltration,
  ]

  /// In two columns, each tactic in the one that is shorter so far.
  static var svg: String {
    var body = ""
    var heights = [gap, gap]
    for tactic in tactics {
      let column = heights[0] <= heights[1] ? 0 : 1
      let x = gap + column * (boxWidth + gap)
      var y = heights[column]
      body += text(tactic.name, x: x, y: y + 16, #"font-size="16" font-weight="bold""#)
      y += 28
      for technique in techniques(tactic) {
        let box = box(technique, x: x, y: y)
        body += box.svg
        y += box.height + 10
      }
      heights[column] = y + 8
    }
    let (width, height) = (3 * gap + 2 * boxWidth, heights.max()! + gap - 18)
    return """
      <!-- Generated from the detection rules: do not edit. -->
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      font-family="sans-serif" font-size="14">
      <rect width="\(width)" height="\(height)" fill="#fff"/>
      \(body)</svg>

      """
  }

  private struct Technique {
    var id: String
    var name: String
    var rules: [String]
    var parts: [Technique] = []
  }

  private static func techniques(_ tactic: DetectionRule.Technique.Tactic) -> [Technique] {
    var all: [Technique] = []
    for row in Set(BuiltInRules.all.flatMap(\.techniques)).sorted(by: { $0.id < $1.id })
    where row.tactic == tactic {
      let rules = BuiltInRules.all.filter { $0.techniques.contains(row) }.map(\.name)
      guard let parentID = row.parentID, let parentName = row.parentName else {
        all.append(Technique(id: row.id, name: row.name, rules: rules))
        continue
      }
      if all.last?.id != parentID {
        all.append(Technique(id: parentID, name: parentName, rules: []))
      }
      all[all.count - 1].parts.append(Technique(id: row.id, name: row.name, rules: rules))
    }
    return all
  }

  private static func box(
    _ technique: Technique, x: Int, y: Int, inset: Int = 0
  ) -> (svg: String, height: Int) {
    var inside = text("\(technique.id) \(technique.name)", x: x + 10, y: y + 21, "")
    var height = 30
    for rule in technique.rules {
      inside += text(rule, x: x + 10, y: y + height + 12, ##"font-size="12" fill="#555""##)
      height += 18
    }
    for part in technique.parts {
      let box = box(part, x: x + 10, y: y + height + 4, inset: inset + 10)
      inside += box.svg
      height += box.height + 10
    }
    height += technique.rules.isEmpty ? 2 : 6
    let svg =
      "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(boxWidth - 2 * inset)\" height=\"\(height)\" rx=\"4\" "
      + "fill=\"\(inset == 0 ? "#fef0e4" : "#fff")\" stroke=\"#f6821f\"/>\n"
    return (svg + inside, height)
  }

  private static func text(_ text: String, x: Int, y: Int, _ attributes: String) -> String {
    let space = attributes.isEmpty ? "" : " "
    return "<text x=\"\(x)\" y=\"\(y)\"\(space)\(attributes)>\(escaped(text))</text>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
  }
}
