import CloudflareECS
import TestSupport
import Testing

/// Tables with many targets, with long names, and with many groups inside each other; streams in which hardly two
/// records have the same fields.
@Suite struct LargeTableTests {
  /// Three hundred targets in a hundred and fifty groups, of fields with every kind of transform that is often used, and
  /// arrays that several rows add to at both ends.
  struct ManyNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields: [FieldMapping] =
      (0..<300).map { index in
        let target = "acme.group\(index / 2).target\(index)"
        return switch index % 6 {
        case 0: FieldMapping(.action, to: target, .keyword, .keyword, "Text.")
        case 1: FieldMapping(.clientASN, to: target, .long, .integer, "Number.")
        case 2: FieldMapping(.clientIP, to: target, .ip, .address, "Address.")
        case 3: FieldMapping(.clientRequestHost, to: target, .keyword, .host(.name), "Host.")
        case 4: .constant("c\(index)", to: target, "Constant.")
        default: FieldMapping(.action, to: target, .keyword, .foldedAction, "Action.")
        }
      } + [
        FieldMapping(.clientIP, to: "acme.group0.all", .keyword, array: true, .keyword, "All."),
        FieldMapping(
          .clientRequestHost, to: "acme.group0.all", .keyword, array: true, .host(.name), "All."),
        FieldMapping(.clientIP, to: "acme.group999.all", .keyword, array: true, .keyword, "All."),
        FieldMapping(
          .clientRequestHost, to: "acme.group999.all", .keyword, array: true, .host(.name), "All."),
        FieldMapping([], to: "acme.rest.*", .flattened, .unmapped, "All other members."),
      ]
  }

  private static let longName = String(repeating: "long", count: 20)

  /// Groups and members with long names, among others.
  struct LongNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields = [
      FieldMapping(.kind, to: "acme.kind", .keyword, .keyword, "Kind."),
      FieldMapping(.action, to: "acme.\(longName).action", .keyword, .keyword, "Text."),
      FieldMapping(.clientASN, to: "acme.\(longName).\(longName)", .long, .integer, "Number."),
      .constant(longName, to: "acme.\(longName).a.constant", "Constant."),
      FieldMapping(
        .source, to: "acme.\(longName).a.source", .keyword, .prefixed(longName), "Text."),
      FieldMapping(.clientRequestHost, to: "acme.z.host", .keyword, .host(.name), "Host."),
      FieldMapping(.ref, to: longName, .keyword, .keyword, "Text at the top."),
    ]
  }

  /// Forty groups inside each other, with a member in the tenth and in the last.
  struct DeepNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields = [
      FieldMapping(.action, to: path(40), .keyword, .keyword, "Text."),
      FieldMapping(.ref, to: path(10), .keyword, .keyword, "Text."),
      FieldMapping(.source, to: "acme.source", .keyword, .keyword, "Text."),
    ]

    private static func path(_ depth: Int) -> String {
      "acme." + (1...depth).map { "g\($0)." }.joined() + "x\(depth)"
    }
  }

  /// Arrays with constants, and with the record.
  struct ListNormalizer: Normalizer {
    let table = try! MappingTable(Self.fields)
    static let fields = [
      FieldMapping([], to: "tags", .keyword, array: true, .constant("waf"), "Tag."),
      FieldMapping(.action, to: "tags", .keyword, array: true, .keyword, "Tag."),
      FieldMapping([], to: "acme.one", .keyword, array: true, .constant("x"), "One."),
      FieldMapping([], to: "acme.texts", .keyword, array: true, .record, "Record."),
      FieldMapping(.action, to: "acme.texts", .keyword, array: true, .keyword, "Action."),
    ]
  }

  private static let records = [
    #"{"Action":"block","ClientASN":64500,"ClientIP":"203.0.113.28","ClientRequestHost":"www.example.com","Ref":"r","Source":"waf","Kind":"k","B":1}"#,
    #"{"Action":"block","ClientASN":-1,"ClientIP":"nowhere","ClientRequestHost":"192.0.2.7"}"#,
    #"{"Action":[],"ClientASN":"64500","ClientIP":{},"ClientRequestHost":"a.example:x"}"#,
    #"{"Action":"","Ref":"r"}"#,
    #"{"Action":"b","Source":"s"}"#,
    #"{"Kind":"k"}"#,
  ]

  private static let profiles: [any Normalizer] = [
    ManyNormalizer(), LongNormalizer(), DeepNormalizer(), ListNormalizer(),
  ]

  @Test("both paths make the same of every record, alone and one after the other")
  func bothPaths() throws {
    for profile in Self.profiles {
      let typed = try Self.records.map { record in
        profile.normalize(try FirewallEvent(json: record)).document.json
      }
      #expect(Conversion(Self.records.joined(separator: "\n"), profile).documents == typed)
      for (record, document) in zip(Self.records, typed) {
        #expect(Conversion(record, profile).documents == [document])
      }
    }
  }

  @Test("every target is written, whatever its number")
  func everyTarget() throws {
    let document = try JSONValue(
      json: Conversion(Self.records[0], ManyNormalizer()).documents[0])
    let acme = try #require(document.object?["acme"]?.object)
    let expected: [JSONValue] = [
      "block", 64500, "203.0.113.28", "www.example.com", "", "block",
    ]
    for index in 0..<300 {
      let value = acme["group\(index / 2)"]?.object?["target\(index)"]
      #expect(value == (index % 6 == 4 ? .string("c\(index)") : expected[index % 6]), "\(index)")
    }
    for group in ["group0", "group999"] {
      #expect(acme[group]?.object?["all"] == ["203.0.113.28", "www.example.com"])
    }
    #expect(acme["rest"] == ["Kind": "k", "Ref": "r", "Source": "waf", "B": 1])
  }

  /// A field and a target for each number below `count`, and constants between them.
  struct ManyFieldsNormalizer: Normalizer {
    let table: MappingTable

    init(_ count: Int) {
      table = try! MappingTable(
        (0..<count).map { index in
          let target = "acme.group\(index / 3).target\(index)"
          return index % 7 == 0
            ? .constant("c\(index)", to: target, "Constant.")
            : FieldMapping(.named("F\(index)"), to: target, .keyword, .keyword, "Text.")
        } + [FieldMapping(.action, to: "event.action", .keyword, .keyword, "Text.")])
    }
  }

  @Test("documents are right if nearly each has another set of targets", arguments: [50, 300])
  func randomSets(_ count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    let profile = ManyFieldsNormalizer(count)
    var records: [String] = []
    var documents: [String] = []
    for _ in 0..<500 {
      var members: [String] = []
      var groups: [(name: String, members: [String])] = []
      for index in 0..<count {
        var value: String? = index % 7 == 0 ? "c\(index)" : nil
        if Int.random(in: 0..<4, using: &random) == 0 {
          members.append("\"F\(index)\":\"v\(index)\"")
          if index % 7 != 0 { value = "v\(index)" }
        }
        guard let value else { continue }
        let group = "group\(index / 3)"
        if groups.last?.name != group { groups.append((group, [])) }
        groups[groups.count - 1].members.append("\"target\(index)\":\"\(value)\"")
      }
      records.append(
        "{\"Action\":\"log\",\"RayID\":\"1\"" + members.map { "," + $0 }.joined() + "}")
      documents.append(
        "{\"event\":{\"action\":\"log\"},\"acme\":{"
          + groups.map { "\"\($0.name)\":{\($0.members.joined(separator: ","))}" }
          .joined(separator: ",") + "}}")
    }
    #expect(Conversion(records.joined(separator: "\n"), profile).documents == documents)
    for (record, document) in zip(records, documents).prefix(20) {
      #expect(profile.normalize(try FirewallEvent(json: record)).document.json == document)
    }
  }

  @Test("an array of one constant is an array, and the record can be in one")
  func lists() throws {
    let record = #"{"Action":"block"}"#
    let expected =
      #"{"tags":["waf","block"],"acme":{"one":["x"],"#
      + #""texts":["{\"Action\":\"block\"}","block"]}}"#
    #expect(Conversion(record, ListNormalizer()).documents == [expected])
    let document = ListNormalizer().normalize(try FirewallEvent(json: record)).document
    #expect(document.json == expected)
    #expect(try ECSEvent(json: expected) == document)
  }

  @Test("names of any length, and groups of any depth, are written whole")
  func longAndDeep() throws {
    let long = Self.longName
    #expect(
      Conversion(Self.records[0], LongNormalizer()).documents == [
        #"{"acme":{"kind":"k","\#(long)":{"action":"block","\#(long)":64500,"#
          + #""a":{"constant":"\#(long)","source":"\#(long)waf"}},"z":{"host":"www.example.com"}},"#
          + #""\#(long)":"r"}"#
      ])
    let inner = (11...40).map { #""g\#($0)":{"# }.joined()
    let outer = (1...10).map { #""g\#($0)":{"# }.joined()
    #expect(
      Conversion(Self.records[0], DeepNormalizer()).documents == [
        #"{"acme":{"# + outer + inner + #""x40":"block""# + String(repeating: "}", count: 30)
          + #","x10":"r""# + String(repeating: "}", count: 10) + #","source":"waf"}}"#
      ])
  }
}
