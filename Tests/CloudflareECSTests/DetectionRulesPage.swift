import CloudflareECS

/// The page of the documentation that shows the detection rules, and its picture.
enum DetectionRulesPage {
  static let path = "Documentation/CloudflareECS.docc/DetectionRules.md"
  static let picturePath = "Documentation/CloudflareECS.docc/Resources/attack-coverage.svg"

  static var text: String {
    introduction + BuiltInRules.all.map(section).joined(separator: "\n")
  }

  private static let introduction = """
    <!-- Generated from the detection rules: do not edit. RECORD=1 swift test --filter \
    DetectionRulesPageTests rewrites this page. -->
    # Detection rules

    What the built-in rules find, why, and what to do with an alert.

    `cf-ecs detect` runs them, `cf-ecs rules` prints them. *Level* is how bad it is if an alert is \
    right; *effort* is how much work the alerts of a rule make. Letters A–Z are folded in every \
    comparison, hosts lose port and trailing dot, a query its `?`; a field that is missing passes no \
    test. The examples and near misses are a test.

    ![Techniques of ATT&CK that the rules cover, by tactic](attack-coverage.svg)


    """

  private static func section(_ rule: DetectionRule) -> String {
    let techniques = rule.techniques.map { technique in
      "[\(technique.id) \(technique.name)](https://attack.mitre.org/techniques/"
        + "\(technique.id.split(separator: ".").joined(separator: "/"))/)"
    }
    let condition = rule.condition.map { "`\($0.text)`" } ?? "an indicator of a feed matches"
    func records(_ title: String, _ records: [String]) -> String {
      records.isEmpty
        ? "" : "\n\(title):\n\n```json\n\(records.joined(separator: "\n"))\n```\n"
    }
    return """
      ## \(rule.name)

      `\(rule.id)`. \(rule.description)

      - **Level**: \(rule.level.rawValue)
      - **Effort**: \(rule.effort.rawValue)
      - **ATT&CK**: \(techniques.joined(separator: ", "))
      - **Fires when**: \(condition)
      - **What to do**: \(rule.advice)
      - **False positives**: \(rule.falsePositives.joined(separator: " "))
      - **Provenance**: \(rule.provenance) \
      \(rule.references.map { "<\($0)>" }.joined(separator: " "))
      \(records("Fires", rule.examples))\(records("Does not fire", rule.nearMisses))
      """
  }

  /// A column for each tactic, a box for each technique with the names of its rules below.
  static var picture: String {
    var columns: [(tactic: String, techniques: [AttackTechnique])] = []
    for technique in BuiltInRules.all.flatMap(\.techniques) {
      let place = columns.firstIndex { $0.tactic == technique.tactic.name }
      if let place {
        if !columns[place].techniques.contains(technique) {
          columns[place].techniques.append(technique)
        }
      } else {
        columns.append((technique.tactic.name, [technique]))
      }
    }
    var body = ""
    var height = 0
    for (column, entry) in columns.enumerated() {
      let x = 10 + column * 260
      body += text(entry.tactic, x: x, y: 28, "font-weight=\"bold\"")
      var y = 42
      for technique in entry.techniques {
        let rules = BuiltInRules.all.filter { $0.techniques.contains(technique) }.map(\.name)
        let boxHeight = 34 + rules.count * 18
        body +=
          "<rect x=\"\(x)\" y=\"\(y)\" width=\"250\" height=\"\(boxHeight)\" rx=\"4\" "
          + "fill=\"#fef0e4\" stroke=\"#f6821f\"/>\n"
        body += text("\(technique.id) \(technique.name)", x: x + 8, y: y + 20, "")
        for (line, rule) in rules.enumerated() {
          body += text(rule, x: x + 8, y: y + 40 + line * 18, "font-size=\"12\" fill=\"#555\"")
        }
        y += boxHeight + 10
      }
      height = max(height, y)
    }
    let width = 10 + columns.count * 260
    return """
      <!-- Generated from the detection rules: do not edit. -->
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      font-family="sans-serif" font-size="14">
      <rect width="\(width)" height="\(height)" fill="#fff"/>
      \(body)</svg>

      """
  }

  private static func text(_ text: String, x: Int, y: Int, _ attributes: String) -> String {
    let space = attributes.isEmpty ? "" : " "
    return "<text x=\"\(x)\" y=\"\(y)\"\(space)\(attributes)>\(text)</text>\n"
  }
}
