/// Writes the fields of a document as JSON.
///
/// Every member is written with a comma behind it; the end of an object turns its last comma into a
/// brace, or takes the whole object back if nothing was written.
struct ECSEventWriter: ~Copyable, ECSFieldVisitor {
  var buffer: OutputBuffer
  /// Members of the object at hand that have no property.
  private var other: JSONObject
  /// The field or group that comes next.
  private var place = 0
  private let labels = Self.labels

  /// `"name":` of each field and `"name":{` of each group, in the order of a visit.
  private static let labels: [Label] = {
    var lister = LabelLister()
    var document = ECSEvent()
    document.visit(&lister)
    return lister.labels
  }()

  init(_ buffer: consuming OutputBuffer, other: JSONObject) {
    self.buffer = buffer
    self.other = other
  }

  mutating func append(_ document: inout ECSEvent) {
    place = 0
    buffer.append(.openBrace)
    let start = buffer.count
    appendMembers(&document)
    if buffer.count > start {
      buffer.replaceLast(with: .closeBrace)
    } else {
      buffer.append(.closeBrace)
    }
  }

  private mutating func appendMembers(_ fields: inout some ECSFieldSet) {
    fields.visit(&self)
    if !other.isEmpty { appendOther() }
  }

  private mutating func appendOther() {
    for member in other.members {
      buffer.append(jsonString: member.name)
      buffer.append(.colon)
      buffer.append(member.value)
      buffer.append(.comma)
    }
  }

  /// The place of what is shown, which is not always written.
  private mutating func next() -> Int {
    defer { place &+= 1 }
    return place
  }

  @inline(__always)
  private mutating func begin(_ name: String, _ place: Int) {
    if !other.isEmpty { other[name] = nil }
    buffer.append(labels[place])
  }

  mutating func field(_ name: String, _ value: inout String?) {
    let place = next()
    guard let text = value else { return }
    begin(name, place)
    buffer.append(jsonString: text)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    let place = next()
    guard let integer = value else { return }
    begin(name, place)
    buffer.append(integer: integer)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    let place = next()
    guard !value.isEmpty else { return }
    begin(name, place)
    buffer.append(.openBracket)
    for text in value {
      buffer.append(jsonString: text)
      buffer.append(.comma)
    }
    buffer.replaceLast(with: .closeBracket)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {
    let place = next()
    guard !value.isEmpty else { return }
    begin(name, place)
    buffer.append(value)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [JSONObject]) {
    let place = next()
    guard !value.isEmpty else { return }
    begin(name, place)
    buffer.append(.array(value.map { .object($0) }))
    buffer.append(.comma)
  }

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    let start = buffer.count
    buffer.append(labels[next()])
    if other.isEmpty {
      let first = buffer.count
      value.visit(&self)
      end(from: start, first)
    } else {
      appendGroup(name, &value, from: start)
    }
  }

  /// Ends the group whose name is at `start` and whose members are from `first` on, or takes it back.
  @inline(__always)
  private mutating func end(from start: Int, _ first: Int) {
    if buffer.count > first {
      buffer.replaceLast(with: .closeBrace)
      buffer.append(.comma)
    } else {
      buffer.truncate(to: start)
    }
  }

  /// The same where members without a property may be in the group.
  private mutating func appendGroup(
    _ name: String, _ value: inout some ECSFieldSet, from start: Int
  ) {
    let first = buffer.count
    let outer = other
    let inner = outer[name]?.object
    other = inner ?? JSONObject()
    appendMembers(&value)
    end(from: start, first)
    other = outer
    // What has the group's name but is no group is still to be written, if nothing else was.
    if buffer.count > start || inner != nil { other[name] = nil }
  }
}

/// Lists what stands before the value of each field, and the members of each group.
private struct LabelLister: ECSFieldVisitor {
  var labels: [Label] = []

  private mutating func add(_ name: String, _ end: String) {
    labels.append(Label((JSONValue.string(name).json + end).utf8)!)
  }
  mutating func field(_ name: String, _ value: inout String?) { add(name, ":") }
  mutating func field(_ name: String, _ value: inout Int64?) { add(name, ":") }
  mutating func field(_ name: String, _ value: inout [String]) { add(name, ":") }
  mutating func field(_ name: String, _ value: inout JSONObject) { add(name, ":") }
  mutating func field(_ name: String, _ value: inout [JSONObject]) { add(name, ":") }
  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    add(name, ":{")
    value.visit(&self)
  }
}

extension OutputBuffer {
  /// Appends the JSON text of a document. Whoever does not need it any more saves a copy: a visit
  /// borrows to change, though nothing is changed here.
  mutating func append(_ document: consuming ECSEvent) {
    var writer = ECSEventWriter(OutputBuffer(minimumCapacity: 0), other: document.other)
    swap(&writer.buffer, &self)
    writer.append(&document)
    swap(&writer.buffer, &self)
  }
}
