/// A table of alerts for people, 80 columns wide. The most severe rules come first; among those, the
/// ones with the fewest hits.
package struct AlertSummary {
  private let rules: [DetectionRule]
  private let tally: AlertTally
  private let events: Int

  package init(rules: [DetectionRule], tally: AlertTally, events: Int) {
    self.rules = rules
    self.tally = tally
    self.events = events
  }

  package var text: String {
    let fired = rules.filter { tally.rows[$0.id] != nil }
      .sorted { one, other in
        let (one, other) = (tally.rows[one.id]!, tally.rows[other.id]!)
        return one.level != other.level ? one.level > other.level : one.hits < other.hits
      }
    guard let first = fired.first else { return "No alerts in \(events) events.\n" }
    let alerts = tally.rows.values.reduce(0) { $0 + $1.hits }
    let header = row("LEVEL", "HITS", "RULE", "EFFORT", "ATT&CK")
    return header + fired.map(describe).joined()
      + "\nAlerts: \(alerts), in \(events) events.\n"
      + wrapped(
        "Look first at \(DisplayText.value(first.name)). \(DisplayText.line(first.advice))")
  }

  private func describe(_ rule: DetectionRule) -> String {
    let counts = tally.rows[rule.id]!
    let technique = rule.techniques.first?.id ?? ""
    var text = row(
      counts.level.rawValue, "\(counts.hits)", DisplayText.value(rule.name), rule.effort.rawValue,
      DisplayText.value(rule.techniques.count > 1 ? "\(technique), …" : technique))
    let indent = String(repeating: " ", count: 18)
    if let first = counts.first, let last = counts.last {
      let times = first == last ? [first] : [first, last]
      text += indent + times.map { $0.text(.shortest) }.joined(separator: " … ") + "\n"
    }
    if let sources = counts.sourcesText { text += wrapped(sources, indent: 18) }
    return text
  }

  private func row(
    _ level: String, _ hits: String, _ rule: String, _ effort: String, _ technique: String
  ) -> String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let space = String(repeating: " ", count: max(0, 7 - hits.count))
    return "\(pad(level, 8)) \(space)\(hits)  \(pad(rule, 36))  \(pad(effort, 12)) \(technique)\n"
  }

  /// Lines of at most 80 columns, broken between words.
  private func wrapped(_ text: String, indent: Int = 0) -> String {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > 80 {
        lines.append(space + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [space + line]).joined(separator: "\n") + "\n"
  }
}
