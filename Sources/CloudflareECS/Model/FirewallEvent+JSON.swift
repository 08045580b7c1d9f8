extension FirewallEvent {
  /// Reads an event from the JSON text of one record, with nothing but white space around it.
  ///
  /// The text is checked strictly (RFC 8259, UTF-8, at most 128 levels). Of equal names the last
  /// counts. What is no firewall event is refused as the command refuses it: an object without a
  /// single known field, a record of another dataset, Cloudflare's validation body.
  /// - Throws: ``NormalizationError``, with the offset in the text.
  public init(json text: String) throws(NormalizationError) {
    try self.init(json: text.utf8.span)
  }

  /// Reads an event from the bytes of one record.
  /// - Throws: ``NormalizationError``, with the offset in the bytes.
  public init(json bytes: [UInt8]) throws(NormalizationError) {
    try self.init(json: bytes.span)
  }

  /// Reads an event from the bytes of one record.
  /// - Throws: ``NormalizationError``, with the offset in the bytes.
  public init(json bytes: Span<UInt8>) throws(NormalizationError) {
    var copy = OutputBuffer(minimumCapacity: bytes.count + 1)
    copy.append(bytes)
    copy.append(.lineFeed)
    self = try copy.withSpan { (text) throws(NormalizationError) in
      try FirewallEvent(terminated: text)
    }
  }

  /// Reads an event from a text that ends with a line break.
  private init(terminated text: Span<UInt8>) throws(NormalizationError) {
    var reader = EventReader()
    var start = 0
    while start < text.count - 1, text[start].isWhiteSpace { start += 1 }
    let end: Int
    do throws(JSONError) {
      end = try reader.read(text, from: start, allowsLineBreaks: true)
      for offset in end..<text.count where !text[offset].isWhiteSpace {
        throw JSONError(.textAfterRecord, at: offset)
      }
    } catch {
      if error.isCut(text, at: text.count - 1) {
        throw NormalizationError(
          .truncated, offset: text.count - 1, "the text ends before the record does")
      }
      throw NormalizationError(error, recordStart: 0)
    }
    let kind = reader.withText(text) { RecordKind(reader.fields, $0) }
    if let refusal = kind.refusal {
      throw NormalizationError(refusal.code, offset: start, refusal.description)
    }
    if kind == .validation {
      throw NormalizationError(.notAFirewallEvent, offset: start, "a validation body")
    }
    self.init(reader, text, raw: String(text, start..<end))
  }

  /// The event of the record that a reader has read.
  init(_ reader: borrowing EventReader, _ text: Span<UInt8>, raw: String) {
    let fields = reader.fields
    self = reader.withText(text) { slices in
      var event = FirewallEvent()
      for field in CloudflareField.all {
        if let slot = fields.present(field.index) {
          event[field] = JSONValue(scanned: slices, slot.range)
        }
      }
      event.otherMembers = JSONObject(
        lastOfEach: fields.unknown.map { member in
          JSONObject.Member(
            name: String(unescaping: slices, member.name.content),
            value: JSONValue(scanned: slices, member.value.range))
        })
      return event
    }
    readingIssues = reader.readingIssues(own: [])
    rawText = raw
  }
}
