/// Finds the records of NDJSON: exactly one object per line.
///
/// Lines that a chunk holds completely are read in the chunk. Only the beginning of a line that
/// goes on in the next chunk is copied, up to the limit.
struct LineReader: ~Copyable {
  private let limit: Int
  /// The lines and bytes of the stream that have been read.
  var place = RecordPlace(lines: 0, bytes: 0)
  /// Whether the next line is the first of a stream, where a byte order mark is skipped.
  var isAtStreamStart = true
  /// Whether there was a record in a line since the last call of ``takeHasRead()``.
  private var hasRead = false
  /// The beginning of a line that is not complete yet.
  private var carried = OutputBuffer(minimumCapacity: 4096)
  /// The bytes so far of a line that is longer than the limit; 0 for any other line.
  private var overlong = 0

  init(limit: Int) { self.limit = limit }

  /// Whether no incomplete line is held.
  var isEmpty: Bool { carried.count == 0 && overlong == 0 }

  /// Reads the lines of a chunk, and keeps the beginning of one that goes on in the next chunk. Returns the offset at
  /// which it stopped.
  /// - Parameters:
  ///   - stopsAtOtherLines: whether to stop before the first line that is not a single record or blank. The chunk must then
  ///     consist of whole lines.
  ///   - isEnd: whether the chunk is the last line of an input, and its line break was added.
  mutating func feed(
    _ chunk: Span<UInt8>, stopsAtOtherLines: Bool = false, isEnd: Bool = false,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    guard let lastBreak = chunk.lastOffset(of: .lineFeed, in: 0..<chunk.count) else {
      carry(chunk, 0..<chunk.count)
      return chunk.count
    }
    var start = 0
    if !isEmpty {
      start = chunk.firstOffset(of: .lineFeed, in: 0..<chunk.count) &+ 1
      carry(chunk, 0..<start)
      endCarriedLine(isEnd: false, to: &receiver)
    }
    // The parser needs a text that ends with a line break.
    let text = chunk.extracting(0..<(lastBreak &+ 1))
    while start < text.count {
      let first = firstByte(text, from: start)
      var end = first
      var isRecordOrBlank = false
      if text[first] == .openBrace {
        // An error is thrown again in `readOtherLine`, which reports it.
        if let recordEnd = try? receiver.parser.read(text, from: first) {
          end = recordEnd
          while text[end] != .lineFeed, text[end].isWhiteSpace { end &+= 1 }
          isRecordOrBlank =
            text[end] == .lineFeed && end &- start <= limit && !receiver.parser.mayWrap(text, first)
          if isRecordOrBlank {
            receiver.sink.accept(
              &receiver.parser, text, first..<recordEnd, isEvent: false,
              at: place(of: first, lineStart: start))
            hasRead = true
          }
        }
      } else if text[first] == .lineFeed, first &- start <= limit {
        receiver.sink.blank()
        isRecordOrBlank = true
      }
      if isRecordOrBlank {
        endLine(end &+ 1 &- start, isEnd: isEnd)
        start = end &+ 1
      } else if stopsAtOtherLines {
        return start
      } else {
        start = readOtherLine(text, from: start, isEnd: isEnd, to: &receiver)
      }
    }
    carry(chunk, start..<chunk.count)
    return chunk.count
  }

  /// Whether there was a record in a line since the last call.
  mutating func takeHasRead() -> Bool {
    defer { hasRead = false }
    return hasRead
  }

  mutating func finish(to receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    defer { isAtStreamStart = true }
    guard !isEmpty else { return }
    if overlong == 0 { carried.append(.lineFeed) } else { overlong &+= 1 }
    endCarriedLine(isEnd: true, to: &receiver)
  }

  /// Keeps the beginning of a line, up to the limit.
  private mutating func carry(_ chunk: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if overlong > 0 {
      overlong &+= range.count
    } else if carried.count &+ range.count > limit &+ 1 {
      overlong = carried.count &+ range.count
      carried.removeAll()
    } else {
      carried.append(chunk, range)
    }
  }

  /// Reads the line that was kept, which now ends with its line break.
  private mutating func endCarriedLine(
    isEnd: Bool, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    if overlong > 0 {
      let length = overlong &- 1
      overlong = 0
      receiver.sink.rejectOverlong(length, limit: limit, at: place)
      endLine(length &+ 1, isEnd: isEnd)
    } else {
      var line = OutputBuffer(minimumCapacity: 0)
      swap(&line, &carried)
      line.withSpan { _ = feed($0, isEnd: isEnd, to: &receiver) }
      line.removeAll()
      swap(&line, &carried)
    }
  }

  private mutating func endLine(_ length: Int, isEnd: Bool) {
    isAtStreamStart = false
    place.lines &+= 1
    place.bytes &+= isEnd ? length &- 1 : length
  }

  /// The offset after the white space that a line begins with.
  private func firstByte(_ text: Span<UInt8>, from start: Int) -> Int {
    var first = start
    if isAtStreamStart, text.startsWithByteOrderMark(at: start) { first &+= 3 }
    while text[first] != .lineFeed, text[first].isWhiteSpace { first &+= 1 }
    return first
  }

  /// Reads the line at `start`, which is neither a single record nor blank; returns the start of the next one.
  @inline(never)
  private mutating func readOtherLine(
    _ text: Span<UInt8>, from start: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    let first = firstByte(text, from: start)
    let place = place(of: first, lineStart: start)
    let end = text.firstOffset(of: .lineFeed, in: first..<text.count)
    if end &- start > limit {
      receiver.sink.rejectOverlong(end &- start, limit: limit, at: self.place)
    } else if text[first] == .openBrace {
      do throws(JSONError) {
        var recordEnd = try receiver.parser.read(text, from: first)
        while recordEnd < end, text[recordEnd].isWhiteSpace { recordEnd &+= 1 }
        if recordEnd < end { throw JSONError(.textAfterRecord, at: recordEnd) }
        readWrapper(text, first..<(end &+ 1), at: place, to: &receiver)
      } catch {
        receiver.sink.reject(
          text, first..<end, NormalizationError(error, text, in: first..<end, isEnd: isEnd),
          at: place)
      }
    } else {
      receiver.sink.takeOther(text, first..<end, isEnd: isEnd, at: place)
    }
    endLine(end &+ 1 &- start, isEnd: isEnd)
    return end &+ 1
  }

  /// Reads a line that may be a wrapper, which is an object that contains records, with a separate JSON reader.
  private func readWrapper(
    _ text: Span<UInt8>, _ line: Range<Int>, at place: RecordPlace,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    var reader = JSONReader(limit: limit)
    reader.isAtStreamStart = false
    reader.place = place
    reader.feed(text.extracting(line), to: &receiver)
    reader.finish(to: &receiver)
  }

  private func place(of record: Int, lineStart: Int) -> RecordPlace {
    RecordPlace(lines: place.lines, bytes: place.bytes &+ record &- lineStart)
  }
}

extension RecordSink where Self: ~Copyable {
  /// Handles a line that does not begin with an object.
  fileprivate mutating func takeOther(
    _ text: Span<UInt8>, _ line: Range<Int>, isEnd: Bool, at place: RecordPlace
  ) {
    guard !line.isEmpty else { return blank() }
    var end = line.upperBound
    while text[end &- 1].isWhiteSpace { end &-= 1 }
    if RecordKind.isTestBody(text, line.lowerBound..<end) { return skip() }
    var scanner = ValueScanner()
    let error: JSONError
    do throws(JSONError) {
      _ = try scanner.scanSingle(text, line.lowerBound..<(line.upperBound &+ 1))
      error = JSONError(.notAnObject, at: line.lowerBound)
    } catch let cause {
      error = cause
    }
    reject(text, line, NormalizationError(error, text, in: line, isEnd: isEnd), at: place)
  }
}

extension NormalizationError {
  /// The error of a record in a text. If the input ends in the record (`isEnd`), an error at its
  /// end means that the rest is missing.
  init(_ error: JSONError, _ text: Span<UInt8>, in record: Range<Int>, isEnd: Bool) {
    if isEnd, error.isCut(text, at: record.upperBound) {
      self.init(.truncated, offset: record.count, "the input ends before the record does")
    } else {
      self.init(error, recordStart: record.lowerBound)
    }
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
