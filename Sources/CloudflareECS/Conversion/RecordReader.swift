/// Reads the records of a stream as typed events: chunks of bytes in, records out, in any of the forms
/// that Cloudflare delivers.
///
/// For collectors, and whatever makes something else of events than documents. Chunks may have any
/// size: the records do not depend on it. What is no firewall event comes as a record, too, in its
/// place, with the reason; Cloudflare's validation bodies are counted and passed over. Between calls no
/// more than one unfinished record is held.
///
///     var reader = RecordReader(.auto)
///     var events: [FirewallEvent] = []
///     var faults: [String] = []
///     func take(_ record: RecordReader.Record) {
///       do {
///         events.append(try record.event())
///       } catch {
///         faults.append("line \(record.line): \(error)")
///       }
///     }
///     reader.read(Array(#"{"events":[{"Action":"block"},"#.utf8).span, take)
///     reader.read(Array(#"7,{"Action":"log"}]}"#.utf8).span, take)
///     reader.finish(take)
///     events.map(\.action)             // [.block, .log]
///     faults                           // ["line 1: not an object"]
///     reader.counts.rejected           // 1
public struct RecordReader: ~Copyable, Sendable {
  /// A record of the stream: an event, or what stands in an event's place.
  public struct Record: Hashable, Sendable {
    /// The event, or why the record is none.
    public let result: Result<FirewallEvent, NormalizationError>
    /// The line that the record begins on, from 1.
    public let line: Int
    /// Bytes of the stream before the record.
    public let offset: Int
    /// The record as it stands, without its line break; of CSV and TSV the row. Empty for a record that
    /// is too long, which is not kept.
    public let raw: [UInt8]

    /// The event.
    /// - Throws: ``NormalizationError`` if the record is none, as the command refuses it. Its offset
    ///   counts from the record's first byte.
    public func event() throws(NormalizationError) -> FirewallEvent { try result.get() }
  }

  /// What was read so far. An event counts as a document.
  public var counts: ConversionCounts {
    var counts = sink.counts
    counts.lines = input.place.lines
    counts.bytes = input.place.bytes
    return counts
  }

  private var input: InputReader
  private var sink = EventSink()

  /// So many bytes are read before their records are handed out.
  private static let pieceSize = 1 << 16

  /// A reader of one form of input.
  /// - Parameters:
  ///   - format: the form of the input.
  ///   - maximumRecordBytes: a longer record is refused. At most 1 GiB.
  public init(_ format: InputFormat = .auto, maximumRecordBytes: Int = 16 << 20) {
    input = InputReader(format, limit: min(maximumRecordBytes, 1 << 30))
  }

  /// Reads the records that end in a chunk, and keeps the beginning of the one that does not.
  ///
  /// If `take` throws, reading stops: the rest of the chunk is lost.
  public mutating func read<Failure: Error>(
    _ chunk: Span<UInt8>, _ take: (Record) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = chunk
    while rest.count > 0 {
      let size = min(rest.count, Self.pieceSize)
      input.feed(rest.extracting(first: size), to: &sink)
      rest = rest.extracting(droppingFirst: size)
      for record in sink.takeRecords() { try take(record) }
      while input.hasBacklog {
        input.feed(Span(), to: &sink)
        for record in sink.takeRecords() { try take(record) }
      }
    }
  }

  /// Reads the last record, if nothing has ended it; then the reader is ready for another stream, whose
  /// lines and offsets go on counting.
  public mutating func finish<Failure: Error>(
    _ take: (Record) throws(Failure) -> Void
  ) throws(Failure) {
    repeat {
      input.finish(to: &sink)
      for record in sink.takeRecords() { try take(record) }
    } while input.hasBacklog
  }
}
