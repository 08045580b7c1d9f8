import Testing

@testable import CloudflareECS

/// What a report writes for people: hostile values in every position, sizes and widths.
@Suite struct ReportPageTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "'</title><svg onload=alert(1)>",
    "&lt;b&gt;", "\u{1b}[2J\u{9b}31m\u{7}", "\u{202e}evil\u{2066}\u{200f}", "a\nb\rc\td\u{2028}e",
    "\u{0}", "漢字漢字漢字", "e\u{301}\u{301}\u{301}", "مرحبا", String(repeating: "x", count: 5_000),
  ]
  private static let fields: [CloudflareField] = CloudflareField.all.filter { $0.kind == .string }

  /// Each value in each field, and in the elements of arrays.
  private static func report(
    _ values: [String] = hostile, top: Int = 10, by: [[String]] = []
  ) throws -> EventReport {
    var report = try EventReport(by: by, top: top)
    for value in values {
      var event = FirewallEvent()
      for field in fields { event[field] = .string(value) }
      for field in [
        CloudflareField.contentScanObjResults, .contentScanObjTypes, .aiSecurityPIICategories,
        .aiSecurityUnsafeTopicCategories, .clientASN, .datetime, .aiSecurityInjectionScore,
      ] {
        event[field] = field.kind == .strings ? .array([.string(value)]) : .string(value)
      }
      // Twice, so that something is mostly hit.
      report.add(event)
      report.add(event)
    }
    var dated = FirewallEvent()
    dated.action = .block
    dated[.datetime] = .number(JSONNumber(1_657_630_626))
    report.add(dated)
    dated[.datetime] = .string("9999-12-31T23:59:59.999999999Z")
    report.add(dated)
    dated[.datetime] = .string("0001-01-01T00:00:00Z")
    report.add(dated)
    return report
  }

  @Test(
    "lines fit the width, and nothing in them controls a terminal",
    arguments: [20, 40, 59, 60, 80, 133, 1_000])
  func text(_ width: Int) throws {
    for by in [[], [["source.address", "rule.id", "url.path"]]] {
      let text = try Self.report(top: 50, by: by).text(width: width)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count > 20)
      let limit = min(max(width, 40), 160)
      for line in lines { #expect(DisplayWidth.width(line) <= limit) }
      #expect(DisplayText.json(text) == text && !text.contains("\t"))
      #expect(text.contains("\\u{1b}"))
    }
  }

  @Test("colour adds escape sequences only")
  func color() throws {
    let report = try Self.report()
    let colored = report.text(width: 80, isColored: true)
    #expect(colored.contains("\u{1b}[1mClients, 10 of 12\u{1b}[0m"))
    #expect(
      colored.replacing(#/\u{1b}\[[0-9]+m/#, with: "") == report.text(width: 80, isColored: false))
  }

  @Test("every value is escaped in the page, whose elements are its own")
  func html() throws {
    for by in [[], [["source.address", "rule.id"], ["user_agent.original"]]] {
      let page = try Self.report(top: 20, by: by).html
      #expect(page.utf8.count <= 300_000)
      let known: Set<Substring> = [
        "!DOCTYPE", "html", "head", "meta", "link", "title", "style", "body", "main", "h1", "h2",
        "p", "b", "i", "span", "section", "figure", "figcaption", "svg", "rect", "details",
        "summary", "table", "thead", "tbody", "tr", "th", "td", "bdi", "small", "time",
      ]
      var open: [Substring] = []
      for tag in page.matches(of: #/<(\/?)([^\s>\/]*)([^>]*)>/#) {
        let (_, slash, name, rest) = tag.output
        #expect(known.contains(name), "<\(slash)\(name)\(rest)>")
        #expect(!rest.contains("on") || rest.contains(#/^( [A-Za-z-]+="[^"<]*")*\/?$/#), "\(rest)")
        if ["!DOCTYPE", "meta", "link"].contains(name) || rest.hasSuffix("/") { continue }
        if slash.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
      }
      #expect(open.isEmpty)
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(page.contains("&amp;lt;b&amp;gt;"))
      #expect(
        !page.unicodeScalars.contains {
          "\u{1b}\u{9b}\u{202e}\u{2066}\u{200f}\u{0}".unicodeScalars.contains($0)
        })
      #expect(!page.contains("http:") && !page.contains("https:"))
    }
  }

  @Test("bars of days are named by the day, shorter ones also by the time")
  func timesOfBars() throws {
    func page(_ times: [String]) throws -> String {
      var report = try EventReport()
      for time in times {
        report.add(try FirewallEvent(json: #"{"Action":"block","Datetime":"\#(time)"}"#))
      }
      return report.html
    }
    let days = try page(["2026-01-01T10:00:00Z", "2026-04-30T10:00:00Z"])
    #expect(days.contains("in bars of 1 d, from 2026-01-01 to 2026-05-01 UTC."))
    #expect(days.contains(#"<th scope="row">2026-04-30</th>"#))
    let seconds = try page(["2026-01-01T10:00:00Z", "2026-01-01T10:00:01Z"])
    #expect(
      seconds.contains("in bars of 1 s, from 2026-01-01 10:00:00 to 2026-01-01 10:00:02 UTC."))
  }

  @Test("a row says how many of its events were denied, if any were")
  func denied() throws {
    var report = try EventReport()
    for (address, denied) in [(1, 0), (2, 1), (3, 2)] {
      for number in 0..<3 {
        let action = number < denied ? "block" : "log"
        report.add(
          try FirewallEvent(json: #"{"Action":"\#(action)","ClientIP":"192.0.2.\#(address)"}"#))
      }
    }
    let rows = report.html.matches(of: #/class="value">192\.0\.2\.(\d)<.*?<\/tr>/#)
    let notes = rows.map { row in
      "\(row.output.1) \(row.output.0.firstMatch(of: #/\d+ denied/#)?.output ?? "none")"
    }
    #expect(notes == ["1 none", "2 1 denied", "3 2 denied"])
  }

  @Test("the page stays below 300 KB: then tables have fewer rows, and it says so")
  func size() throws {
    let values = (0..<100).map { "\($0)" + String(repeating: "\"漢<", count: 100) }
    let page = try Self.report(values, top: 100).html
    #expect(page.utf8.count <= 300_000)
    #expect(page.contains("so that the page stays below 300 KB"))
    let small = try Self.report(["a"]).html
    #expect(!small.contains("so that the page") && small.utf8.count < 60_000)
    let many = try Self.report(
      values, top: 100,
      by: Array(repeating: Array(repeating: "rule.description", count: 8), count: 12))
    #expect(many.html.utf8.count <= 300_000)
  }

  @Test("JSON has the values themselves, and can be read")
  func json() throws {
    let json = try Self.report(top: 20).json
    let report = try #require(try JSONValue(json: json).object)
    #expect(report["records"]?.json == "27" && report["undated"]?.json == "24")
    let clients = try #require(report["tables"]?.array?[1].object)
    let values = clients["rows"]?.array?.compactMap { $0.object?["value"]?.string }
    let expected = Self.hostile.map { String($0.prefix(1_000)) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    #expect(values == expected)
    let bars = report["timeline"]?.object?["bars"]?.array?.count ?? 0
    #expect(bars > 50 && bars <= 120)
  }

  @Test("bounds are shown as such")
  func bounds() throws {
    let row = EventReport.Table.Row(
      values: ["a"], isCut: false, count: 1_240, least: 1_203, denied: nil, first: nil, last: nil,
      details: [], mostly: [])
    #expect(ReportText.count(row) == "≥ 1,203, ≤ 1,240")
    #expect(ReportText.number(1_234_567) == "1,234,567" && ReportText.number(999) == "999")
    #expect(ReportText.number(1_000) == "1,000")
    #expect(ReportText.percent(1, of: 3) == "33.3 %" && ReportText.percent(0, of: 0) == "0.0 %")
    #expect(ReportText.share(2, of: 3, digits: 4) == "0.6667")
    #expect(ReportText.share(3, of: 3, digits: 4) == "1.0000")
  }

  @Test(
    "columns of wide letters, marks and pictures",
    arguments: [
      ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("👍", 2), ("\u{200b}", 0), ("é", 1), ("", 0),
    ])
  func widths(_ text: String, _ width: Int) {
    #expect(DisplayWidth.width(text) == width)
    #expect(DisplayWidth.width(DisplayWidth.pad(text, to: 8)) == 8)
    #expect(DisplayWidth.cut(text + "漢字漢字", to: 7).hasSuffix("…"))
    #expect(DisplayWidth.width(DisplayWidth.cut(text + "漢字漢字", to: 7)) <= 7)
  }

  @Test("a report without events says so")
  func empty() throws {
    let report = try EventReport()
    #expect(report.text() == "No events.\n")
    #expect(
      report.json
        == #"{"records":0,"events":0,"denied":0,"undated":0,"sampled":false,"tables":[]}"#)
    #expect(report.html.contains("<b>0</b> events"))
  }
}
