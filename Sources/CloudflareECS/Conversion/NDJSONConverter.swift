/// Converts a stream of firewall events, one JSON object a line, to a stream of documents, one a line.
///
/// Chunks may have any size: the bytes that come out do not depend on it. A record that is no firewall event is
/// rejected, and the conversion continues: ``convert(_:into:rejecting:)`` hands rejections out as they are found, and
/// ``convert(_:into:)`` keeps them for ``takeRejections()``. Between calls no more than one unfinished record is held.
/// Once its buffers have grown, nothing is allocated for a record without problems.
///
///     var converter = NDJSONConverter(SekoiaNormalizer())
///     var output: [UInt8] = []
///     converter.convert(Array("{\"Action\":\"block\"}\n".utf8).span, into: &output)
///     converter.finish(into: &output)
///     converter.counts.documents      // 1
///
/// With ``NDJSONConverter/Options/input`` it reads the other forms that Cloudflare delivers, too.
public struct NDJSONConverter: ~Copyable, Sendable {
  /// How many rejections are kept until they are taken.
  public static let maximumRejections = 10_000

  /// How many bytes of rejected records are kept until they are taken: 16 MiB.
  public static let maximumRejectedBytes = 16 << 20

  /// What was done so far.
  ///
  /// - Complexity: O(1).
  public var counts: ConversionCounts {
    var counts = receiver.sink.counts
    counts.lines &+= input.place.lines
    counts.bytes &+= input.bytesFed
    return counts
  }

  /// The lines and bytes before the record that comes next.
  package var position: (lines: Int, bytes: Int) { (input.place.lines, input.place.bytes) }

  /// Whether the byte that comes next is the first of a stream, where a byte order mark is skipped. If several converters
  /// each read a part of a stream, set it for each part.
  package var isAtStreamStart: Bool {
    get { input.isAtStreamStart }
    set { input.isAtStreamStart = newValue }
  }

  var input: InputReader
  var receiver: ParserAndSink<DocumentSink>

  /// A converter by the table of a normalizer.
  ///
  /// With a detector, what comes out are not the events' documents but its alerts, one a line, in the
  /// order of the events and, for each, of the rules. Conditions name targets of the normalizer's table.
  ///
  ///     var converter = NDJSONConverter(SekoiaNormalizer(), detector: Detector())
  public init(
    _ normalizer: any Normalizer = SekoiaNormalizer(), detector: Detector? = nil,
    options: Options = Options()
  ) {
    input = InputReader(options.input, limit: options.maximumRecordBytes)
    receiver = ParserAndSink(
      DocumentSink(
        options.table(of: normalizer), format: options.format, filter: options.filter,
        detector: detector?.adapted(to: normalizer.table.whole), limits: options.correlations),
      unwrapping: options.unwrappedMember)
  }

  /// The rules of the detector that never fire, because their conditions name a target that the profile does not have, or
  /// compare it with a value of another type.
  public var unusableRules: [DetectionRule] {
    receiver.sink.detection?.detector.unusableRules ?? []
  }

  /// A converter that writes the rows of a report (``EventReport/add(rows:)``) in place of documents.
  package init(rowsFor report: EventReport, options: Options) {
    input = InputReader(options.input, limit: options.maximumRecordBytes)
    receiver = ParserAndSink(
      DocumentSink(
        report.layout.values, format: .ndjson, filter: options.filter, rows: report.layout),
      unwrapping: options.unwrappedMember)
  }

  /// A converter that writes the rows of a summary of a detector's alerts (``AlertSummary/add(rows:)``) in place of alerts.
  package init(
    rowsFor detector: Detector, of normalizer: any Normalizer, options: Options
  ) {
    input = InputReader(options.input, limit: options.maximumRecordBytes)
    receiver = ParserAndSink(
      DocumentSink(
        options.table(of: normalizer), format: options.format, filter: options.filter,
        detector: detector.adapted(to: normalizer.table.whole), limits: options.correlations,
        rows: .alerts),
      unwrapping: options.unwrappedMember)
  }

  /// Converts the records that end in a chunk, and keeps the beginning of the one that does not.
  ///
  /// Rejections wait for ``takeRejections()``.
  public mutating func convert(_ chunk: Span<UInt8>, into output: inout [UInt8]) {
    receiver.sink.output.removeAll()
    receiver.sink.rejections.isUnlimited = false
    input.feed(chunk, to: &receiver)
    while input.hasBacklog { input.feed(Span(), to: &receiver) }
    receiver.sink.output.withSpan { output.append(copying: $0) }
  }

  /// Converts the last record, if it has no line break; then the converter is ready for another stream.
  ///
  /// Lines and offsets go on counting, as if the next stream were a part of this one; ``beginStream()`` has them begin
  /// again.
  public mutating func finish(into output: inout [UInt8]) {
    receiver.sink.output.removeAll()
    receiver.sink.rejections.isUnlimited = false
    repeat { input.finish(to: &receiver) } while input.hasBacklog
    receiver.sink.output.withSpan { output.append(copying: $0) }
  }

  /// Begins another stream, such as the next file: the lines and offsets of its records count from its start. The
  /// ``counts`` go on.
  ///
  ///     var converter = NDJSONConverter()
  ///     for file in files {
  ///       converter.beginStream()
  ///       converter.convert(file.span, into: &documents)
  ///       converter.finish(into: &documents)
  ///       for rejection in converter.takeRejections() { faults.append("line \(rejection.line)") }
  ///     }
  ///
  /// Finish the stream before it first.
  public mutating func beginStream() {
    receiver.sink.counts.lines &+= input.place.lines
    receiver.sink.counts.bytes &+= input.bytesFed
    input.beginStream()
  }

  /// Whether the stream ended with a read error. Set it before `finish`, which resets it. A last CSV row
  /// without a line break is then rejected, because its last cell may be incomplete.
  package var isCut: Bool {
    get { input.isCut }
    set { input.isCut = newValue }
  }

  /// Whether some of the input still waits: then convert an empty chunk, or finish again.
  package var hasBacklog: Bool { input.hasBacklog }

  /// As `convert` above, appending to a buffer; records may be left in the backlog. All rejections are kept: they are
  /// taken after each call.
  package mutating func convert(_ chunk: Span<UInt8>, into output: inout OutputBuffer) {
    swap(&output, &receiver.sink.output)
    receiver.sink.rejections.isUnlimited = true
    input.feed(chunk, to: &receiver)
    swap(&output, &receiver.sink.output)
  }

  /// As `finish` above, appending to a buffer; records may be left in the backlog.
  package mutating func finish(into output: inout OutputBuffer) {
    swap(&output, &receiver.sink.output)
    receiver.sink.rejections.isUnlimited = true
    input.finish(to: &receiver)
    swap(&output, &receiver.sink.output)
  }

  /// The number of rejected records that wait to be taken.
  package var waitingRejections: Int { receiver.sink.rejections.count }

  /// Whether the next byte begins a line that depends on nothing before it.
  package var isIdle: Bool { input.isIdle }

  /// Converts whole lines as long as each is independent (one record, or blank), and keeps nothing. Returns the offset at
  /// which it stopped: what follows is for a converter that has read what came before.
  package mutating func convertIndependentLines(
    _ lines: Span<UInt8>, into output: inout OutputBuffer
  ) -> Int {
    swap(&output, &receiver.sink.output)
    receiver.sink.rejections.isUnlimited = true
    receiver.sink.detection?.defersCorrelations = true
    defer {
      swap(&output, &receiver.sink.output)
      receiver.sink.detection?.defersCorrelations = false
    }
    return input.feedIndependentLines(lines, to: &receiver)
  }

  /// Whether so many rejections, or events for correlations, wait that they should be taken now.
  package var isFull: Bool {
    receiver.sink.rejections.count > 1_000
      || (receiver.sink.detection?.candidates.size ?? 0) > 4 << 20
  }

  /// The events that ``settle(_:into:)`` is to count, of the independent lines since the last call.
  package mutating func takeCandidates() -> CorrelationCandidates {
    receiver.sink.detection?.takeCandidates() ?? CorrelationCandidates()
  }

  /// Counts events that another converter has kept, after all events before them, and inserts the alerts of correlation
  /// rules into its output.
  package mutating func settle(
    _ candidates: CorrelationCandidates, into output: inout OutputBuffer
  ) { receiver.sink.settle(candidates, &receiver.parser, into: &output) }

  /// Forgets the events that correlations have counted.
  package mutating func forgetGroups() { receiver.sink.detection?.correlations?.forgetGroups() }

  /// Continues after independent lines that another converter has converted.
  package mutating func resume(afterLines lines: Int, bytes: Int) {
    input.resume(at: RecordPlace(lines: lines, bytes: bytes))
  }

  /// Forgets what was counted and rejected; the lines and bytes of the stream go on.
  package mutating func clear() {
    receiver.sink.counts = ConversionCounts()
    receiver.sink.rejections = WaitingRejections()
    _ = takeCandidates()
  }

  /// The records that were rejected since the last call.
  ///
  /// At most ``maximumRejections`` wait, of at most ``maximumRejectedBytes`` together; those beyond are counted as
  /// ``ConversionCounts/forgotten``. None is forgotten with ``convert(_:into:rejecting:)``.
  public mutating func takeRejections() -> [Rejection] { receiver.sink.rejections.take() }
}
