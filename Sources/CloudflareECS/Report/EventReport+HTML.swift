extension EventReport {
  /// The report as a page of its own.
  ///
  /// It needs no network and no script, follows the reader's choice of light or dark colours, and can be printed. It has
  /// at most 300 KB: if need be, tables have fewer rows. Every value of the log is escaped.
  public var html: String {
    let tables = tables
    var limit = tables.map(\.rows.count).max() ?? 0
    while true {
      let page = ReportPage(self, tables, limit: limit).html
      if page.utf8.count <= ReportPage.mostBytes || limit == 0 { return page }
      limit /= 2
    }
  }
}

/// Writes the page of a report.
struct ReportPage {
  static let mostBytes = 300_000

  private let report: EventReport
  private let tables: [EventReport.Table]
  /// The most rows of a table.
  private let limit: Int

  init(_ report: EventReport, _ tables: [EventReport.Table], limit: Int) {
    self.report = report
    self.limit = limit
    self.tables = tables
  }

  var html: String {
    var page = Self.head + "<main>\n<h1>Firewall events</h1>\n" + totals
    if report.timeline.barCount > 1 { page += ReportChart(report.timeline).html }
    if limit > 0 { page += tables.map(section).joined() }
    if tables.contains(where: { $0.rows.count > limit }) {
      page +=
        "<p class=\"note\">Each table shows at most \(limit) rows, so that the page stays below 300 KB.</p>\n"
    }
    return page + "</main>\n</body>\n</html>\n"
  }

  private static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <title>Firewall events</title>
    <style>
    \(ReportStyle.css)</style>
    </head>
    <body>

    """

  private var totals: String {
    var lines =
      "<p class=\"lead\"><b>\(ReportText.number(report.events))</b> \(report.events == 1 ? "event" : "events"), "
      + "<b class=\"denied\">\(ReportText.number(report.denied))</b> denied "
      + "(\(ReportText.percent(report.denied, of: report.events)))</p>\n"
    if let first = report.first, let last = report.last {
      lines +=
        "<p>\(Self.time(first)) to \(Self.time(last)) UTC</p>\n"
    }
    if let conditions = ReportText.conditions(report) {
      lines += "<p><bdi>\(Self.escaped(conditions))</bdi></p>\n"
    }
    if report.undated > 0 {
      lines += "<p class=\"note\">\(ReportText.number(report.undated)) without a time</p>\n"
    }
    if report.isSampled {
      lines +=
        "<p class=\"note\">Estimated from \(ReportText.number(report.records)) records: each counts as often as its sampleInterval says.</p>\n"
    }
    return lines
  }

  private func section(_ table: EventReport.Table) -> String {
    let rows = table.rows.prefix(limit)
    let hasTimes = table.rows.contains { $0.denied != nil } && report.timeline.barCount > 1
    let more =
      table.distinct > rows.count
      ? "<p class=\"note\">\(rows.count) of \(table.isExact ? "" : "over ")\(ReportText.number(table.distinct))"
        + (table.isExact ? "" : ". The counts are bounds, because there are so many values.")
        + "</p>\n" : ""
    let title = Self.escaped(DisplayText.value(table.title))
    return "<section>\n<h2>\(title)</h2>\n\(more)<table>\n<thead><tr><th scope=\"col\">Value</th>"
      + (hasTimes ? "<th scope=\"col\" class=\"track\">First to last</th>" : "")
      + "<th scope=\"col\" class=\"number\">Events</th><th scope=\"col\" class=\"share\">Share</th>"
      + "</tr></thead>\n<tbody>\n"
      + rows.map { row($0, hasTimes: hasTimes) }.joined() + "</tbody>\n</table>\n</section>\n"
  }

  private func row(_ row: EventReport.Table.Row, hasTimes: Bool) -> String {
    let details = ReportText.details(row).map { "<bdi>\(Self.escaped($0))</bdi>" }
    var value = "<bdi class=\"value\">\(Self.escaped(ReportText.value(row)))</bdi>"
    if !details.isEmpty { value += " <span>\(details.joined(separator: " · "))</span>" }
    var notes: [String] = []
    if let denied = row.denied, denied > 0 { notes.append("\(ReportText.number(denied)) denied") }
    let mostly = ReportText.mostly(row).joined(separator: " ")
    if !mostly.isEmpty { notes.append("<bdi>\(Self.escaped(mostly))</bdi>") }
    if hasTimes, let first = row.first, let last = row.last {
      notes.append(first == last ? Self.time(first) : "\(Self.time(first)) to \(Self.time(last))")
    }
    if !notes.isEmpty { value += "<small>\(notes.joined(separator: ", "))</small>" }
    let track =
      hasTimes ? "<td class=\"track\">\(ReportChart(report.timeline).track(row))</td>" : ""
    let percent = ReportText.percent(row.count, of: report.events)
    let count = "<td class=\"number\">\(ReportText.count(row))</td>"
    return "<tr><th scope=\"row\">\(value)</th>\(track)\(count)"
      + "<td class=\"share\">\(percent)\(Self.bar(row.count, of: report.events))</td></tr>\n"
  }

  /// A bar that repeats the share: the text says it already.
  private static func bar(_ count: Int, of all: Int) -> String {
    let width = ReportText.share(min(count, all) * 100, of: max(all, 1), digits: 1)
    return "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + "<rect class=\"rail\" width=\"100\" height=\"4\"/><rect class=\"bar\" width=\"\(width)\" height=\"4\"/></svg>"
  }

  static func time(_ time: Timestamp) -> String {
    "<time datetime=\"\(time.text(.shortest))\">\(ReportText.time(time))</time>"
  }

  /// Text for an element or an attribute in double quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
