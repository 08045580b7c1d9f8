extension MappingTable {
  /// The table as JSON text: an array with an object for each row, one a line.
  ///
  /// It says everything: ``init(json:)`` gives an equal table.
  ///
  ///     let table = try MappingTable([
  ///       FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked.")
  ///     ])
  ///     try MappingTable(json: try table.json) == table      // true
  ///
  /// - Throws: ``MappingTableError`` if a row has ``FieldMapping/Transform/custom(_:_:)``, because JSON cannot hold a function.
  public var json: String {
    get throws(MappingTableError) {
      if let place = rows.firstIndex(where: { $0.transform.function != nil }) {
        throw MappingTableError(
          row: place, target: rows[place].target,
          "\(rows[place].transform.name) is a function of the program, which JSON cannot hold")
      }
      return referenceJSON
    }
  }

  /// The same for people: a function is its name.
  var referenceJSON: String {
    "[\n" + rows.map { JSONValue.object($0.members).json }.joined(separator: ",\n") + "\n]\n"
  }

  /// A table from JSON text, as ``json`` and `cf-ecs mapping --format json` write it.
  ///
  /// | member | what it is | if absent |
  /// |---|---|---|
  /// | `target` | the ECS field | an error |
  /// | `type` | the ``FieldMapping/TargetType`` | an error |
  /// | `transform` | the name of the ``FieldMapping/Transform`` | an error |
  /// | `parameters` | its parameters, an array of texts | none |
  /// | `values` | of ``FieldMapping/Transform/lookup(_:otherwise:)``: an object of texts | an error |
  /// | `otherwise` | of the same: a text | no value |
  /// | `source` | the Cloudflare fields, an array of names | none |
  /// | `array` | whether the target is an array | `false` |
  /// | `description` | one sentence | empty |
  /// | `example` | an object with `record` and `value` | none |
  /// | `aliases` | GraphQL's names of the fields: for people, not read | |
  ///
  /// - Throws: ``MappingTableError``, which names the row and the member.
  public init(json text: String) throws(MappingTableError) {
    let value: JSONValue
    do throws(NormalizationError) {
      value = try JSONValue(json: text)
    } catch {
      throw MappingTableError(row: nil, target: nil, "byte \(error.offset): \(error.description)")
    }
    guard let array = value.array else {
      throw MappingTableError(row: nil, target: nil, "not an array of rows")
    }
    if array.isEmpty {
      throw MappingTableError(row: nil, target: nil, "no rows: each document would be empty")
    }
    var rows: [FieldMapping] = []
    for (place, row) in array.enumerated() {
      do throws(MappingFault) {
        rows.append(try FieldMapping(row))
      } catch {
        throw MappingTableError(
          row: place, target: row.object?["target"]?.string, error.description)
      }
    }
    try self.init(rows)
  }
}

extension FieldMapping {
  /// The row as a JSON object.
  fileprivate var members: JSONObject {
    func array(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    var members: JSONObject = [
      "source": array(sources.map(\.name)),
      "aliases": array(sources.compactMap(\.graphQLName)),
      "target": .string(target),
      "type": .string(type.rawValue),
      "array": .boolean(isArray),
      "transform": .string(transform.definition.name),
    ]
    if transform.definition == LookupTransform.self {
      let (pairs, otherwise) = LookupTransform.parts(transform.parameters)
      let values = pairs.map { JSONObject.Member(name: $0.key, value: .string($0.value)) }
      members["values"] = .object(JSONObject(lastOfEach: values))
      if let otherwise { members["otherwise"] = .string(otherwise) }
    } else if !transform.parameters.isEmpty {
      members["parameters"] = array(transform.parameters)
    }
    members["description"] = .string(summary)
    if let example {
      members["example"] = ["record": .string(example.record), "value": .string(example.value)]
    }
    return members
  }

  fileprivate init(_ value: JSONValue) throws(MappingFault) {
    guard let members = value.object else { throw MappingFault("not an object") }
    let known = [
      "source", "aliases", "target", "type", "array", "transform", "description", "example",
    ]
    let isLookup = members["transform"] == .string(LookupTransform.name)
    let ofTransform = isLookup ? ["values", "otherwise"] : ["parameters"]
    for name in members.names where !known.contains(name) && !ofTransform.contains(name) {
      throw MappingFault("has an unknown member '\(name)'")
    }
    let typeName = try members.text("type")
    guard let type = TargetType(rawValue: typeName) else {
      let types = TargetType.allCases.map(\.rawValue).joined(separator: ", ")
      throw MappingFault("type '\(typeName)' is unknown: it is one of \(types)")
    }
    let transformName = try members.text("transform")
    guard let definition = TransformDefinitions.named(transformName) else {
      let names = TransformDefinitions.all.map { $0.name }.joined(separator: ", ")
      throw MappingFault("transform '\(transformName)' is unknown: it is one of \(names)")
    }
    self.init(
      try members.texts("source").map(CloudflareField.named), to: try members.text("target"), type,
      array: try members.boolean("array"),
      isLookup ? try members.lookup() : Transform(definition, try members.texts("parameters")),
      members["description"] == nil ? "" : try members.text("description"),
      example: try members.example())
  }
}

extension JSONObject {
  fileprivate func text(_ name: String) throws(MappingFault) -> String {
    guard let value = self[name] else { throw MappingFault("has no member '\(name)'") }
    guard let text = value.string else { throw MappingFault("member '\(name)' is not a text") }
    return text
  }

  fileprivate func texts(_ name: String) throws(MappingFault) -> [String] {
    guard let value = self[name] else { return [] }
    let texts = value.array?.compactMap(\.string)
    guard let texts, texts.count == value.array?.count else {
      throw MappingFault("member '\(name)' is not an array of texts")
    }
    return texts
  }

  fileprivate func lookup() throws(MappingFault) -> FieldMapping.Transform {
    guard let values = self["values"] else { throw MappingFault("has no member 'values'") }
    var pairs: [(key: String, value: String)] = []
    for member in values.object?.members ?? [] {
      if let text = member.value.string { pairs.append((member.name, text)) }
    }
    guard let members = values.object?.members, members.count == pairs.count, !pairs.isEmpty else {
      throw MappingFault("member 'values' is not an object of texts")
    }
    return .lookup(pairs: pairs, otherwise: self["otherwise"] == nil ? nil : try text("otherwise"))
  }

  fileprivate func boolean(_ name: String) throws(MappingFault) -> Bool {
    switch self[name] {
    case nil: return false
    case .boolean(let value)?: return value
    default: throw MappingFault("member '\(name)' is not true or false")
    }
  }

  fileprivate func example() throws(MappingFault) -> FieldMapping.Example? {
    guard let value = self["example"] else { return nil }
    guard let members = value.object else {
      throw MappingFault("member 'example' is not an object")
    }
    return FieldMapping.Example(
      record: try members.text("record"), value: try members.text("value"))
  }
}
