import CloudflareECS
import Testing

/// Documents with only some of a table's targets.
@Suite struct SelectedTargetsTests {
  private static let record =
    #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com:8443","#
    + #""ClientRequestPath":"/a.js","Datetime":1657630626,"EdgeResponseStatus":"none","#
    + #""MatchIndex":0,"RayID":"7299f155dda47d6b","BotScore":7}"#

  /// The documents by bytes; the same by values if they have no format of their own.
  private func documents(
    _ table: MappingTable, _ options: NDJSONConverter.Options = NDJSONConverter.Options(),
    detector: Detector? = nil
  ) throws -> [String] {
    var converter = NDJSONConverter(table, detector: detector, options: options)
    var output: [UInt8] = []
    converter.convert(Array(Self.record.utf8).span, into: &output)
    converter.finish(into: &output)
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    if detector == nil, options == NDJSONConverter.Options() {
      let event = try FirewallEvent(json: Self.record)
      #expect(lines == [table.normalize(event).document.json])
    }
    return lines
  }

  @Test(
    "each target on its own is as in the whole document", arguments: BuiltInProfiles.all.map(\.name)
  )
  func each(profile: String) throws {
    let table = try #require(BuiltInProfiles.all.first { $0.name == profile }).table
    let event = try FirewallEvent(json: Self.record)
    let whole = try #require(try JSONValue(json: table.normalize(event).document.json).object)
    // The kind and the outcome of an event tell of issues, which are those of the rows that are left.
    for target in Set(table.rows.map(\.target)) where !target.hasPrefix("error.") {
      let document = try documents(table.selecting([target]))[0]
      var expected: JSONValue? = .object(whole)
      let path = target.split(separator: ".").filter { $0 != "*" }
      for name in path { expected = expected?.object?[String(name)] }
      if target == "event.kind" { expected = "event" }
      let text = path.reversed().reduce(expected?.json) { "{\"\($1)\":\($0 ?? "null")}" }
      #expect(document == (expected == nil ? "{}" : text), "\(target)")
    }
  }

  @Test("patterns stand for all targets below a name")
  func patterns() throws {
    let table = SekoiaNormalizer().table
    let urls = Set(table.rows.map(\.target).filter { $0.hasPrefix("url.") })
    #expect(urls.count == 8)
    #expect(Set(try table.selecting(["url.*"]).rows.map(\.target)) == urls)
    #expect(Set(try table.dropping(["url.*"]).rows.map(\.target)).isDisjoint(with: urls))
  }

  @Test("unmapped members are written if their target is selected, and no others with them")
  func unmapped() throws {
    let table = SekoiaNormalizer().table
    #expect(
      try documents(table.selecting(["source.ip", "cloudflare.unmapped.*"]))
        == [
          #"{"source":{"ip":"203.0.113.28"},"cloudflare":{"unmapped":{"BotScore":7}}}"#
        ])
    #expect(try documents(table.selecting(["source.ip"])) == [#"{"source":{"ip":"203.0.113.28"}}"#])
  }

  @Test("without the raw record, as with the option, values that could not be converted are kept")
  func original() throws {
    var options = NDJSONConverter.Options()
    options.keepsOriginal = false
    let table = SekoiaNormalizer().table
    #expect(try documents(table.dropping(["message"])) == documents(table, options))
  }

  @Test("conditions and rules see the whole table")
  func questions() throws {
    let table = ElasticNormalizer().table
    var options = NDJSONConverter.Options()
    options.filter = try EventFilter(
      ["url.path=/a.js", "event.action=block", "ClientIP=203.0.113.0/24"], for: table)
    let brief = try table.selecting(["source.ip"])
    #expect(try documents(brief, options) == [#"{"source":{"ip":"203.0.113.28"}}"#])
    options.filter = try EventFilter(["url.path=/b.js"], for: table)
    #expect(try documents(brief, options) == [])

    var set = IndicatorSet()
    set.load(text: "www.example.com\n", name: "feed")
    let alerts = try documents(brief, detector: Detector(indicators: set))
    #expect(alerts.count == 2)
    for alert in alerts {
      let document = try ECSEvent(json: alert)
      #expect(document.source.ip == "203.0.113.28")
      #expect(document.url.path == nil && document.url.domain == nil)
      #expect(document.event.kind == "alert")
    }
  }

  @Test("an index gets what it needs")
  func index() throws {
    var options = NDJSONConverter.Options()
    options.format = .bulk(identifiers: true)
    let brief = try ElasticNormalizer().table.selecting(["source.ip"])
    let lines = try documents(brief, options)
    #expect(lines[0] == #"{"create":{"_id":"7299f155dda47d6b-0"}}"#)
    let document = try ECSEvent(json: lines[1])
    #expect(document.timestamp == "2022-07-12T12:57:06.000Z")
    #expect(document.dataStream.dataset == "cloudflare_logpush.firewall_event")
    #expect(document.url.path == nil)
    #expect(
      IndexTemplate(of: brief, target: .elasticsearch, pattern: "waf").json.contains("\"source\""))
    #expect(
      !IndexTemplate(of: brief, target: .elasticsearch, pattern: "waf").json.contains(
        "\"subdomain\""))
  }

  @Test("a target that is not there is an error with the nearest; so is an empty table")
  func faults() {
    let table = SekoiaNormalizer().table
    func description(_ body: () throws -> MappingTable) -> String {
      do { return "\(try body().rows.count) rows" } catch { return "\(error)" }
    }
    #expect(
      description { try table.selecting(["sorce.ip"]) }
        == "no target 'sorce.ip'. Did you mean source.ip?")
    #expect(description { try table.dropping(["nothing.*"]) } == "no target 'nothing.*'")
    let all = Array(Set(table.rows.map(\.target)))
    #expect(description { try table.dropping(all) } == "no target is left")
  }
}
