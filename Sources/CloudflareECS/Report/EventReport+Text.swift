extension EventReport {
  /// The report for people: lines of at most `width` columns.
  ///
  /// Nothing in it can control a terminal: control characters and bidirectional controls of values are escaped.
  ///
  /// - Parameters:
  ///   - width: the columns of the terminal; at least 40 are used, and at most 160.
  ///   - isColored: whether escape sequences colour it.
  public func text(width: Int = 80, isColored: Bool = false) -> String {
    ReportTextPage(self, width: min(max(width, 40), 160), isColored: isColored).text
  }
}

/// The report as lines of text.
private struct ReportTextPage {
  private let report: EventReport
  private let width: Int
  private let isColored: Bool

  init(_ report: EventReport, width: Int, isColored: Bool) {
    self.report = report
    self.width = width
    self.isColored = isColored
  }

  var text: String {
    if report.records == 0 {
      let lines = [nothing] + (ReportText.conditions(report).map(wrapped) ?? [])
      return lines.joined(separator: "\n") + "\n"
    }
    return (totals + chart + report.tables.flatMap(lines)).joined(separator: "\n") + "\n"
  }

  /// What is said in place of counts.
  private var nothing: String {
    switch report.filtered {
    case 0: "No events."
    case 1: "No events: 1 was filtered out"
    default: "No events: all \(ReportText.number(report.filtered)) were filtered out"
    }
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
  private func faint(_ text: String) -> String { isColored ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
  private func red(_ text: String) -> String { isColored ? "\u{1b}[31m\(text)\u{1b}[0m" : text }

  private var totals: [String] {
    let denied =
      "\(ReportText.number(report.denied)) denied (\(ReportText.percent(report.denied, of: report.events)))"
    var lines = wrapped("\(ReportText.events(report.events)), \(denied)").map(bold)
    if let first = report.first, let last = report.last {
      lines += wrapped("\(ReportText.time(first)) to \(ReportText.time(last)) UTC")
    }
    if let conditions = ReportText.conditions(report) { lines += wrapped(conditions) }
    if report.undated > 0 {
      lines += wrapped("\(ReportText.number(report.undated)) without a time")
    }
    if report.isSampled {
      lines += wrapped(
        "Estimated from \(ReportText.number(report.records)) records: each counts as often as its sampleInterval says"
      )
    }
    return lines
  }

  // MARK: The timeline

  private static let blocks = Array(" ▁▂▃▄▅▆▇█")

  /// Two rows of bars: eight steps each.
  private var chart: [String] {
    let timeline = report.timeline
    guard timeline.barCount > 1 else { return [] }
    // Neighbouring bars are added up if there are more than columns.
    let step = (timeline.barCount + width - 1) / width
    let bars = stride(from: 0, to: timeline.barCount, by: step).map { start in
      (start..<min(start + step, timeline.barCount)).reduce(into: (all: 0, denied: 0)) {
        for (group, count) in timeline.groups(of: $1) {
          $0.all += count
          if group == .denied { $0.denied += count }
        }
      }
    }
    let highest = bars.map(\.all).max() ?? 1
    let levels = bars.map { bar in
      bar.all == 0 ? 0 : max(1, Int((Double(bar.all) / Double(highest) * 24).rounded()))
    }
    let rows = [16, 8, 0].map { base in
      var row = ""
      let last = levels.lastIndex { $0 > base } ?? -1
      for (bar, level) in zip(bars, levels).prefix(last + 1) {
        let block = String(Self.blocks[min(max(level - base, 0), 8)])
        row += 2 * bar.denied > bar.all && block != " " ? red(block) : block
      }
      return row
    }
    let duration = ReportText.duration(timeline.width * Int64(step))
    let note = "up to \(ReportText.events(highest)) in \(duration)"
    return ["", bold("Timeline")] + rows + wrapped(note).map(faint)
  }

  // MARK: Tables

  private func lines(_ table: EventReport.Table) -> [String] {
    let title = DisplayWidth.cut(DisplayText.value(table.title), to: width - 4)
    let distinct =
      table.isExact
      ? ReportText.number(table.distinct) : "over \(ReportText.number(table.distinct))"
    var lines = ["", bold(title)]
    let more =
      table.distinct > table.rows.count
      ? "\(table.rows.count) of \(distinct)\(table.isExact ? "" : "; counts are bounds")" : ""
    if !more.isEmpty { lines[1] = DisplayWidth.cut("\(title), \(more)", to: width) }
    if !more.isEmpty { lines[1] = bold(lines[1]) }
    let counts = table.rows.map(ReportText.count)
    let countWidth = counts.map { DisplayWidth.width($0) }.max() ?? 0
    let barWidth = width >= 60 ? 10 : 0
    let highest = table.rows.first?.count ?? 1
    for (row, count) in zip(table.rows, counts) {
      let space = String(repeating: " ", count: countWidth - DisplayWidth.width(count))
      let percent = ReportText.percent(row.count, of: report.events)
      let shown = String(repeating: " ", count: max(0, 7 - percent.count)) + percent
      let bar =
        barWidth == 0
        ? "" : "  " + DisplayWidth.pad(Self.bar(row.count, of: highest, barWidth), to: barWidth)
      let head = "\(space)\(count) \(shown)\(bar)  "
      let indent = DisplayWidth.width(head)
      // Bounds of large counts leave little room on a narrow terminal.
      let fits = indent <= width / 2
      let room = fits ? width - indent : width - 4
      let lead = String(repeating: " ", count: width - room)
      let parts = [ReportText.value(row)] + ReportText.details(row)
      let value = DisplayWidth.cut(parts.joined(separator: " · "), to: room)
      lines += fits ? [head + value] : [head, lead + value]
      for note in notes(row, room: room) {
        lines.append(lead + faint(DisplayWidth.cut(note, to: room)))
      }
    }
    return lines
  }

  private func notes(_ row: EventReport.Table.Row, room: Int) -> [String] {
    let denied = row.denied.map { "\(ReportText.number($0)) denied" }
    let mostly = ReportText.mostly(row)
    let first = [denied, mostly.first].compactMap(\.self).joined(separator: ", ")
    var notes = [first] + mostly.dropFirst()
    let line = notes.joined(separator: " ")
    if DisplayWidth.width(line) <= room { notes = [line] }
    if first.isEmpty { notes = [] }
    if row.denied != nil, let first = row.first, let last = row.last {
      notes.append(
        first == last
          ? ReportText.time(first) : "\(ReportText.time(first)) to \(ReportText.time(last))")
    }
    return notes
  }

  /// A bar of eighths of a column.
  private static func bar(_ count: Int, of highest: Int, _ width: Int) -> String {
    let eighths = Array("▏▎▍▌▋▊▉█")
    let length = Double(count) / Double(max(highest, 1)) * Double(width * 8)
    let steps = max(1, Int(length.rounded()))
    return String(repeating: "█", count: steps / 8)
      + (steps % 8 == 0 ? "" : String(eighths[steps % 8 - 1]))
  }

  private func wrapped(_ text: String) -> [String] { DisplayWidth.wrapped(text, to: width) }
}
