import CloudflareECS

extension FuzzTarget {
  // Few rows, because the table is compiled for each file. Rules may also name Cloudflare's fields and Sigma's.
  private static let table: MappingTable = {
    let targets = ["source.ip", "url.*", "user_agent.original", "http.response.status_code"]
    guard let some = try? SekoiaNormalizer().table.selecting(targets),
      let table = try? MappingTable(some.rows)
    else { fatalError("the profile has the targets") }
    return table
  }()
  private static let none = RuleCollection(for: table)
  private static let record =
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com:8443","#
    + #""ClientRequestPath":"/a\u002fb.js","ClientRequestUserAgent":"curl/8","EdgeResponseStatus":403}"#

  private static let event: FirewallEvent = {
    guard let event = try? FirewallEvent(json: record) else { fatalError("an event") }
    return event
  }()
  private static let document = table.normalize(event).document

  /// A file of rules: those that can be evaluated have one verdict by bytes and by values.
  static let ruleFile = FuzzTarget(name: "rule-file") { bytes in
    var collection = none
    collection.add(bytes, file: "rules.yml")
    // Correlations are only for streams.
    let rules = collection.rules.filter { $0.correlation == nil }
    if rules.isEmpty { return }
    let detector = Detector(rules: rules, for: table)
    let alerts = detector.alerts(for: document, of: event)
    var converter = NDJSONConverter(table, detector: detector)
    var output: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &output)
    converter.finish(into: &output)
    expect(
      output == Array(alerts.map { $0.json + "\n" }.joined().utf8), "one verdict by both paths")
  }
}
