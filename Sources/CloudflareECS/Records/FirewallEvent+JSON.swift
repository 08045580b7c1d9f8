extension FirewallEvent {
  /// Reads an event from the JSON text of one record. White space may surround it.
  ///
  /// The text is checked strictly (RFC 8259, UTF-8, at most 128 levels). If a name occurs several
  /// times, the last value counts. Records that are not firewall events are refused, as by the
  /// command: an object without any known field, a record of another dataset, Cloudflare's
  /// validation body.
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
    self = try Self.decoders.lend(make: { RecordDecoder() }) {
      decoder throws(NormalizationError) in
      try decoder.read(bytes)
    }
  }

  private static let decoders = Lanes<RecordDecoder>()

  /// The event of the record that a parser has read. `raw` is the record's text, which began at
  /// `start`.
  init(_ reader: borrowing RecordParser, raw: String, from start: Int) {
    let count = CloudflareField.all.count
    let record =
      reader.usesCanonical
      ? ReadRecord(
        text: reader.canonical.text.withSpan { String($0, 0..<$0.count) },
        fields: reader.fields.copy(first: count, from: 0))
      : ReadRecord(text: raw, fields: reader.fields.copy(first: count, from: start))
    self.init(record, raw: raw, reader.readingIssues(added: []))
  }
}
