/// `Codable` is only as exact as the coder: Foundation's coders keep 64-bit integers, turn other
/// numbers into `Double`, and do not keep the order of members. ``JSONValue/init(json:)`` and
/// ``JSONValue/json`` lose nothing.
extension JSONValue: Codable {
  /// Decodes any value.
  public init(from decoder: any Decoder) throws {
    // The frequent kinds first: an attempt that fails is slow.
    if let container = try? decoder.singleValueContainer() {
      if container.decodeNil() {
        self = .null
        return
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
        return
      } else if let value = try? container.decode(Bool.self) {
        self = .boolean(value)
        return
      } else if let value = try? container.decode(Int64.self) {
        self = .number(JSONNumber(value))
        return
      } else if let value = try? container.decode(UInt64.self) {
        self = .number(JSONNumber(value))
        return
      } else if let value = try? container.decode(Double.self), let number = JSONNumber(value) {
        self = .number(number)
        return
      }
    }
    if let object = try? JSONObject(from: decoder) {
      self = .object(object)
    } else {
      self = .array(try decoder.singleValueContainer().decode([JSONValue].self))
    }
  }

  /// Encodes the value. A number is encoded as the first of `Int64`, `UInt64` and `Double` that
  /// holds it.
  public func encode(to encoder: any Encoder) throws {
    if case .object(let object) = self { return try object.encode(to: encoder) }
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .string(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    case .object(let object): try container.encode(object)
    case .number(let number):
      if let value = number.integer {
        try container.encode(value)
      } else if let value = UInt64(number.text) {
        try container.encode(value)
      } else {
        try container.encode(Double(number.text) ?? .infinity)
      }
    }
  }
}

extension JSONObject: Codable {
  /// A name as a key.
  struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Decodes an object with any names.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyName.self)
    self.init(
      lastOfEach: try container.allKeys.map { key in
        Member(name: key.stringValue, value: try container.decode(JSONValue.self, forKey: key))
      })
  }

  /// Encodes the members in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyName.self)
    for member in members {
      try container.encode(json: member.value, forName: member.name)
    }
  }
}

extension KeyedEncodingContainer<JSONObject.AnyName> {
  /// Encodes a member; for the frequent kinds without an encoder of its own.
  mutating func encode(json value: JSONValue, forName name: String) throws {
    let key = JSONObject.AnyName(stringValue: name)
    switch value {
    case .string(let text): try encode(text, forKey: key)
    case .number(let number):
      if let integer = number.integer {
        try encode(integer, forKey: key)
      } else {
        try encode(value, forKey: key)
      }
    default: try encode(value, forKey: key)
    }
  }
}
