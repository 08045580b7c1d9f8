import CloudflareECS
import TestSupport
import Testing

/// ``EventReport``: what it counts, by events and by bytes, and reports that are put together.
@Suite struct EventReportTests {
  private static func report(
    _ lines: [String], by: [[String]] = [], table: MappingTable = SekoiaNormalizer().table
  ) throws -> EventReport {
    var report = try EventReport(table, by: by)
    for line in lines { report.add(try FirewallEvent(json: line)) }
    return report
  }

  private static func read(
    _ text: String, _ report: EventReport, chunk: Int = .max, filter: EventFilter? = nil
  ) -> EventReport {
    var options = NDJSONConverter.Options()
    options.input = .auto
    options.filter = filter
    var reader = ReportReader(report, options: options)
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = min(start + min(chunk, bytes.count), bytes.count)
      reader.read(bytes.span.extracting(start..<end))
      start = end
    }
    reader.finish()
    return reader.report
  }

  private static func randomEvents(_ seed: UInt64, _ count: Int) -> String {
    var events = RandomEvents(seed: seed)
    return (0..<count).map { _ in events.next() }.joined(separator: "\n")
  }

  @Test("a bar is as long as its share of the longest one, in eighths of a column")
  func bars() throws {
    let lines = [80, 30, 1].enumerated().flatMap { place, count in
      Array(repeating: #"{"Action":"block","ClientIP":"192.0.2.\#(place)"}"#, count: count)
    }
    let text = try Self.report(lines, by: [["source.ip"]]).text(width: 80)
    for row in [
      "  ██████████  192.0.2.0\n", "  ███▊        192.0.2.1\n", "  ▏           192.0.2.2\n",
    ] {
      #expect(text.contains(row), "\(text)")
    }
    #expect(!text.contains("Estimated from "))
  }

  @Test("a bar of the timeline is red where most events were denied")
  func deniedBars() throws {
    let lines =
      [("block", 0), ("block", 0), ("block", 0), ("log", 0)]
      + [("block", 600), ("log", 600), ("log", 600), ("log", 600)]
    let text = try Self.report(
      lines.map { #"{"Action":"\#($0.0)","Datetime":\#(1_657_630_626 + $0.1)}"# }, by: [["rule.id"]]
    ).text(width: 80, isColored: true)
    // The first bar, three rows high, and not the second.
    #expect(text.split(separator: "\u{1b}[31m█\u{1b}[0m").count == 4, "\(text)")
  }

  private static let events = [
    #"{"Action":"block","ClientIP":"192.0.2.194","ClientASN":64500,"ClientASNDescription":"EXAMPLE-NET","ClientCountry":"us","RuleID":"100016","ClientRequestHost":"www.example.com","ClientRequestPath":"/login","ClientRequestMethod":"POST","EdgeResponseStatus":403,"Datetime":1657630626,"Source":"firewallManaged","Description":"Probe"}"#,
    #"{"Action":"managed_challenge","ClientIP":"192.0.2.194","RuleID":"100016","ClientRequestHost":"www.example.com","ClientRequestPath":"/login","ClientRequestMethod":"GET","Datetime":"2022-07-12T12:58:06Z"}"#,
    #"{"Action":"Drop","ClientIP":"2001:db8::1","RuleID":"r2","ClientRequestPath":"/","Datetime":"soon","ContentScanObjTypes":["image/png","text/html","image/png"]}"#,
    #"{"action":"log","clientIP":"192.0.2.194","ruleId":"100016","sampleInterval":10,"matchIndex":0,"datetime":"2022-07-12T12:57:00Z"}"#,
  ]

  @Test("totals, times and rows of events")
  func totals() throws {
    let report = try Self.report(Self.events)
    #expect(report.records == 4 && report.events == 13)
    #expect(report.isSampled)
    #expect(report.text(width: 80).contains("\nEstimated from "))
    #expect(report.denied == 2 && report.undated == 1)
    #expect(report.first?.text(.shortest) == "2022-07-12T12:57:00.000Z")
    #expect(report.last?.text(.shortest) == "2022-07-12T12:58:06.000Z")
    let tables = report.tables
    #expect(
      tables.map(\.name) == [
        "actions", "clients", "rules", "products", "hosts", "paths", "methods", "countries",
        "networks", "upload_types", "detections",
      ])
    let actions = tables[0].rows.map { "\($0.values[0]!) \($0.count)" }
    #expect(actions == ["log 10", "block 1", "drop 1", "managedchallenge 1"])
    let client = tables[1].rows[0]
    #expect(client.values == ["192.0.2.194"] && client.count == 12 && client.least == 12)
    #expect(client.denied == 1)
    #expect(
      client.details.map { "\($0.name) \($0.values[0]!)" } == [
        "as_number 64500", "as_name EXAMPLE-NET", "country US",
      ])
    #expect(client.mostly.map(\.name) == ["mostly_rule"])
    #expect(client.mostly[0].values == ["100016"])
    #expect(client.first?.text(.shortest) == "2022-07-12T12:57:00.000Z")
    #expect(tables[1].rows[1].mostly.map(\.values) == [["r2"], [nil, "/"]])
    #expect(tables[1].rows[1].first == nil)
    let methods = tables[6].rows.map(\.values)
    #expect(methods == [["GET", nil], ["POST", "403"]])
    #expect(
      tables[9].rows.map { "\($0.values[0]!) \($0.count)" } == ["image/png 2", "text/html 1"])
  }

  @Test("the text of the records is read where a table or a filter needs it")
  func recordText() throws {
    let text = Self.events.joined(separator: "\n")
    let counted = try EventReport(by: [["message"]])
    let filter = try EventFilter(["message*=100016"], for: SekoiaNormalizer().table)
    for chunk in [Int.max, 1] {
      let values = Self.read(text, counted, chunk: chunk).tables[1].rows.map { $0.values[0]! }
      #expect(values.sorted() == Self.events.sorted())
      let filtered = try Self.read(text, EventReport(), chunk: chunk, filter: filter)
      #expect(filtered.events == 12, "two events, and one that stands for ten")
    }
  }

  @Test("shows its conditions in every format, escaped")
  func conditions() throws {
    var report = try Self.report(Self.events)
    #expect(!report.text(width: 80).contains("Only ") && !report.json.contains("conditions"))
    report.conditions = ["rule.id=<b>", "url.path=/a\nb"]
    #expect(report.text(width: 80).contains("UTC\nOnly rule.id=<b> and url.path=/a\\u{a}b\n"))
    #expect(report.json.hasPrefix(#"{"conditions":["rule.id=<b>","url.path=/a\nb"],"records":"#))
    #expect(
      report.html.contains(#"<p><bdi>Only rule.id=&lt;b&gt; and url.path=/a\u{a}b</bdi></p>"#))
    var empty = try EventReport()
    empty.conditions = ["rule.id=1"]
    #expect(empty.text() == "No events.\nOnly rule.id=1\n")
  }

  @Test("says how many events were left out if none is counted")
  func leftOut() throws {
    let text = Self.events.joined(separator: "\n")
    let filter = try EventFilter(["rule.id=nowhere"], for: SekoiaNormalizer().table)
    for chunk in [Int.max, 1] {
      let report = Self.read(text, try EventReport(), chunk: chunk, filter: filter)
      #expect(report.filtered == Self.events.count)
      #expect(report.text() == "No events: all \(Self.events.count) were filtered out\n")
      var both = Self.read(Self.events[0], report, filter: filter)
      #expect(both.filtered == Self.events.count + 1)
      try both.add(report)
      #expect(both.filtered == 2 * Self.events.count + 1)
    }
    let one = Self.read(Self.events[0], try EventReport(), filter: filter)
    #expect(one.text() == "No events: 1 was filtered out\n")
    let some = try EventFilter(["message*=100016"], for: SekoiaNormalizer().table)
    #expect(!Self.read(text, try EventReport(), filter: some).text().contains("filtered"))
  }

  @Test("the same report by events and by bytes, for both profiles and chunks of any size")
  func doors() throws {
    let json = try Self.report(Self.events).json
    let text = Self.events.joined(separator: "\n")
    for table in [SekoiaNormalizer().table, ElasticNormalizer().table] {
      for chunk in [1, 7, 100, .max] {
        #expect(Self.read(text, try EventReport(table), chunk: chunk).json == json)
      }
      #expect(
        Self.read("[\(Self.events.joined(separator: ","))]", try EventReport(table)).json == json)
    }
  }

  @Test("the same report by events and by bytes for random events")
  func randomDoors() throws {
    let text = Self.randomEvents(4, 400)
    var report = try EventReport(by: [["source.ip", "rule.id"], ["related.ip"], ["message"]])
    var usual = try EventReport()
    var reader = RecordReader(.auto)
    func take(_ record: RecordReader.Record) {
      guard let event = try? record.event() else { return }
      report.add(event)
      usual.add(event)
    }
    reader.read(Array(text.utf8).span, take)
    reader.finish(take)
    #expect(usual.records > 200)
    #expect(Self.read(text, try EventReport()).json == usual.json)
    let asked = try EventReport(by: [["source.ip", "rule.id"], ["related.ip"], ["message"]])
    #expect(Self.read(text, asked).json == report.json)
  }

  @Test("counts targets that are asked for, alone or together, in place of the usual tables")
  func by() throws {
    let report = try Self.report(
      Self.events,
      by: [
        ["source.ip", "event.type"], ["event.kind"], ["ContentScanObjTypes"],
        ["rule.id", "url.domain"],
      ])
    let rows = report.tables.map { table in
      "\(table.name): "
        + table.rows.map { row in
          row.values.map { $0 ?? "-" }.joined(separator: "|") + " \(row.count)"
        }.joined(separator: ", ")
    }
    #expect(
      rows == [
        "actions: log 10, block 1, drop 1, managedchallenge 1",
        "source.ip,event.type: 192.0.2.194|info 11, 192.0.2.194|denied 1, 2001:db8::1|denied 1",
        "event.kind: event 13", "ContentScanObjTypes: image/png 2, text/html 1",
        "rule.id,url.domain: 100016|- 10, 100016|www.example.com 2, r2|- 1",
      ])
  }

  @Test(
    "a target that cannot be counted is named",
    arguments: [
      ("source.ipp", "source.ipp: no target or field 'source.ipp'. Did you mean source.ip?"),
      ("cloudflare.metadata", "cloudflare.metadata: an object has no value that can be counted"),
      ("rule.id=1", "rule.id=1: not the name of a target"), ("", ": the target is missing"),
      ("!rule.id", "!rule.id: not the name of a target"),
    ])
  func faults(_ target: String, _ description: String) {
    #expect {
      _ = try EventReport(by: [["rule.id"], [target]])
    } throws: { "\($0)" == description }
    #expect {
      _ = try EventReport(by: [Array(repeating: "rule.id", count: 9)])
    } throws: { "\($0)".hasSuffix("at most 8 targets count together") }
    #expect {
      _ = try EventReport(by: Array(repeating: ["rule.id"], count: 1_001))
    } throws: { "\($0)".hasSuffix("it has at most 1000 tables") }
  }

  @Test("elements are counted in arrays of any kind, whatever characters they have")
  func elements() throws {
    let table = try MappingTable([
      FieldMapping(.source, to: "one", .keyword, array: true, .keyword, "An array of one text."),
      FieldMapping(.named("Own"), to: "own", .keyword, array: true, .array, "An array as it came."),
    ])
    let long = String(repeating: "x", count: 1_100)
    let own: [String: [String]] = [
      #"["a","b","a"]"#: ["a", "b", "a"], #"["","b"]"#: ["b"],
      #"["]","[",",","\"","a"]"#: ["]", "[", ",", "\"", "a"],
      #"["a",1,true,null,"b"]"#: ["a", "1", "true", "b"], "[7]": ["7"], "[]": [],
      #"[ "a" , "b" ]"#: ["a", "b"], #"["\#(long)","b"]"#: [String(long.prefix(1_000)), "b"],
    ]
    var (lines, expected) = ([String](), [String: Int]())
    for (array, elements) in own {
      lines.append(#"{"Action":"log","Own":\#(array)}"#)
      for element in elements { expected[element, default: 0] += 1 }
    }
    let texts = ["[", "]", "\"", "[\"", "1", ",", "7,8", "a"]
    for text in texts {
      lines.append(#"{"Action":"log","Source":\#(JSONValue.string(text).json)}"#)
    }
    let byEvent = try Self.report(lines, by: [["own"], ["one"]], table: table)
    let byBytes = Self.read(
      lines.joined(separator: "\n"), try EventReport(table, by: [["own"], ["one"]]))
    for report in [byEvent, byBytes] {
      let rows = report.tables.first { $0.name == "own" }!.rows
      let counts = rows.map { ($0.values[0]!, $0.count) }
      #expect(Dictionary(uniqueKeysWithValues: counts) == expected)
      let ones = report.tables.first { $0.name == "one" }!.rows
      #expect(Set(ones.map { $0.values[0]! }) == Set(texts))
    }
  }

  @Test(
    "the last record counts at the end, with or without a line break, and another stream may follow"
  )
  func lastRecord() throws {
    var reader = ReportReader(try EventReport())
    for (end, records) in [("", 1), ("\n", 2), ("", 3)] {
      let text = #"{"Action":"block"}"# + end
      reader.read(text.utf8.span)
      reader.finish()
      #expect(reader.report.records == records && reader.counts.records == records)
    }
  }

  @Test("a filter leaves events out")
  func filtered() throws {
    let filter = try EventFilter(["event.type=denied"], for: SekoiaNormalizer().table)
    let report = Self.read(
      Self.events.joined(separator: "\n"), try EventReport(), filter: filter)
    #expect(report.records == 2 && report.denied == 2)
  }

  @Test("reports that are put together give the report on all events")
  func merge() throws {
    let text = Self.randomEvents(5, 600)
    let lines = text.split(separator: "\n")
    let whole = Self.read(text, try EventReport())
    var sum = try EventReport()
    for part in [lines.prefix(200), lines[200..<201], lines.dropFirst(201)] {
      try sum.add(Self.read(part.joined(separator: "\n"), try EventReport()))
    }
    // Of candidates only the least counts are added up: some are not found.
    func comparable(_ report: EventReport) -> [EventReport.Table] {
      report.tables.map { table in
        var table = table
        for row in table.rows.indices { table.rows[row].mostly = [] }
        return table
      }
    }
    #expect(comparable(sum) == comparable(whole))
    #expect(sum.events == whole.events && sum.denied == whole.denied && sum.first == whole.first)
    #expect(sum.last == whole.last && sum.first != sum.last && sum.records == whole.records)
    #expect(throws: EventFilterError.self) { try sum.add(EventReport(by: [["rule.id"]])) }
  }

  @Test("a value longer than 1 KiB is counted by all of it, and shown cut")
  func long() throws {
    var report = try EventReport(by: [["ClientRequestPath"], ["RuleID", "ClientRequestPath"]])
    let beginning = String(repeating: "é\\\"\\u0001", count: 500)
    for (end, count) in [("a", 2), ("b", 3)] {
      for _ in 0..<count {
        report.add(
          try FirewallEvent(
            json: #"{"Action":"block","RuleID":"1","ClientRequestPath":"\#(beginning)\#(end)"}"#))
      }
    }
    for table in report.tables.dropFirst() {
      #expect(table.rows.map(\.count) == [3, 2])
      for row in table.rows {
        #expect(row.isCut)
        let path = row.values.last!!
        // 10 bytes each time: `é`, `\"` and `\u0001`.
        #expect(path == String(repeating: "é\"\u{1}", count: 100))
      }
    }
  }
}
