/// Takes records and makes typed events of them.
struct EventSink: ~Copyable, CountingSink {
  var counts = ConversionCounts()
  private var records: [RecordReader.Record] = []

  /// The records since the last call.
  mutating func takeRecords() -> [RecordReader.Record] {
    var taken: [RecordReader.Record] = []
    swap(&taken, &records)
    return taken
  }

  mutating func accept(
    _ parser: inout RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, isEvent: Bool,
    at place: RecordPlace
  ) {
    if !isEvent, !takeEvent(parser, text, record, at: place) { return }
    countAccepted()
    counts.documents &+= 1
    let (raw, start) = parser.recordText(text, record)
    let event = FirewallEvent(parser, raw: raw, from: start)
    var bytes: [UInt8] = []
    bytes.append(copying: text.extracting(record))
    add(.success(event), bytes, at: place)
  }

  mutating func keep(_ raw: [UInt8], _ error: NormalizationError, at place: RecordPlace) {
    add(.failure(error), raw, at: place)
  }

  private mutating func add(
    _ result: Result<FirewallEvent, NormalizationError>, _ raw: [UInt8], at place: RecordPlace
  ) {
    records.append(
      RecordReader.Record(result, line: place.lines &+ 1, offset: place.bytes, raw: raw))
  }
}
