/// The position of a record in the stream.
struct RecordPlace {
  /// The number of lines before it.
  var lines: Int
  /// The number of bytes before it.
  var bytes: Int
}

/// Receives the records that a reader finds. A reader finds where a record begins. Where it ends, only
/// scanning shows: the reader has the sink's parser scan it, and then passes it to the sink.
protocol RecordSink: ~Copyable {
  /// Scans records. It holds the one that was scanned last.
  var parser: RecordParser { get set }

  // These two are called for every record. Calls through `parser` would allocate memory, in its accessor.

  /// Scans the record whose `{` is at `start`; returns the offset after its `}`. The text must end
  /// with a line break.
  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool)
    throws(JSONError) -> Int

  /// Whether the record that the parser holds, which begins at `start`, may be a wrapper.
  mutating func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool

  /// Takes the record that the parser holds, an event or not.
  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace)

  /// Takes the record that the parser holds, which is an event.
  mutating func acceptEvent(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace)

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
  /// Takes a row.
  mutating func accept(
    _ cells: [RowCells.Cell], _ text: Span<UInt8>, _ row: Range<Int>, at place: RecordPlace
  ) {
    parser.read(cells, text, row)
    accept(text, row, at: place)
  }

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
