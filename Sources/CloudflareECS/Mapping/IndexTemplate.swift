/// A composable index template for the documents of a profile, made from its table.
///
///     let template = IndexTemplate(of: ElasticNormalizer(), target: .opensearch, pattern: "waf-*")
///     template.json.contains(#""index_patterns": ["waf-*"]"#)      // true
///
/// The template also has the fields that only alerts have. Send it with `PUT _index_template/NAME` before the first
/// document. The index then accepts everything that the bulk format writes: see
/// ``NDJSONConverter/Options/Format/bulk(index:identifiers:undated:)``.
///
/// - [Elasticsearch: index templates](https://www.elastic.co/docs/manage-data/data-store/templates)
/// - [OpenSearch: index templates](https://docs.opensearch.org/latest/im-plugin/index-templates/)
public struct IndexTemplate: Sendable {
  /// For which program a template is.
  public enum Target: String, Sendable, CaseIterable {
    /// Elasticsearch 8 and 9. All types are ECS's own.
    case elasticsearch
    /// OpenSearch 2.7 and later, and 3. Types that it has not in all of these give way to the nearest:
    /// `keyword` for `wildcard` and `constant_keyword`, `text` for `match_only_text`, `flat_object` for
    /// `flattened`.
    case opensearch
  }

  private let rows: [FieldMapping]
  private let dataStream: (type: String, dataset: String)?
  let target: Target
  private let pattern: String?

  /// The template for a profile's documents; the pattern of index names follows from the table if none
  /// is given.
  public init(
    of profile: any Normalizer, target: Target = .elasticsearch, pattern: String? = nil
  ) {
    rows = profile.table.rowsForIndex(hasIdentifiers: true)
    dataStream = profile.table.dataStream
    self.target = target
    self.pattern = pattern
  }

  /// The template, as indented JSON with a line break at its end.
  public var json: String {
    let compact = JSONValue.object(object).json + "\n"
    let bytes = compact.utf8.span
    var output = OutputBuffer(minimumCapacity: bytes.count * 2)
    PrettyJSON.append(bytes, to: &output)
    return output.withSpan { String($0, 0..<$0.count) }
  }

  private var object: JSONObject {
    var template: JSONObject = [
      "index_patterns": [.string(pattern ?? stream ?? Self.plainPattern)]
    ]
    if stream != nil { template["data_stream"] = .object([:]) }
    // Elasticsearch's own templates have 100 and those of its integrations 200; its manual asks for
    // more than 500 where patterns overlap.
    template["priority"] = 501
    template["template"] = ["settings": .object(settings), "mappings": .object(mappings)]
    template["_meta"] = [
      "description": "Cloudflare firewall events",
      "generator": .string("cf-ecs \(CloudflareECSVersion.current)"),
    ]
    return template
  }

  /// For a profile whose documents do not say to which data stream they belong: ordinary indices, that
  /// the sender names, by date for example. They take documents without `@timestamp`, which a data
  /// stream refuses; and they keep clear of `logs-*-*`, where data streams are named by dataset and a
  /// dataset like `firewall-events` may not have a hyphen.
  private static let plainPattern = "cloudflare-firewall-events-*"

  /// The dataset of the data stream.
  var dataset: String? { dataStream?.dataset }

  /// The data streams of all namespaces.
  private var stream: String? { dataStream.map { "\($0.type)-\($0.dataset)-*" } }

  private var settings: JSONObject {
    // Documents that repeat the raw record compress well. 1000 is the default of both programs.
    ["index": ["codec": "best_compression", "mapping": ["total_fields": ["limit": 1000]]]]
  }

  private var mappings: JSONObject {
    var mappings: JSONObject = [
      "_meta": ["ecs_version": .string(Self.ecsVersion)],
      // A text that looks like a date is still a text.
      "date_detection": false,
    ]
    mappings["dynamic_templates"] = .array(dynamicTemplates.map { .object($0) })
    mappings["properties"] = .object(properties)
    return mappings
  }

  /// Each field of the table under its path, and those that only alerts have.
  private var properties: JSONObject {
    var properties = JSONObject()
    func add(_ target: String, _ field: JSONObject) {
      var path: [String] = []
      for name in target.pathNames {
        if !path.isEmpty { path.append("properties") }
        path.append(name)
      }
      if properties[path: path] == nil { properties[path: path] = .object(field) }
    }
    for row in rows { add(placeName(row), field(of: row)) }
    for (target, type) in alertFields { add(target, field(type)) }
    return properties
  }

  /// A row's path, without the star of a place for unknown members.
  private func placeName(_ row: FieldMapping) -> String {
    row.target.hasSuffix(".*") ? String(row.target.dropLast(2)) : row.target
  }

  /// What others add to a document, an ingest pipeline for example: as in ECS's own template.
  private var dynamicTemplates: [JSONObject] {
    [["strings": ["match_mapping_type": "string", "mapping": .object(keyword)]]]
  }
}
