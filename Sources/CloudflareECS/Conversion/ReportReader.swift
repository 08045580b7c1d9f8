/// Counts the events of a stream for a report: chunks of bytes in, an ``EventReport`` out.
///
/// It reads what ``NDJSONConverter`` reads, in the same way; no documents are made. Chunks may have any size. Events for
/// which the filter of the options does not hold are not counted.
///
///     var options = NDJSONConverter.Options()
///     options.input = .auto
///     var reader = ReportReader(try EventReport(), options: options)
///     reader.read(Array(#"{"Action":"block","ClientIP":"203.0.113.28"}"#.utf8).span)
///     reader.finish()
///     reader.report.denied            // 1
///     reader.counts.accepted          // 1
public struct ReportReader: ~Copyable, Sendable {
  /// The report on all events so far.
  public private(set) var report: EventReport
  private var converter: NDJSONConverter
  private var rows = OutputBuffer(minimumCapacity: 4096)
  private var rejections = WaitingRejections()
  private var forgotten = 0
  /// The events that the given report had left out.
  private let filteredBefore: Int

  /// The most bytes that are read before their events are counted.
  private static let pieceSize = 1 << 16

  /// A reader that adds to a report.
  public init(_ report: EventReport, options: NDJSONConverter.Options = NDJSONConverter.Options()) {
    self.report = report
    filteredBefore = report.filtered
    converter = NDJSONConverter(rowsFor: report, options: options)
  }

  /// The counts so far. An event of the report counts as evaluated.
  public var counts: ConversionCounts {
    var counts = converter.counts
    counts.forgotten = forgotten
    return counts
  }

  /// Reads the records that end in a chunk, and keeps the beginning of an unfinished one.
  public mutating func read(_ chunk: Span<UInt8>) {
    var rest = chunk
    while rest.count > 0 || converter.hasBacklog {
      let size = converter.hasBacklog ? 0 : min(rest.count, Self.pieceSize)
      converter.convert(rest.extracting(first: size), into: &rows)
      rest = rest.extracting(droppingFirst: size)
      count()
    }
  }

  /// Reads the last record, if it is still unfinished. The reader is then ready for another stream.
  public mutating func finish() {
    repeat {
      converter.finish(into: &rows)
      count()
    } while converter.hasBacklog
  }

  /// The records that were rejected since the last call: at most as many as an ``NDJSONConverter`` keeps.
  public mutating func takeRejections() -> [Rejection] { rejections.take() }

  private mutating func count() {
    rows.withSpan { report.add(rows: $0) }
    report.filtered = filteredBefore + converter.counts.filtered
    rows.removeAll()
    for rejection in converter.takeRejections() where !rejections.add(rejection) { forgotten += 1 }
  }
}
