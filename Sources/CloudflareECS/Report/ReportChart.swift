/// The timeline of a report as SVG inside the page, and as a table for those who cannot see it.
struct ReportChart {
  private static let height = 100
  private let timeline: Timeline

  init(_ timeline: Timeline) { self.timeline = timeline }

  var html: String {
    let bars = (0..<timeline.barCount).map { timeline.groups(of: $0) }
    let highest = bars.map { $0.values.reduce(0, +) }.max() ?? 1
    let width = ReportText.duration(timeline.width)
    let shown = EffectGroup.allCases.filter { group in bars.contains { $0[group] != nil } }
    let legend = shown.map {
      "<span><i class=\"\($0.rawValue)\"></i>\($0.title)</span>"
    }.joined(separator: " ")
    let first = time(of: 0)
    let last = time(of: timeline.barCount)
    return """
      <section>
      <h2>Timeline</h2>
      <p class="legend">\(legend)</p>
      <figure>
      <svg class="chart" viewBox="0 0 \(bars.count) \(Self.height)" preserveAspectRatio="none" role="img" aria-labelledby="timeline-text">
      <title id="timeline-text">Events by time, in bars of \(width), from \(first) to \(last) UTC. The highest bar has \(ReportText.events(highest)).</title>
      \(bars.enumerated().map { self.bar($0, $1, highest) }.joined())</svg>
      <figcaption><span>\(first)</span> <span>bars of \(width), up to \(ReportText.events(highest))</span> <span>\(last)</span></figcaption>
      </figure>
      <details><summary>The timeline as a table</summary>
      \(table(bars, shown))</details>
      </section>

      """
  }

  /// The parts of a bar, from the bottom up.
  private func bar(_ place: Int, _ groups: [EffectGroup: Int], _ highest: Int) -> String {
    var below = 0
    var parts = ""
    for group in EffectGroup.allCases {
      guard let count = groups[group] else { continue }
      let top = Self.decimal(below + count, of: highest)
      let height = Self.decimal(count, of: highest)
      below += count
      parts +=
        "<rect class=\"\(group.rawValue)\" x=\"\(place)\" width=\"0.9\""
        + " y=\"\(Self.tenths(Self.height * 10 - top))\" height=\"\(Self.tenths(max(height, 5)))\"/>"
    }
    return parts + (parts.isEmpty ? "" : "\n")
  }

  private func table(_ bars: [[EffectGroup: Int]], _ groups: [EffectGroup]) -> String {
    let head = groups.map { "<th scope=\"col\" class=\"number\">\($0.title)</th>" }.joined()
    let rows = bars.enumerated().filter { !$1.isEmpty }.map { place, counts in
      let cells = groups.map {
        "<td class=\"number\">\(ReportText.number(counts[$0] ?? 0))</td>"
      }
      return "<tr><th scope=\"row\">\(time(of: place))</th>\(cells.joined())</tr>\n"
    }
    return "<table class=\"times\">\n<thead><tr><th scope=\"col\">From</th>\(head)</tr></thead>\n"
      + "<tbody>\n" + rows.joined() + "</tbody>\n</table>\n"
  }

  /// The first and last time of a row on the span of the timeline. The text beside it says the same.
  func track(_ row: EventReport.Table.Row) -> String {
    guard let first = row.first, let last = row.last, timeline.barCount > 0 else { return "" }
    let start = timeline.start(of: 0)
    let all = max(Int(timeline.start(of: timeline.barCount) - start), 1)
    let from = min(max(Self.decimal(Int(first.seconds - start), of: all), 0), 985)
    let to = min(max(Self.decimal(Int(last.seconds - start), of: all), 0), 1_000)
    return "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + "<rect class=\"rail\" width=\"100\" height=\"4\"/><rect class=\"denied\" x=\"\(Self.tenths(from))\" width=\"\(Self.tenths(max(to - from, 15)))\" height=\"4\"/></svg>"
  }

  private func time(of bar: Int) -> String {
    let text = timeline.startText(of: bar)
    // Wide bars begin at midnight.
    let isDay = timeline.width >= 86_400
    return isDay ? String(text.prefix(10)) : "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// A part of 100, in tenths.
  private static func decimal(_ part: Int, of all: Int) -> Int {
    Int((Double(part) / Double(max(all, 1)) * 1_000).rounded())
  }

  /// `12.5`
  private static func tenths(_ number: Int) -> String { "\(number / 10).\(number % 10)" }
}
