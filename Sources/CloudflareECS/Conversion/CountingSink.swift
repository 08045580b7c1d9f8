/// A sink that counts what it is given, and keeps rejections: the same for events and for documents.
protocol CountingSink: RecordSink, ~Copyable {
  var counts: ConversionCounts { get set }

  /// Keeps a rejection; `raw` is the record, empty if it is too long.
  mutating func keep(_ raw: [UInt8], _ error: NormalizationError, at place: RecordPlace)
}

extension CountingSink where Self: ~Copyable {
  mutating func countAccepted() {
    counts.records &+= 1
    counts.accepted &+= 1
  }

  /// Whether a record is an event. If not, it is rejected, or counted if it is a validation body.
  @inline(never)
  mutating func takeEvent(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, _ record: Range<Int>,
    at place: RecordPlace
  ) -> Bool {
    let kind = parser.kind(text)
    if kind == .event { return true }
    if let error = parser.refusal(kind, text) {
      reject(text, record, error, at: place)
    } else {
      skip()
    }
    return false
  }

  mutating func reject(_ raw: Span<UInt8>, _ error: NormalizationError, at place: RecordPlace) {
    counts.records &+= 1
    counts.rejected &+= 1
    if error.code.concernsInput { counts.unusableInputs &+= 1 }
    var bytes: [UInt8] = []
    bytes.append(copying: raw)
    keep(bytes, error, at: place)
  }

  mutating func skip() {
    counts.records &+= 1
    counts.skipped &+= 1
  }

  mutating func blank() { counts.blank &+= 1 }

  mutating func noteFullList() { counts.fullLists &+= 1 }
}
