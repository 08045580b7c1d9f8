import Foundation
import Testing

@testable import CloudflareECS

@Suite struct IndexTemplateTests {
  @Test("the template of elastic lists every field of the table with ECS's type, and no other")
  func elasticFields() throws { try expectFields(of: ElasticNormalizer()) }

  @Test("the template of sekoia lists every field of the table with ECS's type, and no other")
  func sekoiaFields() throws { try expectFields(of: SekoiaNormalizer()) }

  private func expectFields(of profile: any Normalizer) throws {
    let facts = try ECSFacts()
    let fields = try fields(of: IndexTemplate(of: profile))
    var expected: [String: String] = [:]
    for row in profile.table.rows {
      let path = row.target.hasSuffix(".*") ? String(row.target.dropLast(2)) : row.target
      let fact = facts.fields[row.target]
      expected[path] = fact?.type ?? row.type.rawValue
      for (path, type) in fact?.multiFields ?? [:] { expected[path] = type }
    }
    #expect(
      fields.filter { !isOfAlerts($0.key) || expected[$0.key] != nil }
        .mapValues { $0["type"]?.string } == expected)
  }

  /// Whether only alerts may have a field.
  private func isOfAlerts(_ path: String) -> Bool {
    [
      "event.severity", "rule.", "threat.", "cloudflare.rule.",
      "cloudflare_logpush.firewall_event.rule.",
    ]
    .contains { path.hasPrefix($0) }
  }

  @Test("every field that an alert may have is in the template, with ECS's type")
  func alertFields() throws {
    let facts = try ECSFacts()
    for normalizer in BuiltInProfiles.all {
      var event = normalizer.normalize(try FirewallEvent(json: #"{"Action":"block"}"#)).document
      (event.rule.id, event.rule.name, event.rule.description) = ("1", "2", "3")
      (event.rule.ruleset, event.rule.reference, event.rule.category) = ("4", "5", "6")
      var rule = BuiltInRules.all[0]
      rule.techniques = [.vulnerabilityScanning]
      rule.references = ["https://example.com/"]
      var indicators = Indicator.Kind.allCases.map { Indicator(kind: $0, value: "x") }
      for index in indicators.indices {
        indicators[index].id = "1"
        indicators[index].description = "2"
        indicators[index].confidence = 3
        indicators[index].provider = "4"
        indicators[index].validFrom = Timestamp(seconds: 0)
        indicators[index].validUntil = Timestamp(seconds: 1)
      }
      let alert = event.alert(
        Detection(
          rule: rule,
          indicators: indicators.map {
            IndicatorSet.Match(indicator: $0, field: "url.domain", atomic: "x")
          }))
      let document = try #require(try JSONValue(json: alert.json).object)
      let fields = try fields(of: IndexTemplate(of: normalizer))
      var count = 0
      func check(_ value: JSONValue, _ path: String) {
        if let object = value.object {
          for member in object.members {
            check(member.value, path.isEmpty ? member.name : "\(path).\(member.name)")
          }
        } else if let elements = value.array, elements.contains(where: { $0.object != nil }) {
          for element in elements { check(element, path) }
        } else {
          #expect(fields[path] != nil, "\(path)")
          // ECS has indicators as objects, whose members it lists elsewhere.
          if isOfAlerts(path), let fact = facts.fields[path] {
            #expect(fields[path]?["type"]?.string == fact.type, "\(path)")
            count += 1
          }
        }
      }
      check(.object(document), "")
      #expect(count > 20)
    }
  }

  @Test("a template is an object with the members that a composable template has")
  func structure() throws {
    for profile in BuiltInProfiles.all {
      for target in IndexTemplate.Target.allCases {
        let text = IndexTemplate(of: profile, target: target).json
        #expect(text.hasSuffix("}\n"))
        #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
        let template = try #require(try JSONValue(json: text).object)
        let members = profile.name == "elastic" ? ["data_stream"] : []
        #expect(
          Set(template.names)
            == Set(["index_patterns", "priority", "template", "_meta"] + members))
        let body = try #require(template["template"]?.object)
        #expect(body.names == ["settings", "mappings"])
        let mappings = try #require(body["mappings"]?.object)
        #expect(mappings.names == ["_meta", "date_detection", "dynamic_templates", "properties"])
        for rule in try #require(mappings["dynamic_templates"]?.array) {
          let named = try #require(rule.object?.members.first)
          #expect(rule.object?.members.count == 1)
          let known: Set = ["path_match", "match_mapping_type", "mapping"]
          let names = Set(named.value.object?.names ?? [])
          #expect(names.isSubset(of: known))
        }
      }
    }
  }

  @Test("a field has either a type, with parameters that its type knows, or fields of its own")
  func parameters() throws {
    let parameters: [String: Set<String>] = [
      "keyword": ["ignore_above", "index", "doc_values", "fields"],
      "constant_keyword": ["value"],
      "wildcard": ["fields"],
      "flattened": ["ignore_above", "depth_limit"],
      "long": ["ignore_malformed"], "ip": ["ignore_malformed"], "date": ["ignore_malformed"],
      "text": ["norms"],
    ]
    for profile in BuiltInProfiles.all {
      for target in IndexTemplate.Target.allCases {
        for (path, field) in try fields(of: IndexTemplate(of: profile, target: target)) {
          let type = try #require(field["type"]?.string, "\(path)")
          let known = parameters[type, default: []].union(["type"])
          #expect(Set(field.names).isSubset(of: known), "\(path)")
        }
      }
    }
  }

  @Test("for OpenSearch, only types that it has since 2.7")
  func openSearchTypes() throws {
    for profile in BuiltInProfiles.all {
      let template = IndexTemplate(of: profile, target: .opensearch)
      let types = try fields(of: template).values.map { $0["type"]?.string }
      #expect(Set(types) == ["keyword", "text", "ip", "long", "date", "flat_object"])
      for type in ["wildcard", "match_only_text", "constant_keyword", "flattened", "depth_limit"] {
        #expect(!template.json.contains(type), "\(type)")
      }
    }
  }

  @Test("single fields are as the table and its extras say")
  func singleFields() throws {
    let fields = try fields(of: IndexTemplate(of: ElasticNormalizer()))
    #expect(
      fields["event.original"] == ["type": "keyword", "index": false, "doc_values": false])
    #expect(fields["message"] == ["type": "match_only_text"])
    #expect(
      fields["user_agent.original"] == [
        "type": "keyword", "ignore_above": 1024, "fields": ["text": ["type": "match_only_text"]],
      ])
    #expect(fields["data_stream.type"] == ["type": "constant_keyword", "value": "logs"])
    #expect(fields["data_stream.namespace"] == ["type": "constant_keyword"])
    #expect(
      fields["cloudflare_logpush.firewall_event.unmapped"]
        == ["type": "flattened", "ignore_above": 1024, "depth_limit": 200])
    #expect(fields["url.query"] == ["type": "keyword", "ignore_above": 8191])
    #expect(
      fields["cloudflare_logpush.firewall_event.content_scan.sizes"]
        == ["type": "long", "ignore_malformed": true])
    let openSearch = try self.fields(
      of: IndexTemplate(of: ElasticNormalizer(), target: .opensearch))
    #expect(openSearch["url.path"] == ["type": "keyword", "ignore_above": 8191])
    #expect(openSearch["message"] == ["type": "text", "norms": false])
  }

  @Test("members without a row are one field, and no name of theirs makes another")
  func unknownMembers() throws {
    let template = IndexTemplate(of: SekoiaNormalizer())
    let fields = try fields(of: template)
    #expect(
      fields["cloudflare.unmapped"]
        == ["type": "flattened", "ignore_above": 1024, "depth_limit": 200])
    let rules = try #require(try mappings(of: template)?["dynamic_templates"]?.array)
    #expect(rules.flatMap { $0.object?.names ?? [] } == ["strings"])
  }

  @Test("patterns: the data stream that documents name, else plain indices, else what is asked for")
  func patterns() throws {
    func pattern(_ template: IndexTemplate) throws -> JSONValue? {
      try JSONValue(json: template.json).object?["index_patterns"]
    }
    #expect(
      try pattern(IndexTemplate(of: ElasticNormalizer()))
        == ["logs-cloudflare_logpush.firewall_event-*"])
    #expect(
      try pattern(IndexTemplate(of: SekoiaNormalizer())) == ["cloudflare-firewall-events-*"])
    #expect(try pattern(IndexTemplate(of: ElasticNormalizer(), pattern: "a\"-*")) == ["a\"-*"])
  }

  @Test("a profile of one's own has a template too")
  func ownProfile() throws {
    struct OwnNormalizer: Normalizer {
      let table = try! MappingTable(Self.fields)
      static let fields = [
        FieldMapping(.clientIP, to: "client.ip", .ip, .address, "Who asked."),
        FieldMapping([], to: "labels.*", .flattened, .unmapped, "All others."),
      ]
    }
    let fields = try fields(of: IndexTemplate(of: OwnNormalizer()))
    #expect(fields["client.ip"] == ["type": "ip"])
    #expect(fields["labels"] == ["type": "flattened", "ignore_above": 1024, "depth_limit": 200])
    #expect(fields["cloudflare.rule.id"] == ["type": "keyword", "ignore_above": 1024])
    #expect(fields["threat.enrichments.indicator.ip"] == ["type": "ip", "ignore_malformed": true])
    #expect(fields["event.severity"] == ["type": "long"])
  }

  private func mappings(of template: IndexTemplate) throws -> JSONObject? {
    try JSONValue(json: template.json).object?["template"]?.object?["mappings"]?.object
  }

  /// All fields by their paths, multi-fields too.
  private func fields(of template: IndexTemplate) throws -> [String: JSONObject] {
    let properties = try #require(try mappings(of: template)?["properties"]?.object)
    var fields: [String: JSONObject] = [:]
    func collect(_ members: JSONObject, _ prefix: String) {
      for member in members.members {
        let path = prefix + member.name
        guard let field = member.value.object else { continue }
        if field.names == ["properties"], let inner = field["properties"]?.object {
          collect(inner, path + ".")
        } else {
          fields[path] = field
          collect(field["fields"]?.object ?? [:], path + ".")
        }
      }
    }
    collect(properties, "")
    return fields
  }
}
