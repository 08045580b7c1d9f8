/// Numbers, times and values of a report, as people read them.
enum ReportText {
  /// `1,203`
  static func number(_ number: Int) -> String {
    var digits = Array("\(number.magnitude)".utf8)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(.comma, at: place)
      place -= 3
    }
    return (number < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  /// The conditions of a report, escaped for people; nil if it has none.
  static func conditions(_ report: EventReport) -> String? {
    report.conditions.isEmpty
      ? nil : "Only " + report.conditions.map(DisplayText.value).joined(separator: " and ")
  }

  /// `1 event`, `2 events`
  static func events(_ number: Int) -> String {
    number == 1 ? "1 event" : "\(self.number(number)) events"
  }

  /// `1,203`, or `≥ 1,203, ≤ 1,240` if the count is a bound.
  static func count(_ row: EventReport.Table.Row) -> String {
    row.least == row.count
      ? number(row.count) : "≥ \(number(row.least)), ≤ \(number(row.count))"
  }

  /// A part as a fraction, with a point: `0.9951`.
  static func share(_ part: Int, of all: Int, digits: Int) -> String {
    var unit = 1
    for _ in 0..<digits { unit *= 10 }
    // In floating point: counts of samples, multiplied, can exceed an integer.
    let parts = all == 0 ? 0 : Int((Double(part) / Double(all) * Double(unit)).rounded())
    return "\(parts / unit).\("\(unit + parts % unit)".dropFirst())"
  }

  /// `99.5 %`
  static func percent(_ part: Int, of all: Int) -> String {
    let parts = all == 0 ? 0 : Int((Double(part) / Double(all) * 1_000).rounded())
    return "\(parts / 10).\(parts % 10) %"
  }

  /// `2022-07-12 12:57:06`
  static func time(_ time: Timestamp) -> String {
    let text = time.text(.microseconds)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// `5 min`
  static func duration(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3_600: "\(seconds / 60) min"
    case ..<86_400: "\(seconds / 3_600) h"
    default: "\(number(Int(seconds / 86_400))) d"
    }
  }

  /// The values of a row, escaped for people.
  static func value(_ row: EventReport.Table.Row) -> String {
    row.values.map { part($0) }.joined(separator: " · ") + ending(row)
  }

  /// A sign that a value is cut. A value of more than 200 characters has it already.
  private static func ending(_ row: EventReport.Table.Row) -> String {
    let isShown = row.values.contains { $0.map { $0.unicodeScalars.count > 200 } ?? false }
    return row.isCut && !isShown ? "…" : ""
  }

  private static func part(_ value: String?) -> String {
    value.map { $0.isEmpty ? "(empty)" : DisplayText.value($0) } ?? "(none)"
  }

  /// `AS64500 EXAMPLE-NET`, `US`
  static func details(_ row: EventReport.Table.Row) -> [String] {
    var texts: [String] = []
    for detail in row.details {
      let text = part(detail.values[0])
      switch detail.name {
      case "as_number": texts.append("AS" + text)
      // The name stands behind the number.
      case "as_name" where texts.last?.hasPrefix("AS") ?? false:
        texts[texts.count - 1] += " " + text
      case "country" where text.utf8.count == 2: texts.append(text.uppercased())
      default: texts.append(text)
      }
    }
    return texts
  }

  /// `mostly rule 100016`, `on www.example.com/login`; empty if there is nothing to say.
  static func mostly(_ row: EventReport.Table.Row) -> [String] {
    let parts = row.mostly.map { note in
      switch note.name {
      case "mostly_rule": "rule \(part(note.values[0]))"
      case "mostly_client": "from \(part(note.values[0]))"
      default:
        "on \(note.values.map { $0.map { DisplayText.value($0) } ?? "" }.joined())"
      }
    }
    return parts.enumerated().map { ($0 == 0 ? "mostly " : "") + $1 }
  }
}
