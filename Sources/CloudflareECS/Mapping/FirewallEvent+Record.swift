extension FirewallEvent {
  /// The event as it was read, or as it is written if it was made in code, and the text of the record.
  var reading: (record: ReadRecord, raw: String) {
    guard let record else {
      let written = ReadRecord(writing: self)
      return (written, rawText ?? written.text)
    }
    return (record, rawText ?? json)
  }

  /// Lends the event as rows read it: a record, the text of its slices, and its own text as the content of a JSON
  /// string.
  /// - Parameter addedFields: the fields that the table adds whose rows read it.
  func withRecord<Result>(
    added addedFields: [CloudflareField],
    _ body: (_ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>) -> Result
  ) -> Result {
    let (read, raw) = reading
    var escaped = OutputBuffer(minimumCapacity: 256)
    escaped.append(jsonContent: raw.utf8.span, 0..<raw.utf8.count)
    var fields = read.fields
    fields.claim(addedFields, read.text.utf8.span)
    return escaped.withSpan { body(fields, read.text.utf8.span, $0) }
  }
}
