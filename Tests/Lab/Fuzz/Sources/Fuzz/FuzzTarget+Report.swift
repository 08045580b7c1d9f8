@testable import CloudflareECS

extension FuzzTarget {
  private static let texts: [CloudflareField] = CloudflareField.all.filter { $0.kind == .string }

  /// Reports without events, which are made once: by default, and by two targets that count together.
  private static let empty: [EventReport] = [[], [["source.ip", "rule.id"]]].map {
    guard let report = try? EventReport(by: $0) else { fatalError("the targets can be counted") }
    return report
  }

  /// Texts in every field of two events, and what people read of their report: lines that fit and control no terminal,
  /// JSON that can be read, and a page with no elements but its own.
  static let report = FuzzTarget(name: "report") { bytes in
    var cuts = Cuts(bytes)
    var report = empty[cuts.next(4) == 0 ? 1 : 0]
    let values = bytes.split(separator: .lineFeed).map { String(decoding: $0, as: UTF8.self) }
    if values.isEmpty { return }
    for _ in 0..<2 {
      var event = FirewallEvent()
      for field in texts { event[field] = .string(values[cuts.next(values.count)]) }
      event[.datetime] = .string(values[cuts.next(values.count)])
      report.add(event)
    }
    let width = [40, 80, 133][cuts.next(3)]
    let text = report.text(width: width)
    expect(DisplayText.json(text) == text && !text.contains("\t"), "nothing controls the terminal")
    for line in text.split(separator: "\n") {
      expect(DisplayWidth.width(line) <= width, "\(line) fits")
    }
    expect((try? JSONValue(json: report.json)) != nil, "the report is JSON")
    if cuts.next(8) == 0 { checkPage(Array(report.html.utf8)) }
  }

  private static let elements: Set<String> = [
    "!DOCTYPE", "html", "head", "meta", "link", "title", "style", "body", "main", "h1", "h2", "p",
    "b", "i", "span",
    "section", "figure", "figcaption", "svg", "rect", "details", "summary", "table", "thead",
    "tbody", "tr", "th",
    "td", "bdi", "small", "time",
  ]

  /// Elements are the page's own and closed, values of attributes end, and no byte is a control.
  private static func checkPage(_ page: [UInt8]) {
    var open: [String] = []
    var offset = 0
    while let start = page[offset...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = page[start...].firstIndex(of: UInt8(ascii: ">")) else {
        fatalError("broken promise: a tag ends")
      }
      let tag = page[(start + 1)..<end]
      let isEnd = tag.first == .slash
      let name = String(
        decoding: tag.drop { $0 == .slash }.prefix { $0 != .space && $0 != .slash }, as: UTF8.self)
      expect(elements.contains(name), "<\(name)> is one of the page's own")
      expect(
        tag.count { $0 == .quote } % 2 == 0 && !tag.contains(UInt8(ascii: "<")),
        "<\(name)> has whole values")
      if isEnd {
        expect(open.popLast() == name, "</\(name)> ends what is open")
      } else if !["!DOCTYPE", "meta", "link"].contains(name), tag.last != .slash {
        open.append(name)
      }
      offset = end + 1
    }
    expect(open.isEmpty, "everything is closed")
    expect(!page.contains { $0 < 0x20 && $0 != .lineFeed }, "no byte is a control")
  }
}
