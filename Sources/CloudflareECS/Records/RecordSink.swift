/// The position of a record in the stream.
struct RecordPlace {
  /// The number of lines before it.
  var lines: Int
  /// The number of bytes before it.
  var bytes: Int
}

/// Receives the records that a reader finds. The reader finds where a record begins; the sink scans
/// it, since only scanning shows where it ends.
protocol RecordSink: ~Copyable {
  /// Scans the record whose `{` is at `start`; returns the offset after its `}`. The text must end
  /// with a line break.
  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool) throws(JSONError)
    -> Int

  /// Whether the record that was scanned last, at `start`, may be a wrapper around records.
  mutating func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool

  /// What the record that was scanned last is.
  mutating func kind(_ text: Span<UInt8>) -> RecordKind

  /// Whether the record that was scanned last is an event, as an object of some list of GraphQL's.
  mutating func isRow(_ text: Span<UInt8>) -> Bool

  /// Whether the record that was scanned last has an unknown member of that name.
  mutating func hasMember(_ name: String, _ text: Span<UInt8>) -> Bool

  /// Whether the record that was scanned last has no members.
  var isEmpty: Bool { mutating get }

  /// Whether events are taken out of records, which are then no wrappers.
  var isUnwrapping: Bool { get }

  /// Takes the record that was scanned last, whatever it is.
  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace)

  /// Takes the record that was scanned last: an event.
  mutating func acceptEvent(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace)

  /// Sets the column names for the rows that follow.
  mutating func setColumns(_ names: [String])

  /// Takes a row.
  mutating func accept(
    _ cells: [RowReader.Cell], _ text: Span<UInt8>, _ row: Range<Int>, at place: RecordPlace)

  /// Takes a record that could not be read. `raw` is empty if the record is too long.
  mutating func reject(_ raw: Span<UInt8>, _ error: NormalizationError, at place: RecordPlace)

  /// Counts a validation body, which is not an event.
  mutating func skip()

  /// Counts a line without a record.
  mutating func blank()

  /// Notes that a list of GraphQL's has as many rows as it can have.
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
