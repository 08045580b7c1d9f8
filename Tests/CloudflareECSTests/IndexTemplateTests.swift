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
    #expect(fields.mapValues { $0["type"]?.string } == expected)
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
      "long": ["ignore_malformed"],
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
        == ["type": "flattened", "ignore_above": 1024, "depth_limit": 128])
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
        == ["type": "flattened", "ignore_above": 1024, "depth_limit": 128])
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
    #expect(
      fields == [
        "client.ip": ["type": "ip"],
        "labels": ["type": "flattened", "ignore_above": 1024, "depth_limit": 128],
      ])
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
