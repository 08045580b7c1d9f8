extension ECSEvent {
  /// The document as one line of JSON, without a line break.
  ///
  ///     var document = ECSEvent()
  ///     document.source.ip = "203.0.113.28"
  ///     document.json      // {"source":{"ip":"203.0.113.28"}}
  public var json: String {
    var buffer = OutputBuffer(minimumCapacity: 4096)
    buffer.append(self)
    return buffer.withSpan { String($0, 0..<$0.count) }
  }

  /// Appends the document as one line of JSON in UTF-8, without a line break: the bytes of
  /// ``json``.
  ///
  ///     var bytes: [UInt8] = []
  ///     document.appendJSON(to: &bytes)
  ///     bytes.count      // 32
  public consuming func appendJSON(to bytes: inout [UInt8]) {
    var buffer = OutputBuffer(minimumCapacity: 4096)
    buffer.append(self)
    buffer.withSpan { bytes.append(copying: $0) }
  }

  /// Reads a document from its JSON text. Fields that have no property go to ``other``.
  /// - Throws: ``NormalizationError``, with the offset in the text.
  public init(json text: String) throws(NormalizationError) {
    guard let members = try JSONValue(json: text, addedDepth: Self.mostTargetLevels).object else {
      throw NormalizationError(.notAnObject, offset: 0, "not an object")
    }
    self.init(members)
  }

  /// The most levels by which a document may be nested deeper than its record. A table can put a value into
  /// objects.
  private static let mostTargetLevels = 128

  /// A document from the members of a JSON object. Fields that have no property go to ``other``.
  public init(_ members: JSONObject) {
    self.init()
    var reader = MemberReader(members: members)
    visit(&reader)
    other = reader.members
  }
}

extension ECSEvent: CustomStringConvertible {
  /// The document as JSON text.
  public var description: String { json }
}

extension ECSEvent: Codable {
  /// Decodes a document.
  public init(from decoder: any Decoder) throws {
    self.init(try JSONObject(from: decoder))
  }

  /// Encodes the document, with numbers as exact as the encoder allows.
  public func encode(to encoder: any Encoder) throws {
    let document = try JSONValue(json: json, addedDepth: Self.mostTargetLevels)
    try document.encode(to: encoder)
  }
}

extension ECSFieldSet {
  /// Decodes the fields of an object that have a property; others are passed over.
  init(fieldsFrom decoder: any Decoder) throws {
    self.init()
    var reader = MemberReader(members: try JSONObject(from: decoder))
    visit(&reader)
  }

  /// Encodes the fields that have a value.
  func encodeFields(to encoder: any Encoder) throws {
    var lister = MemberLister()
    var fields = self
    fields.visit(&lister)
    try JSONObject(lastOfEach: lister.members).encode(to: encoder)
  }
}

/// Lists the fields that have a value as members.
private struct MemberLister: ECSFieldVisitor {
  var members: [JSONObject.Member] = []

  private mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { members.append(JSONObject.Member(name: name, value: value)) }
  }
  mutating func field(_ name: String, _ value: inout String?) {
    add(name, value.map { .string($0) })
  }
  mutating func field(_ name: String, _ value: inout Int64?) {
    add(name, value.map { .number(JSONNumber($0)) })
  }
  mutating func field(_ name: String, _ value: inout [String]) {
    add(name, value.isEmpty ? nil : .array(value.map { .string($0) }))
  }
  mutating func field(_ name: String, _ value: inout JSONObject) {
    add(name, value.isEmpty ? nil : .object(value))
  }
  mutating func field(_ name: String, _ value: inout [JSONObject]) {
    add(name, value.isEmpty ? nil : .array(value.map { .object($0) }))
  }
  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    var inner = MemberLister()
    value.visit(&inner)
    add(name, inner.members.isEmpty ? nil : .object(JSONObject(lastOfEach: inner.members)))
  }
}

/// Moves the members that have a property out of an object, and leaves the others.
private struct MemberReader: ECSFieldVisitor {
  var members: JSONObject

  mutating func field(_ name: String, _ value: inout String?) {
    if let text = members[name]?.string { value = text; members[name] = nil }
  }
  mutating func field(_ name: String, _ value: inout Int64?) {
    if let integer = members[name]?.integer { value = integer; members[name] = nil }
  }
  mutating func field(_ name: String, _ value: inout [String]) {
    guard let elements = members[name]?.array else { return }
    let texts = elements.compactMap(\.string)
    if texts.count == elements.count { value = texts; members[name] = nil }
  }
  mutating func field(_ name: String, _ value: inout JSONObject) {
    if let object = members[name]?.object { value = object; members[name] = nil }
  }
  mutating func field(_ name: String, _ value: inout [JSONObject]) {
    guard let elements = members[name]?.array else { return }
    let objects = elements.compactMap(\.object)
    if objects.count == elements.count { value = objects; members[name] = nil }
  }
  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    guard let inner = members[name]?.object else { return }
    var reader = MemberReader(members: inner)
    value.visit(&reader)
    members[name] = reader.members.isEmpty ? nil : .object(reader.members)
  }
}
