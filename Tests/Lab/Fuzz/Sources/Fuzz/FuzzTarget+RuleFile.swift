import CloudflareECS

extension FuzzTarget {
  private static let table = SekoiaNormalizer().table
  private static let record =
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com:8443","#
    + #""ClientRequestPath":"/a\u002fb.js","ClientRequestUserAgent":"curl/8","EdgeResponseStatus":403}"#

  /// A file of rules: those that can be evaluated have one verdict by bytes and by values.
  static let ruleFile = FuzzTarget(name: "rule-file") { bytes in
    var collection = RuleCollection(for: table)
    collection.add(bytes, file: "rules.yml")
    // Correlations are only for streams.
    let rules = collection.rules.filter { $0.correlation == nil }
    if rules.isEmpty { return }
    guard let event = try? FirewallEvent(json: record) else { return }
    let detector = Detector(rules: rules, for: table)
    let alerts = detector.alerts(for: table.normalize(event).document, of: event)
    var converter = NDJSONConverter(table, detector: detector)
    var output: [UInt8] = []
    converter.convert(Array(record.utf8).span, into: &output)
    converter.finish(into: &output)
    expect(
      output == Array(alerts.map { $0.json + "\n" }.joined().utf8), "one verdict by both paths")
  }
}
