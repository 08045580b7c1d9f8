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
