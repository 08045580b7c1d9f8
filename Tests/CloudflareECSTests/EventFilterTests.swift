import CloudflareECS
import Testing

/// Conditions on events: each operator and type of value, by values and by bytes.
@Suite struct EventFilterTests {
  private static let record = """
    {"Action":"block","ClientIP":"203.0.113.28","ClientASN":64500,"ClientRequestHost":"www.Example.com",\
    "ClientRequestPath":"/a,b/\\u000b\\"x","Datetime":"2022-07-12T12:57:06.219Z","EdgeResponseStatus":403,\
    "Metadata":{"filter":"x"},"ContentScanObjTypes":["text/html","image/png"],"ContentScanObjSizes":[10,2000],\
    "tenant":"north","OriginResponseStatus":0}
    """

  private static let holding = [
    "event.action=block", "event.action=BLOCK", "event.action=log,block", "event.action!=log,drop",
    "Action=block",
    "event.action^=bl", "event.action$=CK", "event.action*=loc", "event.action^=x,b",
    "event.kind=event",
    "source.ip=203.0.113.28", "source.ip=203.0.113.0/24", "source.ip=::ffff:203.0.113.28",
    "source.ip=0.0.0.0/0",
    "source.ip=192.0.2.1,203.0.113.0/24", "source.ip!=203.0.114.0/24", "source.ip^=203.0",
    "ClientIP=203.0.113.0/25",
    "source.as.number=64500", "source.as.number=64500.0", "source.as.number=6.45e4",
    "source.as.number!=1",
    "source.as.number<64501", "source.as.number<=64500", "source.as.number>64499",
    "source.as.number>=64500",
    "source.as.number^=645", "ClientASN>1", "EdgeResponseStatus=403,404",
    "@timestamp=2022-07-12T12:57:06.219Z", "@timestamp=2022-07-12T14:57:06.219000+02:00",
    "@timestamp>=2022-07-12T12:57:06Z", "@timestamp<2022-07-12T12:57:07Z",
    "@timestamp!=2022-07-12T12:57:06Z",
    "@timestamp>=2022-07-12", "@timestamp<2022-07-13", "@timestamp>=2022-07-12T12",
    "@timestamp<2022-07-12 13", "@timestamp>=2022-07-12 12:57", "@timestamp<2022-07-12T12:58",
    "@timestamp>=1657630626",
    "@timestamp^=2022-07", "Datetime<=2022-07-12T12:57:06.219Z",
    "url.path=/a\\,b/\u{b}\"x", "url.path$=X", "url.path*=\"", "url.domain=www.example.com",
    "ClientRequestHost$=.COM",
    "event.action", "!rule.id", "rule.id!=1", "Metadata", "!MatchIndex", "tenant=north", "tenant",
    "ContentScanObjTypes=image/png", "ContentScanObjTypes!=image/gif", "ContentScanObjTypes*=HTML",
    "ContentScanObjSizes>1000", "ContentScanObjSizes=10", "OriginResponseStatus=0",
    "event.type=denied",
  ]
  private static let failing = [
    "event.action=log", "event.action!=block", "event.action!=log,block", "event.action^=lock",
    "event.action$=bloc",
    "event.action^==b", "tenant=x,=north", "event.action*=x", "source.ip=203.0.113.29",
    "source.ip=203.0.113.27/32,192.0.2.4",
    "source.ip!=203.0.113.0/24", "source.ip=2001:db8::/32", "source.as.number=6450",
    "source.as.number<64500",
    "@timestamp<2022-07-12", "@timestamp>=2022-07-12T13", "@timestamp<2022-07-12T12:57",
    "source.as.number>64500", "@timestamp>2022-07-12T12:57:06.219Z", "rule.id", "rule.id=1",
    "rule.id^=1", "!event.action", "!Metadata", "tenant=south", "!tenant",
    "ContentScanObjTypes!=image/png",
    "ContentScanObjTypes=image", "ContentScanObjSizes>2000", "url.path=/a,b/", "MatchIndex<5",
    "event.type!=denied",
  ]

  /// The table of the profile, with a field of its own.
  private static func table(_ profile: any Normalizer) throws -> MappingTable {
    try MappingTable(
      profile.table.rows + [
        FieldMapping([.named("tenant")], to: "tenant", .keyword, .keyword, "The tenant.")
      ])
  }

  private func expect(_ condition: String, _ expected: Bool) throws {
    for profile in BuiltInProfiles.all {
      let table = try Self.table(profile)
      let filter = try EventFilter([condition], for: table)
      #expect(
        filter.holds(for: try FirewallEvent(json: Self.record)) == expected,
        "\(profile) \(condition)")
      var options = NDJSONConverter.Options()
      options.filter = filter
      var converter = NDJSONConverter(table, options: options)
      var output: [UInt8] = []
      converter.convert(Array((Self.record + "\n").utf8).span, into: &output)
      #expect(converter.counts.documents == (expected ? 1 : 0), "\(profile) \(condition)")
      #expect(converter.counts.filtered == (expected ? 0 : 1), "\(profile) \(condition)")
      #expect(converter.counts.accepted == 1)
      #expect(output.isEmpty != expected)
    }
  }

  @Test("holds", arguments: holding)
  func holds(condition: String) throws { try expect(condition, true) }

  @Test("does not hold", arguments: failing)
  func fails(condition: String) throws { try expect(condition, false) }

  @Test("all conditions of a filter have to hold")
  func several() throws {
    let event = try FirewallEvent(json: Self.record)
    let table = SekoiaNormalizer().table
    #expect(try EventFilter([], for: table).holds(for: event))
    #expect(try EventFilter(["Action=block", "ClientASN>1"], for: table).holds(for: event))
    #expect(try !EventFilter(["Action=block", "ClientASN<1"], for: table).holds(for: event))
    #expect(try EventFilter([#"message*="ClientASN":64500"#], for: table).holds(for: event))
    #expect(try EventFilter(["Action"], for: table) == EventFilter(["Action"], for: table))
    #expect(
      try EventFilter(["Action"], for: table)
        != EventFilter(["Action"], for: ElasticNormalizer().table))
  }

  @Test("an event made of properties is asked like one that was read")
  func properties() throws {
    var event = FirewallEvent()
    event.action = .block
    event.clientIP = "203.0.113.28"
    let filter = try EventFilter(
      ["event.action=block", "source.ip=203.0.113.0/24"], for: ElasticNormalizer().table)
    #expect(filter.holds(for: event))
    event.action = .log
    #expect(!filter.holds(for: event))
  }

  @Test(
    "says what is wrong with a condition",
    arguments: [
      ("source.ipp=192.0.2.1", "no target or field 'source.ipp'. Did you mean source.ip?"),
      ("qqqqqqqq", "no target or field 'qqqqqqqq'"),
      ("source.ip=192.0.2.0/33", "'192.0.2.0/33' is not an address or a CIDR block"),
      ("source.ip=x", "'x' is not an address or a CIDR block"),
      ("source.ip<192.0.2.1", "< compares numbers and times, and source.ip is neither"),
      ("event.action>=a", ">= compares numbers and times, and event.action is neither"),
      ("source.as.number=4x", "'4x' is not a whole number"),
      ("source.as.number=1.5", "'1.5' is not a whole number"),
      ("source.as.number<1,2", "< takes one value"),
      (
        "@timestamp>=yesterday",
        "'yesterday' is not a time, such as 2026-11-28T10:00:00Z or 2026-11-28"
      ),
      (
        "@timestamp=2026-11-28",
        "'2026-11-28' is not a whole time, such as 2026-11-28T10:00:00Z: only >= and < take its "
          + "beginning"
      ),
      (
        "@timestamp<=2026-11-28",
        "'2026-11-28' is not a whole time, such as 2026-11-28T10:00:00Z: only >= and < take its "
          + "beginning"
      ),
      (
        "@timestamp>=2026-11-31",
        "'2026-11-31' is not a time, such as 2026-11-28T10:00:00Z or 2026-11-28"
      ),
      ("event.action=", "a value is empty"), ("event.action=a,,b", "a value is empty"),
      ("event.action==block", "'==' is no operator. Write TARGET=VALUE, with one ="),
      ("event.action!==block", "'!==' is no operator. Write TARGET!=VALUE, with one ="),
      ("event.action==", "'==' is no operator. Write TARGET=VALUE, with one ="),
      ("=block", "the target is missing"), ("", "the target is missing"),
      ("!", "the target is missing"),
      ("Metadata=x", "Metadata is an object: ask only whether it is present"),
      ("event.action^block", "no operator: write one of = != ^= $= *= < <= > >= after the target"),
      ("!event.action=x", "'!' before a target asks whether it is absent. Write TARGET!=VALUE"),
      (
        "cloudflare.unmapped.*",
        "no operator: write one of = != ^= $= *= < <= > >= after the target"
      ),
    ])
  func faults(condition: String, fault: String) {
    let error = #expect(throws: EventFilterError.self) {
      try EventFilter(["event.action", condition], for: SekoiaNormalizer().table)
    }
    #expect(error?.description == "\(condition): \(fault)")
    #expect(error?.condition == condition)
  }
}
