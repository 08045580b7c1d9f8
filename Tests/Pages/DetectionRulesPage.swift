import CloudflareECS

/// The page of the documentation that shows the detection rules.
enum DetectionRulesPage {
  static let path = "Documentation/CloudflareECS.docc/DetectionRules.md"

  static var text: String {
    introduction + BuiltInRules.all.map(section).joined(separator: "\n")
  }

  private static let introduction = """
    <!-- Generated from the detection rules: do not edit. RECORD=1 swift test --filter \
    PageTests rewrites this page. -->
    # Detection rules

    What the built-in rules find, why, and what to do with an alert.

    `cf-ecs detect` runs them, `cf-ecs rules` prints them. *Level* is how serious a true alert is; \
    *effort* is how much work the alerts of a rule make. Texts are compared without the case of the \
    letters A–Z, and known actions by their letters only; a field without a value passes no test. A rule \
    that counts events fires on the event that completes the count. All examples are run as tests. \
    [Rule files](RuleFiles.md) says how to run rules of your own.

    `--format summary` prints one row for the alerts of a rule (of the feed rule, for those of each level): the most \
    serious level first, and of a level the rule with the fewest alerts. Below it are the first and the last time; the \
    clients, indicators, hosts and paths that were hit most; the most frequent Cloudflare rule with its description; \
    and the rule's `id`, for `--rule` and `--exclude-rule`. If no value came twice, only their number is shown. Counts \
    are exact for up to 4,000 different values; of more, `≥` stands before the least that a count can be. In a program \
    it is ``AlertSummary``. [Without a search engine](Recipes.md) begins with a look through a log.

    ![Techniques of ATT&CK that the rules cover, by tactic](Resources/attack-coverage.svg)


    """

  private static let byIndicator =
    "that of the indicator, by its confidence: high from 70 on or if none is given, medium from 30 on, "
    + "else low"

  private static func section(_ rule: DetectionRule) -> String {
    let techniques = rule.techniques.map { technique in
      "[\(technique.id) \(technique.name)](https://attack.mitre.org/techniques/"
        + "\(technique.id.split(separator: ".").joined(separator: "/"))/)"
    }
    let condition = rule.conditionText.map { "`\($0)`" } ?? "an indicator of a feed matches"
    let counts = rule.correlation != nil
    func records(_ title: String, _ records: [String]) -> String {
      records.isEmpty
        ? "" : "\n\(title):\n\n```json\n\(records.joined(separator: "\n"))\n```\n"
    }
    return """
      ## \(rule.name)

      `\(rule.id)`. \(rule.description)

      - **Level**: \(rule.conditionText == nil ? byIndicator : rule.level.rawValue)
      - **Effort**: \(rule.effort.rawValue)
      - **ATT&CK**: \(techniques.joined(separator: ", "))
      - **Fires when**: \(condition)
      - **What to do**: \(rule.advice)
      - **False positives**: \(rule.falsePositives.joined(separator: " "))
      - **Provenance**: \(rule.provenance) \
      \(rule.references.map { "<\($0)>" }.joined(separator: " "))
      \(records(counts ? "Counts" : "Fires", rule.examples))\
      \(records(counts ? "Does not count" : "Does not fire", rule.nearMisses))
      """
  }
}
