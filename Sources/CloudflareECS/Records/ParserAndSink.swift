/// What a reader works with. A reader finds where a record begins. Where it ends, only scanning shows: the reader has the
/// parser read it, and then passes it to the sink.
struct ParserAndSink<Sink: RecordSink & ~Copyable>: ~Copyable, Sendable {
  /// Reads records. It holds the one that was read last.
  var parser: RecordParser
  var sink: Sink
}
