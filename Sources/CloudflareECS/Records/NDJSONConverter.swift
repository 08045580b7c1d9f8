/// Converts a stream of firewall events, one JSON object a line, to a stream of documents, one a line.
///
/// Chunks may have any size: the bytes that come out do not depend on it. A line that is no firewall
/// event is kept for ``takeRejections()``, and the lines around it go on. Between calls no more than one
/// unfinished line is held. Once its buffers have grown, nothing is allocated for a record without
/// problems.
///
///     var converter = NDJSONConverter(SekoiaNormalizer.self)
///     var output: [UInt8] = []
///     converter.convert(Array("{\"Action\":\"block\"}\n".utf8).span, into: &output)
///     converter.finish(into: &output)
///     converter.counts.documents      // 1
public struct NDJSONConverter: ~Copyable, Sendable {
  /// What was done so far.
  public var counts: ConversionCounts {
    var counts = state
    for (code, count) in issueCounts { counts.issues[code, default: 0] += count }
    unknownNames.forEach { name, count in counts.add(unknown: name, count) }
    return counts
  }

  /// The lines and bytes before the line that comes next, of all streams so far.
  package var position: (lines: Int, bytes: Int) { (state.lines, state.bytes) }

  /// Whether the line that comes next is the first of a stream, where a byte order mark is passed
  /// over. Who gives a stream to several converters, a part to each, says so here.
  package var isAtStreamStart = true

  private var state = ConversionCounts()
  private var issueCounts: [NormalizationIssue.Code: Int] = [:]
  private var unknownNames = NameCounts()
  private var rejections: [Rejection] = []

  private let options: ConverterOptions
  /// What stands before each document.
  private let action: [UInt8]
  private var reader: EventReader
  private var engine: Engine
  private var output = OutputBuffer(minimumCapacity: 4096)
  /// The beginning of a line whose end is still to come.
  private var carried = OutputBuffer(minimumCapacity: 4096)
  /// Where the line at hand begins in the text at hand.
  private var lineStart = 0
  /// Bytes of a line that is longer than the limit, once that is known.
  private var overlong = 0

  /// A converter by the table of a profile.
  public init(
    _ profile: any Normalizer.Type = SekoiaNormalizer.self, options: ConverterOptions = ConverterOptions()
  ) {
    let plan = Plan(options.table(of: profile))
    self.options = options
    action = options.action
    reader = EventReader(own: plan.ownFields)
    engine = Engine(plan)
  }

  /// Converts the lines that end in a chunk, and keeps the beginning of the one that does not.
  public mutating func convert(_ chunk: Span<UInt8>, into output: inout [UInt8]) {
    self.output.removeAll()
    feed(chunk)
    self.output.withSpan { output.append(copying: $0) }
  }

  /// Converts the last line, if it has no line break; then the converter is ready for another stream,
  /// whose lines and offsets go on counting.
  public mutating func finish(into output: inout [UInt8]) {
    self.output.removeAll()
    endStream()
    self.output.withSpan { output.append(copying: $0) }
  }

  /// The same, appending to a buffer.
  package mutating func convert(_ chunk: Span<UInt8>, into output: inout OutputBuffer) {
    swap(&output, &self.output)
    feed(chunk)
    swap(&output, &self.output)
  }

  /// The same, appending to a buffer.
  package mutating func finish(into output: inout OutputBuffer) {
    swap(&output, &self.output)
    endStream()
    swap(&output, &self.output)
  }

  /// The records that were rejected since the last call.
  public mutating func takeRejections() -> [Rejection] {
    guard !rejections.isEmpty else { return [] }
    defer { rejections.removeAll() }
    return rejections
  }

  // MARK: Lines

  private mutating func feed(_ chunk: Span<UInt8>) {
    // Slots count in 32 bits.
    var rest = chunk
    while rest.count > Self.largestPiece {
      feedPiece(rest.extracting(first: Self.largestPiece))
      rest = rest.extracting(droppingFirst: Self.largestPiece)
    }
    feedPiece(rest)
  }

  private static let largestPiece = 1 << 30

  private mutating func feedPiece(_ chunk: Span<UInt8>) {
    guard let lastBreak = chunk.lastOffset(of: .lineFeed, in: 0..<chunk.count) else {
      return carry(chunk, 0..<chunk.count)
    }
    var position = 0
    if carried.count > 0 || overlong > 0 {
      position = chunk.firstOffset(of: .lineFeed, in: 0..<chunk.count) &+ 1
      carry(chunk, 0..<position)
      endCarriedLine()
    }
    let lines = chunk.extracting(0..<(lastBreak &+ 1))
    while position <= lastBreak { position = convertLine(lines, from: position) }
    carry(chunk, position..<chunk.count)
  }

  private mutating func endStream() {
    defer { isAtStreamStart = true }
    guard carried.count > 0 || overlong > 0 else { return }
    if overlong == 0 { carried.append(.lineFeed) } else { overlong &+= 1 }
    endCarriedLine(isCut: true)
  }

  /// Keeps the beginning of a line, up to the limit.
  private mutating func carry(_ chunk: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if overlong > 0 {
      overlong &+= range.count
    } else if carried.count &+ range.count > options.maximumRecordBytes &+ 1 {
      overlong = carried.count &+ range.count
      carried.removeAll()
    } else {
      carried.append(chunk, range)
    }
  }

  /// Converts the line that was kept, whose line break is its last byte.
  private mutating func endCarriedLine(isCut: Bool = false) {
    if overlong > 0 {
      let length = overlong &- 1
      overlong = 0
      state.records &+= 1
      rejectOverlong(length)
      endLine(length &+ 1, isCut: isCut)
    } else {
      var line = OutputBuffer(minimumCapacity: 0)
      swap(&line, &carried)
      line.withSpan { _ = convertLine($0, from: 0, isCut: isCut) }
      line.removeAll()
      swap(&line, &carried)
    }
  }

  private mutating func endLine(_ length: Int, isCut: Bool) {
    isAtStreamStart = false
    state.lines &+= 1
    state.bytes &+= isCut ? length &- 1 : length
  }

  /// Converts the line at `start`; returns the start of the next one.
  ///
  /// The text ends with a line break. `isCut` says that this one was only added.
  private mutating func convertLine(
    _ text: Span<UInt8>, from start: Int, isCut: Bool = false
  ) -> Int {
    var first = start
    lineStart = start
    if isAtStreamStart, text.startsWithByteOrderMark(at: start) { first &+= 3 }
    while text[first] != .lineFeed, text[first].isWhiteSpace { first &+= 1 }
    let written = output.count
    var end = first
    if text[first] == .openBrace {
      do throws(JSONError) {
        end = try reader.read(text, from: first)
        let recordEnd = end
        while text[end] != .lineFeed {
          guard text[end].isWhiteSpace else { throw JSONError(.textAfterRecord, at: end) }
          end &+= 1
        }
        if end &- start <= options.maximumRecordBytes {
          accept(text, first..<recordEnd)
        }
      } catch {
        end = text.firstOffset(of: .lineFeed, in: first..<text.count)
        if end &- start <= options.maximumRecordBytes {
          output.truncate(to: written)
          reject(text, first..<end, error, isCut: isCut)
        }
      }
    } else {
      end = text.firstOffset(of: .lineFeed, in: first..<text.count)
      if end &- start <= options.maximumRecordBytes {
        passOver(text, first..<end, isCut: isCut)
      }
    }
    if end &- start > options.maximumRecordBytes {
      state.records &+= 1
      rejectOverlong(end &- start)
    }
    endLine(end &+ 1 &- start, isCut: isCut)
    return end &+ 1
  }

  /// Handles a line that does not begin with an object.
  private mutating func passOver(_ text: Span<UInt8>, _ line: Range<Int>, isCut: Bool) {
    guard !line.isEmpty else {
      state.blank &+= 1
      return
    }
    var end = line.upperBound
    while text[end &- 1].isWhiteSpace { end &-= 1 }
    if RecordKind.isTestBody(text, line.lowerBound..<end) {
      state.records &+= 1
      state.skipped &+= 1
      return
    }
    var scanner = ValueScanner()
    do throws(JSONError) {
      _ = try scanner.scanSingle(text, line.lowerBound..<(line.upperBound &+ 1))
      reject(text, line, JSONError(.notAnObject, at: line.lowerBound), isCut: false)
    } catch {
      reject(text, line, error, isCut: isCut)
    }
  }

  // MARK: Records

  private mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>) {
    let kind = reader.withText(text) { RecordKind(reader.fields, $0) }
    switch kind {
    case .event:
      state.records &+= 1
      state.documents &+= 1
      let action = action
      output.append(action.span)
      reader.withText(text) { slices in
        reader.raw.withSpan { raw in
          engine.appendDocument(reader.fields, slices, raw: raw, to: &output)
        }
      }
      output.append(.lineFeed)
      note(text)
    case .validation:
      state.records &+= 1
      state.skipped &+= 1
    case .dataset, .unknown:
      guard let refusal = kind.refusal else { return }
      reject(
        text, record, NormalizationError(refusal.code, offset: 0, refusal.description))
    }
  }

  /// Counts what was remarkable about an event.
  private mutating func note(_ text: Span<UInt8>) {
    if engine.lacksTimestamp { state.documentsWithoutTimestamp &+= 1 }
    for problem in engine.problems { issueCounts[problem.code, default: 0] &+= 1 }
    if !reader.fields.isCanonical {
      for issue in reader.readingIssues(own: engine.plan.ownFields) {
        issueCounts[issue.code, default: 0] &+= 1
      }
    }
    if !reader.fields.unknown.isEmpty {
      reader.withText(text) { slices in
        for member in reader.fields.unknown { unknownNames.add(slices, member.name.content) }
      }
    }
  }

  private mutating func reject(
    _ text: Span<UInt8>, _ record: Range<Int>, _ error: JSONError, isCut: Bool
  ) {
    // At the end of the input, what goes wrong behind the last byte is that the rest is missing.
    let isTruncated = isCut && error.isCut(text, at: record.upperBound)
    let error =
      isTruncated
      ? NormalizationError(
        .truncated, offset: record.count, "the input ends before the record does")
      : NormalizationError(error, recordStart: record.lowerBound)
    reject(text, record, error)
  }

  private mutating func reject(
    _ text: Span<UInt8>, _ record: Range<Int>, _ error: NormalizationError
  ) {
    state.records &+= 1
    state.rejected &+= 1
    var raw: [UInt8] = []
    raw.append(copying: text.extracting(record))
    let offset = state.bytes &+ record.lowerBound &- lineStart
    rejections.append(
      Rejection(error: error, line: state.lines &+ 1, offset: offset, raw: raw))
  }

  private mutating func rejectOverlong(_ length: Int) {
    state.rejected &+= 1
    let error = NormalizationError(
      .tooLong, offset: 0,
      "the line has \(length) bytes, the limit is \(options.maximumRecordBytes)")
    rejections.append(
      Rejection(error: error, line: state.lines &+ 1, offset: state.bytes, raw: []))
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes at `offset` are U+FEFF.
  func startsWithByteOrderMark(at offset: Int) -> Bool {
    offset &+ 3 <= count && self[offset] == 0xEF && self[offset &+ 1] == 0xBB
      && self[offset &+ 2] == 0xBF
  }
}

extension [UInt8] {
  /// Appends a copy of the bytes.
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
