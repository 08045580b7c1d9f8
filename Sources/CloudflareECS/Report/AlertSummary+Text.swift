extension AlertSummary {
  /// The summary for people, 80 columns wide, the most serious rows first.
  ///
  /// Nothing in it can control a terminal: control characters and bidirectional controls of values are escaped. Values
  /// that are too long are cut.
  ///
  /// - Parameter events: the number of events that were looked at.
  public func text(events: Int) -> String {
    let rows = rows
    let inEvents = "in \(ReportText.events(events))"
    guard let first = rows.first else { return "No alerts \(inEvents).\n" }
    let levels = DetectionRule.Level.allCases.reversed().compactMap { level in
      let alerts = rows.filter { $0.level == level }.reduce(0) { $0 + $1.alerts }
      return alerts == 0 ? nil : "\(ReportText.number(alerts)) \(level.rawValue)"
    }
    let total = "\(ReportText.number(alerts)) \(alerts == 1 ? "alert" : "alerts")"
    let name = DisplayText.value(first.rule.name)
    let advice = "Look first at \(name). \(DisplayText.line(first.rule.advice))"
    let lines =
      [Self.columns("LEVEL", "HITS", "RULE", "EFFORT", "ATT&CK")] + rows.flatMap(Self.lines)
      + ["", "\(total) \(inEvents): \(levels.joined(separator: ", "))"]
      + DisplayWidth.wrapped(advice, to: Self.width)
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Columns
  //
  //     low             63  CloudFlare Firewall Block Rule     master       T1595.002
  //                clients  192.0.2.102 (4), 192.0.2.104 (3), 60 more
  //     ├─ 8 ──┤ ├── 9 ──┤  ├───────────── 33 ─────────────┤  ├── 12 ──┤ ├── 12 ──┤
  //     ├───── 18 ───────┤  ├────────────────────────── 60 ───────────────────────┤

  private static let width = 80
  private static let nameWidth = 33
  private static let labelWidth = 18
  private static let valueWidth = 60

  private static func columns(
    _ level: String, _ hits: String, _ rule: String, _ effort: String, _ technique: String
  ) -> String {
    let left = DisplayWidth.pad(level, to: 8) + " " + right(hits, to: 9)
    let middle = DisplayWidth.pad(rule, to: nameWidth) + "  " + DisplayWidth.pad(effort, to: 12)
    return "\(left)  \(middle) \(DisplayWidth.cut(technique, to: 12))"
  }

  private static func right(_ text: String, to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - DisplayWidth.width(text))) + text
  }

  /// Lines with a label before the first.
  private static func lines(_ label: String, _ values: [String]) -> [String] {
    values.enumerated().map { right($0 == 0 ? label : "", to: labelWidth) + "  " + $1 }
  }

  private static func lines(_ row: Row) -> [String] {
    let number = ReportText.number(row.alerts)
    let techniques = row.rule.techniques
    let others = techniques.count > 1 ? " +\(techniques.count - 1)" : ""
    let technique = techniques.first.map { DisplayText.value($0.id) + others } ?? "-"
    let name = DisplayWidth.wrapped(DisplayText.value(row.rule.name), to: nameWidth)
    let head = columns(
      row.level.rawValue, number.count > 9 ? "\(row.alerts)" : number, name[0],
      row.rule.effort.rawValue, technique)
    return [head] + lines("", Array(name.dropFirst())) + lines("time", times(row))
      + row.tables.flatMap(Self.lines)
      + lines("id", DisplayWidth.wrapped(DisplayText.value(row.rule.id), to: valueWidth))
  }

  private static func times(_ row: Row) -> [String] {
    guard let first = row.first, let last = row.last else { return [] }
    let begin = ReportText.time(first)
    return [first == last ? "\(begin) UTC" : "\(begin) to \(ReportText.time(last)) UTC"]
  }

  /// The most frequent values of a table: three, but of Cloudflare's rules only one, with its description.
  private static func lines(_ table: EventReport.Table) -> [String] {
    let shown = table.rows.prefix(table.name == "rules" ? 1 : 3)
    let more = table.distinct - shown.count
    // Which of these come first means nothing.
    if table.isExact, more > 0, shown[0].count == 1 {
      return lines(table.title, ["\(ReportText.number(table.distinct)) different"])
    }
    let hasCounts = shown[0].count > 1
    var items = shown.map { row in
      let count =
        row.least < row.count ? "≥ \(ReportText.number(row.least))" : ReportText.number(row.count)
      let ending = hasCounts ? " (\(count))" : ""
      let room = valueWidth - 1 - DisplayWidth.width(ending)
      return DisplayWidth.cut(ReportText.value(row), to: room) + ending
    }
    if more > 0 {
      items.append("\(table.isExact ? "" : "more than ")\(ReportText.number(more)) more")
    }
    for place in items.indices.dropLast() { items[place] += "," }
    let description = shown[0].details.first?.values[0].map { DisplayText.value($0) }
    return lines(
      table.title,
      DisplayWidth.lines(of: items, to: valueWidth)
        + [description].compactMap(\.self).map { DisplayWidth.cut($0, to: valueWidth) })
  }
}
