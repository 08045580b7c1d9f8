/// Reads a stream as typed events: chunks of bytes in, records out, from any form that Cloudflare
/// delivers.
///
/// Use it in collectors and other programs that need events rather than documents. The size of the
/// chunks does not affect the records. Text that is not a firewall event also gives a record, in
/// stream order, with the reason; Cloudflare's validation bodies are counted and skipped. Between
/// calls, the reader holds at most one unfinished record.
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
  /// A record of the stream: an event, or the reason why the record is not an event.
  public struct Record: Hashable, Sendable {
    /// The event, or the reason why the record is not an event.
    public let result: Result<FirewallEvent, NormalizationError>
    /// The line on which the record begins, counted from 1.
    public let line: Int
    /// The byte offset of the record in the stream.
    public let offset: Int
    /// The text of the record, without its line break; for CSV and TSV, the row. Empty if the
    /// record is too long, since it is not kept then.
    public let raw: [UInt8]

    /// A record of a stream.
    public init(
      _ result: Result<FirewallEvent, NormalizationError>, line: Int, offset: Int, raw: [UInt8]
    ) {
      self.result = result
      self.line = line
      self.offset = offset
      self.raw = raw
    }

    /// The event.
    /// - Throws: ``NormalizationError`` if the record is not an event: the same error with which
    ///   the command rejects it. Its offset counts from the first byte of the record.
    public func event() throws(NormalizationError) -> FirewallEvent { try result.get() }
  }

  /// The counts so far. An event counts as a document.
  ///
  /// - Complexity: O(1).
  public var counts: ConversionCounts {
    var counts = receiver.sink.counts
    counts.lines &+= input.place.lines
    counts.bytes &+= input.bytesFed
    return counts
  }

  private var input: InputReader
  private var receiver: ParserAndSink<EventSink>

  /// The most bytes that are read before their records are passed to the caller.
  private static let pieceSize = 1 << 16

  /// Creates a reader for one form of input, or one that detects the form.
  /// - Parameters:
  ///   - format: the form of the input.
  ///   - maximumRecordBytes: the limit above which a record is rejected. At most 1 GiB.
  ///   - member: the member of each record that holds the event, see ``NDJSONConverter/Options/unwrappedMember``.
  public init(
    _ format: InputFormat = .auto, maximumRecordBytes: Int = 16 << 20,
    unwrapping member: String? = nil
  ) {
    receiver = ParserAndSink(parser: RecordParser(unwrapping: member), sink: EventSink())
    // An event has the text itself.
    receiver.parser.scanner.copiesText = false
    input = InputReader(format, limit: min(maximumRecordBytes, RecordLimit.largest))
  }

  /// Reads the records that end in a chunk, and keeps the beginning of an unfinished one.
  ///
  /// If `take` throws, reading stops and the rest of the chunk is lost.
  public mutating func read<Failure: Error>(
    _ chunk: Span<UInt8>, _ take: (Record) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = chunk
    while rest.count > 0 {
      let size = min(rest.count, Self.pieceSize)
      input.feed(rest.extracting(first: size), to: &receiver)
      rest = rest.extracting(droppingFirst: size)
      for record in receiver.sink.takeRecords() { try take(record) }
      while input.hasBacklog {
        input.feed(Span(), to: &receiver)
        for record in receiver.sink.takeRecords() { try take(record) }
      }
    }
  }

  /// Begins another stream, such as the next file: the lines and offsets of its records count from its start. The
  /// ``counts`` go on. The stream before it is to be finished.
  public mutating func beginStream() {
    receiver.sink.counts.lines &+= input.place.lines
    receiver.sink.counts.bytes &+= input.bytesFed
    input.beginStream()
  }

  /// Reads the last record, if it is still unfinished. The reader is then ready for another stream,
  /// and continues to count lines and offsets.
  public mutating func finish<Failure: Error>(
    _ take: (Record) throws(Failure) -> Void
  ) throws(Failure) {
    repeat {
      input.finish(to: &receiver)
      for record in receiver.sink.takeRecords() { try take(record) }
    } while input.hasBacklog
  }

  /// Whether there is a firewall event in the first bytes of a stream.
  package static func hasEvent(_ bytes: Span<UInt8>) -> Bool {
    var reader = RecordReader()
    var hasEvent = false
    func take(_ record: Record) { hasEvent = hasEvent || (try? record.event()) != nil }
    reader.read(bytes, take)
    reader.finish(take)
    return hasEvent
  }
}
