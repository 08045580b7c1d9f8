/// Where a record begins.
struct RecordPlace {
  /// Lines of the stream before it.
  var lines: Int
  /// Bytes of the stream before it.
  var bytes: Int
}

/// What is done with the records that a reader finds. Readers find where records begin; the sink
/// reads them, because reading is what tells where they end.
protocol RecordSink: ~Copyable {
  /// Reads the record whose `{` is at `start` of a text that ends with a line break; returns the
  /// offset behind its `}`.
  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool) throws(JSONError)
    -> Int

  /// Takes the record that was read last.
  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace)

  /// Takes the names of the columns of the rows that follow.
  mutating func setColumns(_ names: [String])

  /// Takes a row of cells.
  mutating func accept(
    _ cells: [RowReader.Cell], _ text: Span<UInt8>, _ row: Range<Int>, at place: RecordPlace)

  /// Takes what is no record. A record that is too long comes without its text.
  mutating func reject(_ raw: Span<UInt8>, _ error: NormalizationError, at place: RecordPlace)

  /// Passes over a record that is none of an event's.
  mutating func skip()

  /// Passes over a line without a record.
  mutating func blank()
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
