/// A record as it was read: its values are slices of one text, and are decoded when somebody asks.
final class ReadRecord: Sendable {
  /// The record, or the canonical copy of its values.
  let text: String
  /// Slices of the text, all canonical. Nobody knows where they stood in the stream.
  let fields: Record

  init(text: String, fields: Record) {
    self.text = text
    self.fields = fields
  }

  /// The values of an event that was made in code, written as its JSON.
  init(writing event: borrowing FirewallEvent) {
    var fields = Record(count: CloudflareField.all.count)
    fields.isVerbatim = false
    var buffer = OutputBuffer(minimumCapacity: 2048)
    buffer.append(event, recording: &fields)
    text = buffer.withSpan { String($0, 0..<$0.count) }
    self.fields = fields
  }

  /// The value of a listed field.
  subscript(field: CloudflareField) -> JSONValue? {
    fields.present(field.index).map { JSONValue(scanned: text.utf8.span, $0.range) }
  }

  /// The members that are not listed.
  var otherMembers: JSONObject {
    JSONObject(
      lastOfEach: fields.unknown.map { member in
        let text = text.utf8.span
        return JSONObject.Member(
          name: String(unescaping: text, member.name.content),
          value: JSONValue(scanned: text, member.value.range))
      })
  }
}

extension OutputBuffer {
  /// Appends the JSON of a record's event.
  mutating func append(_ record: ReadRecord) {
    append(.openBrace)
    let start = count
    for field in CloudflareField.all {
      guard let slot = record.fields.present(field.index) else { continue }
      append(count > start ? #",""# : #"""#)
      append(field.name)
      append(#"":"#)
      append(record.text.utf8.span, slot.range)
    }
    for member in record.fields.unknown {
      if count > start { append(.comma) }
      append(record.text.utf8.span, member.name.range)
      append(.colon)
      append(record.text.utf8.span, member.value.range)
    }
    append(.closeBrace)
  }
}
