/// One Cloudflare firewall event: every documented field as a typed property, and all the rest kept.
///
/// Values are kept as they came, so that nothing is lost: a 19-digit integer keeps its digits, a
/// field of an unexpected kind keeps its value (its property is nil), a member that no documentation
/// lists is in ``otherMembers``. Values of a record are decoded when they are asked for, each time
/// anew. Reading through ``init(json:)-(String)`` takes Logpush's and GraphQL's
/// names; writing through ``json`` gives Logpush's.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":64500,"Score":2.50}"#)
///     event.action == .block                     // true
///     event.clientASN                            // 64500
///     event.otherMembers["Score"]?.json          // "2.50"
///
/// An event that was read from JSON also keeps the text of its record, ``rawText``; it does not count
/// when events are compared, and does not travel through `Codable`.
///
/// [Logpush: Firewall events](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/)
public struct FirewallEvent: Sendable {
  /// The record that the event was read from; nil once anything was changed, and for an event that was
  /// made in code.
  private(set) var record: ReadRecord?
  /// Without a record: the values by ``CloudflareField/index``, and the members that are not listed.
  private var values: [JSONValue?] = []
  private var others = JSONObject()
  /// The text of the record the event was read from, from its `{` to its `}`; nil for an event that
  /// was made in code. Profiles that repeat the record in the document repeat this text, and without
  /// it ``json``.
  public var rawText: String?
  /// What reading found amiss that the values no longer show.
  private(set) var readingIssues: [NormalizationIssue] = []

  /// An event without any field.
  public init() {
    values = Array(repeating: nil, count: CloudflareField.all.count)
  }

  /// The event of a record that was read.
  init(_ record: ReadRecord, raw: String, _ issues: [NormalizationIssue]) {
    self.record = record
    rawText = raw
    readingIssues = issues
  }

  /// An event from the members of a record, under Logpush's or GraphQL's names.
  ///
  /// If both names of a field are there, Logpush's counts unless its value is empty.
  public init(_ members: JSONObject) {
    self.init()
    var byGraphQL: [(CloudflareField, JSONValue)] = []
    var others: [JSONObject.Member] = []
    for member in members.members {
      let field = CloudflareField.named(member.name)
      if field.index < 0 {
        others.append(member)
      } else if field.name == member.name {
        self[field] = member.value
      } else {
        byGraphQL.append((field, member.value))
      }
    }
    self.others = JSONObject(lastOfEach: others)
    for (field, value) in byGraphQL where self[field]?.isEmpty ?? true { self[field] = value }
  }

  /// The value of a field as it is, whatever its kind; nil where the field is absent. A GraphQL list
  /// of keys and values that is given to ``CloudflareField/metadata`` is kept as the object that it
  /// stands for.
  public subscript(field: CloudflareField) -> JSONValue? {
    get {
      if field.index < 0 { return otherMembers[field.name] }
      return if let record { record[field] } else { values[field.index] }
    }
    set {
      decode()
      if field.index < 0 {
        others[field.name] = newValue
      } else if field == .metadata, let object = newValue.flatMap(JSONObject.init(pairs:)) {
        values[field.index] = .object(object)
      } else {
        values[field.index] = newValue
      }
    }
  }

  /// Members that Cloudflare's documentation of the dataset does not list, in order.
  public var otherMembers: JSONObject {
    get { record?.otherMembers ?? others }
    set {
      decode()
      others = newValue
    }
  }

  /// The values by ``CloudflareField/index``.
  private var allValues: [JSONValue?] {
    if let record { CloudflareField.all.map { record[$0] } } else { values }
  }

  /// Decodes all values, so that they can be changed.
  private mutating func decode() {
    guard let record else { return }
    values = allValues
    others = record.otherMembers
    self.record = nil
  }

  /// The event as a JSON object: Logpush's names in the documentation's order, then the other members.
  public var json: String {
    var buffer = OutputBuffer(minimumCapacity: 2048)
    if let record {
      buffer.append(record)
    } else {
      var fields = Record(count: 0)
      buffer.append(self, recording: &fields)
    }
    return buffer.withSpan { String($0, 0..<$0.count) }
  }
}

extension FirewallEvent: Hashable {
  /// Whether both events have the same values.
  public static func == (left: FirewallEvent, right: FirewallEvent) -> Bool {
    if let record = left.record, record === right.record { return true }
    return left.allValues == right.allValues && left.otherMembers == right.otherMembers
  }

  /// Hashes the values.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(allValues)
    hasher.combine(otherMembers)
  }
}

/// As exact as the coder allows, see ``JSONValue``: Foundation's keeps neither the text of the record
/// nor the spelling of numbers that are no 64-bit integers. ``init(json:)-(String)`` and ``json`` lose nothing.
extension FirewallEvent: Codable {
  /// Decodes an event from an object with Logpush's or GraphQL's names.
  public init(from decoder: any Decoder) throws {
    self.init(try JSONObject(from: decoder))
  }

  /// Encodes an event as an object with Logpush's names.
  public func encode(to encoder: any Encoder) throws {
    var members = CloudflareField.all.compactMap { field in
      self[field].map { JSONObject.Member(name: field.name, value: $0) }
    }
    members += otherMembers.members
    try JSONObject(lastOfEach: members).encode(to: encoder)
  }
}

extension FirewallEvent {
  subscript(string field: CloudflareField) -> String? {
    get { self[field]?.string }
    set { self[field] = newValue.map { .string($0) } }
  }

  /// An integer may also stand as a string of digits, as GraphQL writes the ASN.
  subscript(integer field: CloudflareField) -> Int64? {
    get {
      guard let value = self[field] else { return nil }
      if let text = value.string { return text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil }
      return value.integer
    }
    set { self[field] = newValue.map { .number(JSONNumber($0)) } }
  }

  subscript(strings field: CloudflareField) -> [String]? {
    get { self[field]?.array.flatMap { all($0, \.string) } }
    set { self[field] = newValue.map { .array($0.map { .string($0) }) } }
  }

  subscript(integers field: CloudflareField) -> [Int64]? {
    get { self[field]?.array.flatMap { all($0, \.integer) } }
    set { self[field] = newValue.map { .array($0.map { .number(JSONNumber($0)) }) } }
  }

  subscript(object field: CloudflareField) -> JSONObject? {
    get { self[field]?.object }
    set { self[field] = newValue.map { .object($0) } }
  }

  subscript(datetime field: CloudflareField) -> Timestamp? {
    get {
      switch self[field] {
      case .string(let text): Timestamp(text)
      case .number(let number): Timestamp(number.text)
      default: nil
      }
    }
    set { self[field] = newValue.map { .string($0.text(.shortest)) } }
  }

  private func all<Element>(_ values: [JSONValue], _ one: (JSONValue) -> Element?) -> [Element]? {
    let elements = values.compactMap(one)
    return elements.count == values.count ? elements : nil
  }
}

extension JSONObject {
  /// The object that a GraphQL list of `{"key": …, "value": …}` stands for; nil if the value is any
  /// other.
  init?(pairs value: JSONValue) {
    guard let list = value.array, !list.isEmpty else { return nil }
    var members: [Member] = []
    for element in list {
      guard let pair = element.object, pair.members.count == 2,
        let key = pair["key"]?.string, let value = pair["value"]
      else { return nil }
      members.append(Member(name: key, value: value))
    }
    self.init(lastOfEach: members)
  }
}

extension OutputBuffer {
  /// Appends the JSON of an event, and records where each value went.
  mutating func append(_ event: FirewallEvent, recording fields: inout Record) {
    append(.openBrace)
    let start = count
    for field in CloudflareField.all {
      guard let value = event[field] else { continue }
      append(count > start ? #",""# : #"""#)
      append(field.name)
      append(#"":"#)
      let slot = append(recorded: value)
      if field.index < fields.slices.count { fields.slices[field.index] = slot }
    }
    for member in event.otherMembers.members {
      if count > start { append(.comma) }
      let name = append(recorded: .string(member.name))
      append(.colon)
      fields.unknown.append(JSONMember(name: name, value: append(recorded: member.value)))
    }
    append(.closeBrace)
  }

  private mutating func append(recorded value: JSONValue) -> JSONSlice {
    var slot = JSONSlice()
    slot.start = count
    append(value)
    slot.end = count
    slot.kind =
      switch value {
      case .null: .null
      case .boolean: .boolean
      case .number(let number):
        number.text.utf8.allSatisfy { $0.isDigit || $0 == .minus }
          ? .integer : .decimal
      case .string: .string
      case .array: .array
      case .object: .object
      }
    return slot
  }
}
