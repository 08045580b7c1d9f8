/// Exact only as far as the coder is, see ``JSONValue``: Foundation's coders keep neither the text
/// of the record nor the spelling of numbers that are not 64-bit integers. ``init(json:)-(String)``
/// and ``json`` lose nothing, and are many times faster: <doc:Embedding> has the figures.
extension FirewallEvent: Codable {
  /// Decodes an event from an object with Logpush's or GraphQL's names.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONObject.AnyName.self)
    self.init()
    var others: [JSONObject.Member] = []
    for key in container.allKeys {
      let name = key.stringValue
      if let field = CloudflareField.listed(name), field != .encodedObject {
        self[field] = try Self.value(of: field, key, container)
      } else {
        let value = try container.decode(JSONValue.self, forKey: key)
        others.append(JSONObject.Member(name: name, value: value))
      }
    }
    if !others.isEmpty { add(others) }
  }

  /// Decodes a value of the kind that the field usually has, or else of any.
  private static func value(
    of field: CloudflareField, _ key: JSONObject.AnyName,
    _ container: KeyedDecodingContainer<JSONObject.AnyName>
  ) throws -> JSONValue {
    switch field.kind {
    case .string, .datetime:
      if let text = try? container.decode(String.self, forKey: key) { return .string(text) }
    case .integer:
      if let number = try? container.decode(Int64.self, forKey: key) {
        return .number(JSONNumber(number))
      }
    case .strings, .integers, .object: break
    }
    return try container.decode(JSONValue.self, forKey: key)
  }

  /// Encodes an event as an object with Logpush's names.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: JSONObject.AnyName.self)
    for field in CloudflareField.all {
      if let value = self[field] { try container.encode(json: value, forName: field.name) }
    }
    for member in otherMembers.members {
      try container.encode(json: member.value, forName: member.name)
    }
  }
}
