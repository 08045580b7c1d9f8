/// One Cloudflare firewall event: a typed property per documented field, and all other members.
///
/// Nothing is lost: a 19-digit integer keeps its digits, a field with a value of another type keeps
/// the value (its property is nil), and members that Cloudflare does not document are in
/// ``otherMembers``. The values of a record are decoded on each access. Reading with
/// ``init(json:)-(String)`` accepts Logpush's and GraphQL's names; ``json`` writes Logpush's.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":64500,"Score":2.50}"#)
///     event.action == .block                     // true
///     event.clientASN                            // 64500
///     event.otherMembers["Score"]?.json          // "2.50"
///
/// An event that was read from JSON also keeps the text of its record, ``rawText``. The text is
/// ignored when events are compared, and `Codable` does not encode it.
///
/// [Logpush: Firewall events](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/)
public struct FirewallEvent: Sendable {
  /// The record that the event was read from; nil after any change, and for an event made in code.
  private(set) var record: ReadRecord?
  /// If there is no record: the values by ``CloudflareField/index``, and the other members.
  private var values: [JSONValue?] = []
  private var others = JSONObject()
  /// The text of the record that the event was read from, from its `{` to its `}`; nil for an event
  /// made in code. Profiles that repeat the raw record in the document write this text, or ``json``
  /// if it is nil.
  public var rawText: String?
  /// Issues found while reading that the values no longer show.
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
  /// If a field occurs under both names, Logpush's member counts unless its value is empty. A name that
  /// matches neither exactly is compared without letter case and underscores; it counts if the exact names
  /// are missing or empty.
  public init(_ members: JSONObject) {
    self.init()
    add(members.members)
  }

  /// Adds members. Those whose names are not exactly Logpush's count where a field has no value yet.
  mutating func add(_ members: [JSONObject.Member]) {
    // Values under GraphQL's names, then under rewritten Logpush names, then under rewritten GraphQL names: an
    // earlier list takes precedence. Within a list, the last value of a field counts.
    var spellings: [[(field: CloudflareField, value: JSONValue)]] = [[], [], []]
    var others: [JSONObject.Member] = []
    for member in members {
      let field = CloudflareField.named(member.name)
      if field.index >= 0, field.name == member.name {
        self[field] = member.value
      } else if field.index >= 0 {
        spellings[0].append((field, member.value))
      } else if let match = FoldedNames.listed.find(member.name) {
        let field = CloudflareField.all[match.field]
        spellings[match.isGraphQL ? 2 : 1].append((field, member.value))
      } else {
        others.append(member)
      }
    }
    self.others = JSONObject(lastOfEach: others)
    for spelling in spellings {
      var seen: Set<CloudflareField> = []
      for (field, value) in spelling.reversed() where seen.insert(field).inserted {
        let isAbsent = self[field]?.isEmpty ?? true
        if isAbsent, !value.isEmpty || self[field] == nil { self[field] = value }
      }
    }
  }

  /// The value of a field, of any type; nil if the field is absent.
  ///
  /// If ``CloudflareField/metadata`` is set to a GraphQL list of keys and values, or to a string that
  /// is the JSON text of an object, the object that this represents is kept.
  public subscript(field: CloudflareField) -> JSONValue? {
    get {
      if field.index < 0 { return otherMembers[field.name] }
      return if let record { record[field] } else { values[field.index] }
    }
    set {
      decode()
      if field.index < 0 {
        others[field.name] = newValue
      } else if field == .encodedObject, let object = newValue.flatMap(JSONObject.init(encoded:)) {
        values[field.index] = .object(object)
      } else {
        values[field.index] = newValue
      }
    }
  }

  /// Members that Cloudflare does not document for the dataset, in order.
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

  /// The event as a JSON object: the fields under Logpush's names, in the order of Cloudflare's
  /// documentation, then the other members.
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

extension FirewallEvent: CustomDebugStringConvertible {
  /// The event as JSON text. (``description`` is a field of Cloudflare's.)
  public var debugDescription: String { json }
}

extension FirewallEvent: Hashable {
  /// Whether both events have the same values and other members.
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

extension FirewallEvent {
  subscript(string field: CloudflareField) -> String? {
    get { self[field]?.string }
    set { self[field] = newValue.map { .string($0) } }
  }

  subscript(integer field: CloudflareField) -> Int64? {
    get { self[field]?.exactInteger }
    set { self[field] = newValue.map { .number(JSONNumber($0)) } }
  }

  subscript(strings field: CloudflareField) -> [String]? {
    get { self[field]?.array.flatMap { all($0, \.string) } }
    set { self[field] = newValue.map { .array($0.map { .string($0) }) } }
  }

  subscript(integers field: CloudflareField) -> [Int64]? {
    get { self[field]?.array.flatMap { all($0, \.exactInteger) } }
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

extension JSONValue {
  /// The exact integer of a number, or of a string without a sign: GraphQL writes the ASN as
  /// a string, and other programs write `64500.0`.
  fileprivate var exactInteger: Int64? {
    switch self {
    case .number(let number): Int64(decimal: number.text)
    case .string(let text): text.utf8.first == .minus ? nil : Int64(decimal: text)
    default: nil
    }
  }
}

extension JSONObject {
  /// The object that a value stands for: a GraphQL list of `{"key": …, "value": …}`, or a string that is
  /// the JSON text of an object, as exports of databases have it; nil for any other value.
  init?(encoded value: JSONValue) {
    var unused = false
    self.init(encoded: value, sawLoneSurrogate: &unused)
  }

  /// The same; notes whether the JSON text has a surrogate without its other half.
  init?(encoded value: JSONValue, sawLoneSurrogate: inout Bool) {
    switch value {
    case .array(let list):
      self.init(pairs: list)
    case .string(let text):
      var scanner = ValueScanner(allowsLineBreaks: true)
      // The object becomes a member of a record, which is level 1.
      guard let object = try? scanner.value(of: text, depth: 1).object else { return nil }
      if scanner.sawLoneSurrogate { sawLoneSurrogate = true }
      self = object
    default: return nil
    }
  }

  /// The object of a list in which every element has a `key`, which is a string, and a `value`. GraphQL's
  /// `__typename` may stand beside them, but nothing else.
  private init?(pairs list: [JSONValue]) {
    guard !list.isEmpty else { return nil }
    var members: [Member] = []
    for element in list {
      guard let pair = element.object, let key = pair["key"]?.string, let value = pair["value"],
        pair.members.count == (pair["__typename"] == nil ? 2 : 3)
      else { return nil }
      members.append(Member(name: key, value: value))
    }
    self.init(lastOfEach: members)
  }
}

extension OutputBuffer {
  /// Appends the JSON of an event, and records the slice of each value.
  mutating func append(_ event: FirewallEvent, recording fields: inout Record) {
    append(.openBrace)
    let start = count
    for field in CloudflareField.all {
      guard let value = event[field] else { continue }
      append(count > start ? #",""# : #"""#)
      append(field.name)
      append(#"":"#)
      let slice = append(recorded: value)
      if field.index < fields.slices.count { fields.slices[field.index] = slice }
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
    let start = count
    append(value)
    let kind: JSONSlice.Kind =
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
    return JSONSlice(kind, start..<count, origin: -1)
  }
}
