import Testing

@testable import CloudflareECS

/// What a table, a detector, a filter or a report has made for typed events is freed with it.
@Suite struct FreedMemoryTests {
  private static let event = try! FirewallEvent(
    json: #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestUserAgent":"curl/8"}"#)

  private func table() throws -> MappingTable {
    try MappingTable([
      FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
      FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
    ])
  }

  @Test("a table")
  func tables() throws {
    weak var plan: Plan?
    func use() throws {
      let table = try table()
      plan = table.plan
      #expect(table.normalize(Self.event).document.event.action == "block")
      var converter = NDJSONConverter(table)
      var output: [UInt8] = []
      converter.convert(Array((Self.event.json + "\n").utf8).span, into: &output)
      #expect(!output.isEmpty && plan != nil)
    }
    try use()
    #expect(plan == nil)
  }

  @Test("a detector, and the tables of its alerts")
  func detectors() throws {
    weak var conditions: CompiledExpressions?
    weak var plans: AlertPlans?
    func use() throws {
      let table = try table()
      let rule = DetectionRule(
        id: "own", name: "Own", description: "", level: .low, effort: .elementary,
        condition: .equals("event.action", "block"))
      let detector = Detector(rules: [rule], for: table)
      (conditions, plans) = (detector.conditions, detector.alertPlans)
      let document = table.normalize(Self.event).document
      #expect(detector.detections(in: document, of: Self.event).count == 1)
      var converter = NDJSONConverter(table, detector: detector)
      var output: [UInt8] = []
      converter.convert(Array((Self.event.json + "\n").utf8).span, into: &output)
      #expect(converter.counts.alerts == 1 && conditions != nil && plans != nil)
    }
    try use()
    #expect(conditions == nil && plans == nil)
  }

  @Test("a filter")
  func filters() throws {
    weak var compiled: CompiledFilter?
    func use() throws {
      let filter = try EventFilter(["event.action=block"], for: table())
      compiled = filter.compiled
      #expect(filter.holds(for: Self.event) && compiled != nil)
    }
    try use()
    #expect(compiled == nil)
  }

  @Test("a report")
  func reports() throws {
    weak var layout: ReportLayout?
    func use() throws {
      var report = try EventReport(table())
      layout = report.layout
      report.add(Self.event)
      #expect(report.events == 1 && layout != nil)
    }
    try use()
    #expect(layout == nil)
  }
}
