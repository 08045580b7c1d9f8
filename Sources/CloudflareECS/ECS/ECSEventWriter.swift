/// Writes the fields of a document as JSON.
///
/// Every member is written with a comma after it. At the end of an object, the last comma is
/// replaced by a brace; an object without members is removed again.
struct ECSEventWriter: ~Copyable, ECSFieldVisitor {
  var buffer: OutputBuffer
  /// Members of the current object that have no property.
  private var other: JSONObject
  /// The index in `labels` of the next field or group.
  private var labelIndex = 0
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
    labelIndex = 0
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

  /// Moves to the next label; returns the index of the one before. Called for every field of the
  /// visit, also if the field is not written.
  private mutating func nextLabel() -> Int {
    defer { labelIndex &+= 1 }
    return labelIndex
  }

  @inline(__always)
  private mutating func begin(_ name: String, _ label: Int) {
    if !other.isEmpty { other[name] = nil }
    buffer.append(labels[label])
  }

  mutating func field(_ name: String, _ value: inout String?) {
    let label = nextLabel()
    guard let text = value else { return }
    begin(name, label)
    buffer.append(jsonString: text)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    let label = nextLabel()
    guard let integer = value else { return }
    begin(name, label)
    buffer.append(integer: integer)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    let label = nextLabel()
    guard !value.isEmpty else { return }
    begin(name, label)
    buffer.append(.openBracket)
    for text in value {
      buffer.append(jsonString: text)
      buffer.append(.comma)
    }
    buffer.replaceLast(with: .closeBracket)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {
    let label = nextLabel()
    guard !value.isEmpty else { return }
    begin(name, label)
    buffer.append(value)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [JSONObject]) {
    let label = nextLabel()
    guard !value.isEmpty else { return }
    begin(name, label)
    buffer.append(.array(value.map { .object($0) }))
    buffer.append(.comma)
  }

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    let start = buffer.count
    buffer.append(labels[nextLabel()])
    if other.isEmpty {
      let first = buffer.count
      value.visit(&self)
      end(from: start, first)
    } else {
      appendGroup(name, &value, from: start)
    }
  }

  /// Ends the group whose label is at `start` and whose members begin at `first`; removes it if it
  /// has no members.
  @inline(__always)
  private mutating func end(from start: Int, _ first: Int) {
    if buffer.count > first {
      buffer.replaceLast(with: .closeBrace)
      buffer.append(.comma)
    } else {
      buffer.truncate(to: start)
    }
  }

  /// Appends a group that may have members without a property.
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
    // A member that has the group's name but is not an object is kept, to be written later, unless
    // the group was written.
    if buffer.count > start || inner != nil { other[name] = nil }
  }
}

/// Lists the text before the value of each field and before the members of each group.
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
  /// Appends the JSON text of a document.
  ///
  /// It consumes the document because a visit needs a mutable value, although nothing is changed
  /// here. A caller that no longer needs the document avoids a copy.
  mutating func append(_ document: consuming ECSEvent) {
    var writer = ECSEventWriter(OutputBuffer(minimumCapacity: 0), other: document.other)
    swap(&writer.buffer, &self)
    writer.append(&document)
    swap(&writer.buffer, &self)
  }
}
