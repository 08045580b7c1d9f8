/// Takes the records that a reader finds, and makes something of them: documents, alerts, events.
protocol RecordSink: ~Copyable, Sendable {
  /// Takes the record that the parser holds.
  /// - Parameter isEvent: whether it is certainly an event. If not, the sink asks for its kind.
  mutating func accept(
    _ parser: inout RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, isEvent: Bool,
    at place: RecordPlace)

  /// Takes a record that could not be read. `raw` is empty if the record is too long.
  mutating func reject(_ raw: Span<UInt8>, _ error: NormalizationError, at place: RecordPlace)

  /// Counts a validation body, which is not an event.
  mutating func skip()

  /// Counts a line without a record.
  mutating func blank()

  /// Counts a GraphQL list that has as many rows as Cloudflare returns at most.
  mutating func noteFullList()
}

extension RecordSink where Self: ~Copyable {
  mutating func reject(
    _ text: Span<UInt8>, _ record: Range<Int>, _ error: NormalizationError, at place: RecordPlace
  ) {
    reject(text.extracting(record), error, at: place)
  }

  /// Rejects a record that is longer than the limit.
  mutating func rejectOverlong(_ length: Int, limit: Int, at place: RecordPlace) {
    reject(
      Span(),
      NormalizationError(
        .tooLong, offset: 0, "the record has \(length) bytes, the limit is \(limit)"),
      at: place)
  }
}
