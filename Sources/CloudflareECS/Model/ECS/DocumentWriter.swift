/// Writes the fields of a document as JSON.
///
/// Every member is written with a comma behind it; the end of an object turns its last comma into a
/// brace, or takes the whole object back if nothing was written.
struct DocumentWriter: ~Copyable, ECSFieldVisitor {
  var buffer: OutputBuffer
  /// Members of the object at hand that have no property.
  private var other: JSONObject

  init(_ buffer: consuming OutputBuffer, other: JSONObject) {
    self.buffer = buffer
    self.other = other
  }

  mutating func append(_ document: inout ECSEvent) {
    buffer.append(.openBrace)
    appendMembers(&document)
    if !closeObject() { buffer.append(.closeBrace) }
  }

  private mutating func appendMembers(_ fields: inout some ECSFieldSet) {
    fields.visit(&self)
    for member in other.members {
      buffer.append(jsonString: member.name)
      buffer.append(.colon)
      buffer.append(member.value)
      buffer.append(.comma)
    }
  }

  /// Turns the comma behind the last member into a brace; false if there is no member.
  private mutating func closeObject() -> Bool {
    guard buffer.withSpan({ $0[$0.count - 1] }) == .comma else { return false }
    buffer.replaceLast(with: .closeBrace)
    return true
  }

  private mutating func begin(_ name: String) {
    if !other.isEmpty { other[name] = nil }
    buffer.append(.quote)
    buffer.append(name)
    buffer.append(#"":"#)
  }

  mutating func field(_ name: String, _ value: inout String?) {
    guard let text = value else { return }
    begin(name)
    buffer.append(jsonString: text)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    guard let integer = value else { return }
    begin(name)
    buffer.append(integer: integer)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    guard !value.isEmpty else { return }
    begin(name)
    buffer.append(.openBracket)
    for text in value {
      buffer.append(jsonString: text)
      buffer.append(.comma)
    }
    buffer.replaceLast(with: .closeBracket)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {
    guard !value.isEmpty else { return }
    begin(name)
    buffer.append(value)
    buffer.append(.comma)
  }

  mutating func field(_ name: String, _ value: inout [JSONObject]) {
    guard !value.isEmpty else { return }
    begin(name)
    buffer.append(.array(value.map { .object($0) }))
    buffer.append(.comma)
  }

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    let start = buffer.count
    let all = other
    let inner = other.isEmpty ? other : other[name]?.object
    begin(name)
    let outer = other
    other = inner ?? JSONObject()
    buffer.append(.openBrace)
    appendMembers(&value)
    if closeObject() {
      buffer.append(.comma)
      other = outer
    } else {
      buffer.truncate(to: start)
      // What has the group's name but is no group is still to be written.
      other = inner == nil ? all : outer
    }
  }
}

extension OutputBuffer {
  /// Appends the JSON text of a document.
  mutating func append(_ document: ECSEvent) {
    var document = document
    var writer = DocumentWriter(OutputBuffer(minimumCapacity: 0), other: document.other)
    swap(&writer.buffer, &self)
    writer.append(&document)
    swap(&writer.buffer, &self)
  }
}
