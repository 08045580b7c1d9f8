import Testing

@testable import CloudflareECS

/// To Swift, a delimiter and a combining mark behind it are one character. Each delimiter is still one, and no text is
/// lost with it.
@Suite struct CombiningMarkTests {
  private static let mark = "\u{301}"
  private let record = #"{"Action":"block","ClientRequestPath":"/a"}"#

  private func byBytes(
    _ table: MappingTable, _ detector: Detector? = nil, of record: String? = nil
  ) -> String {
    var converter = NDJSONConverter(table, detector: detector)
    var output: [UInt8] = []
    converter.convert(Array(((record ?? self.record) + "\n").utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("constants, keys of look-ups and values begin with a mark")
  func parameters() throws {
    let mark = Self.mark
    let table = try MappingTable([
      .constant("\(mark)one", to: "labels.one", "One."),
      .constant(["\(mark)two", "three\(mark)"], to: "tags", "Several."),
      FieldMapping(
        .action, to: "labels.found", .keyword, .lookup(["block": "\(mark)found"]), "Looked up."),
      FieldMapping(
        .clientRequestMethod, to: "labels.key", .keyword, .lookup(["\(mark)GET": "get"]), "A key."),
    ])
    let record = #"{"Action":"block","ClientRequestMethod":"\#(mark)GET"}"#
    let document = table.normalize(try FirewallEvent(json: record)).document.json
    #expect(
      document
        == #"{"labels":{"one":"\#(mark)one","found":"\#(mark)found","key":"get"},"tags":["\#(mark)two","three\#(mark)"]}"#
    )
    #expect(byBytes(table, of: record) == document + "\n")
  }

  @Test("a template has marks behind its brackets and braces")
  func template() throws {
    let mark = Self.mark
    let table = try MappingTable([
      FieldMapping(
        template: "{Action}\(mark)[\(mark){RuleID}]\(mark)[ \(mark){ClientRequestPath}]",
        otherwise: mark, to: "message", .matchOnlyText, "A sentence.")
    ])
    let message = "block\(mark)\(mark) \(mark)/a"
    let document = table.normalize(try FirewallEvent(json: record)).document
    #expect(document.message.map { Array($0.utf8) } == Array(message.utf8))
    #expect(byBytes(table) == document.json + "\n")
  }

  @Test("the title of a rule begins with a mark")
  func title() throws {
    let table = SekoiaNormalizer().table
    var rules = RuleCollection(for: table)
    let file = """
      title: \(Self.mark)Shell
      detection: {k: [block], s: {ClientRequestPath: /a}, condition: s}
      """
    rules.add(Array(file.utf8), file: "rules.yml")
    let detector = Detector(rules: rules.rules, for: table)
    let event = try FirewallEvent(json: record)
    let alerts = detector.alerts(for: table.normalize(event).document, of: event)
    #expect(alerts.map { $0.rule.name } == ["\(Self.mark)Shell"])
    #expect(byBytes(table, detector) == alerts.map { $0.json + "\n" }.joined())
  }

  @Test("a quote with a mark does not end a text of a Sigma rule, nor a pipe a cell")
  func quoted() throws {
    let quoted = DetectionRule.quoted("it'\(Self.mark)s")
    #expect(Array(quoted.utf8) == Array("'it''\(Self.mark)s'".utf8))
    let table = try MappingTable([
      .constant("a|\(Self.mark)b", to: "message", "One.")
    ])
    #expect(MappingReference(of: table).markdown.contains(#"a\|"# + Self.mark + "b"))
  }

  @Test("the name of an index has a star with a mark")
  func indexName() {
    #expect(IndexName.index.fault(in: "waf*\(Self.mark)") == "has a '*'")
    #expect(IndexName.pattern.fault(in: "waf*\(Self.mark)") == nil)
  }

  @Test("a pattern of STIX with a wildcard and a mark is not one value")
  func wildcard() {
    for (value, isOne) in [
      ("a%\(Self.mark)", false), ("a_\(Self.mark)", false), ("a\(Self.mark)", true),
    ] {
      let pattern = "[url:value LIKE '\(value)']"
      let found = STIXPattern.observables(pattern.utf8.span, 0..<pattern.utf8.count)
      #expect((found != nil) == isOne, "\(value)")
    }
  }

  @Test("a path and a query begin with a mark behind their first byte")
  func url() throws {
    let url = "https://www.example.com/\(Self.mark)a?\(Self.mark)b"
    var set = IndicatorSet()
    set.load(text: url + "\n")
    let table = SekoiaNormalizer().table
    let detector = Detector(indicators: set, for: table)
    let record =
      #"{"ClientRequestHost":"www.example.com","ClientRequestPath":"/\#(Self.mark)a","#
      + #""ClientRequestQuery":"?\#(Self.mark)b","ClientRequestScheme":"https"}"#
    let event = try FirewallEvent(json: record)
    let alerts = detector.alerts(for: table.normalize(event).document, of: event)
    #expect(alerts.count == 1)
    #expect(byBytes(table, detector, of: record) == alerts.map { $0.json + "\n" }.joined())
  }
}
