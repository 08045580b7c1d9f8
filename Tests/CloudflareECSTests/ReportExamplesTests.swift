import CloudflareECS
import Testing

/// The examples of the doc comments of reports, as they stand there.
@Suite struct ReportExamplesTests {
  @Test func eventReport() throws {
    var report = try EventReport()
    report.add(try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#))
    #expect(report.events == 1)
    #expect(report.tables[1].rows[0].values == ["203.0.113.28"])
    #expect(report.denied == 1)
    let pairs = try EventReport(by: [["source.ip", "rule.id"], ["http.request.method"]])
    #expect(pairs.tables.isEmpty)
  }

  @Test func reportReader() throws {
    var options = NDJSONConverter.Options()
    options.input = .auto
    var reader = ReportReader(try EventReport(), options: options)
    reader.read(Array(#"{"Action":"block","ClientIP":"203.0.113.28"}"#.utf8).span)
    reader.finish()
    #expect(reader.report.denied == 1)
    #expect(reader.counts.accepted == 1)
  }

  @Test func alertSummary() throws {
    var summary = AlertSummary()
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
    summary.add(Detection(rule: BuiltInRules.firewallBlock), of: event)
    #expect(summary.alerts == 1)
    #expect(summary.rows[0].tables[0].rows[0].values == ["203.0.113.28"])
  }
}
