extension IndexTemplate {
  /// The version of ECS whose types these are.
  static let ecsVersion = "9.4.0"

  /// What a type does not say of one field.
  private enum Extra {
    /// Another field of the same value for search by words.
    case text
    /// Neither indexed nor in columns: kept in the document, and of any length.
    case storedOnly
    /// Longer than usual, up to what every index can hold.
    case long
  }

  /// As in ECS 9.4.0, except for the long query: attacks are long.
  private static let extras: [String: Extra] = [
    "event.original": .storedOnly,
    "source.as.organization.name": .text,
    "url.full": .text,
    "url.original": .text,
    "url.query": .long,
    "user_agent.original": .text,
  ]

  /// Characters of a keyword that are indexed, as in ECS's own template; the document has them all.
  private static let keywordLength: JSONValue = 1024
  /// Lucene's longest term has 32,766 bytes, and a character at most four.
  private static let longestKeyword: JSONValue = 8191

  /// A keyword as it is without anything said of it.
  var keyword: JSONObject { ["type": "keyword", "ignore_above": Self.keywordLength] }

  private var longKeyword: JSONObject { ["type": "keyword", "ignore_above": Self.longestKeyword] }

  /// The mapping of a row's target.
  func field(of row: FieldMapping) -> JSONObject {
    var field = type(of: row)
    switch Self.extras[row.target] {
    case .text: field["fields"] = ["text": .object(text)]
    case .storedOnly: field = ["type": "keyword", "index": false, "doc_values": false]
    case .long: field = longKeyword
    case nil: break
    }
    // An array's elements stand in the document as they came: one that is no number must not cost the
    // whole document.
    if row.isArray, row.transform == .array, row.type == .long {
      field["ignore_malformed"] = true
    }
    return field
  }

  /// The mapping of a field of alerts.
  func field(_ type: FieldMapping.TargetType) -> JSONObject {
    switch type {
    case .wildcard: target == .opensearch ? longKeyword : ["type": "wildcard"]
    // An invalid value in a feed must not make the index refuse the alert.
    case .ip, .date: ["type": .string(type.rawValue), "ignore_malformed": true]
    case .long, .double, .boolean, .geoPoint: ["type": .string(type.rawValue)]
    case .matchOnlyText: text
    case .flattened: flattened
    case .keyword, .constantKeyword: keyword
    }
  }

  /// OpenSearch has `flat_object` since 2.7, `match_only_text` since 2.12, `constant_keyword` since
  /// 2.14 and `wildcard` since 2.15; a type that it does not know makes it refuse the template.
  private func type(of row: FieldMapping) -> JSONObject {
    switch row.type {
    case .keyword: return keyword
    case .constantKeyword where target == .opensearch: return keyword
    case .constantKeyword:
      // The namespace is the sender's choice: the first document sets it.
      guard row.transform.isConstant, row.target != MappingTable.namespaceTarget else {
        return ["type": "constant_keyword"]
      }
      return ["type": "constant_keyword", "value": .string(row.transform.parameters[0])]
    case .wildcard where target == .opensearch: return longKeyword
    case .wildcard: return ["type": "wildcard"]
    case .matchOnlyText: return text
    case .flattened: return flattened
    case .ip, .long, .double, .boolean, .geoPoint, .date:
      return ["type": .string(row.type.rawValue)]
    }
  }

  private var text: JSONObject {
    switch target {
    case .elasticsearch: ["type": "match_only_text"]
    case .opensearch: ["type": "text", "norms": false]
    }
  }

  private var flattened: JSONObject {
    switch target {
    case .elasticsearch:
      // A deeper object is refused, and the default is 20: a record may have 128 levels.
      ["type": "flattened", "ignore_above": Self.keywordLength, "depth_limit": 200]
    case .opensearch: ["type": "flat_object"]
    }
  }
}
