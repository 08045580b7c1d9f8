/// The arrays and wrappers that are open, and the steps through the records in them and outside of them.
///
/// A step reads one record, one bracket, one comma, or one member of a wrapper. `JSONReader` takes the steps, and gives
/// the place of each.
struct FrameStack: ~Copyable, Sendable {
  /// The result of a step.
  enum Step {
    case moved(to: Int)
    case needsMore
    case failed(JSONError)
    /// The value that begins here is longer than the limit.
    case overlong
  }

  private let limit: Int
  private var frames: [ReaderFrame] = []
  /// Where the step begins in the stream.
  var place = RecordPlace(lines: 0, bytes: 0)
  /// Whether the current line has had a record, or part of one.
  var lineHasRecord = false
  /// Whether a comma may come between two values outside of any array.
  var mayTakeComma = false

  /// An error this close to the end may only mean that more input is needed: an escape sequence has
  /// up to 12 bytes.
  static let uncertainty = 16

  init(limit: Int) { self.limit = limit }

  /// Whether no array or wrapper is open.
  var isEmpty: Bool { frames.isEmpty }

  /// Whether an array or wrapper is open. False if rejected text may have had its closing bracket.
  var isOpen: Bool { frames.last.map { !$0.isBroken } ?? false }

  /// Forgets what is open.
  mutating func removeAll() {
    frames.removeAll()
    lineHasRecord = false
  }

  /// Takes one step at `start`, which is not white space.
  mutating func next(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Step {
    guard let frame = frames.last else {
      return topLevel(text, start, size: size, isEnd: isEnd, to: &receiver)
    }
    let byte = text[start]
    let isEndOfFrame = byte == (frame.isObject ? .closeBrace : .closeBracket)
    let beginsValue = byte == .openBrace || byte == .openBracket
    if beginsValue, !lineHasRecord, frame.expectation == .commaOrEnd || frame.isObject {
      // A line begins with a bracket where no value can be: the array or wrapper was truncated.
      if !frame.isBroken {
        receiver.sink.reject(
          Span(),
          NormalizationError(
            .notJSON, offset: 0, "not JSON: an array or a wrapper is not closed"),
          at: place)
      }
      frames.removeAll()
      return topLevel(text, start, size: size, isEnd: isEnd, to: &receiver)
    }
    if isEndOfFrame, frame.expectation != .item || frame.isBroken {
      close(&receiver)
      return .moved(to: start &+ 1)
    }
    if frame.expectation == .commaOrEnd {
      guard byte == .comma else { return .failed(JSONError(.unexpectedByte, at: start)) }
      frames[frames.count - 1].expectation = .item
      return .moved(to: start &+ 1)
    }
    do throws(JSONError) {
      let innermost = frames.count - 1
      let end = try item(of: frame, text, start, size: isEnd ? .max : size, to: &receiver)
      frames[innermost].items &+= 1
      return end &- valueStart(text, start) > limit ? .overlong : .moved(to: end)
    } catch {
      return step(after: error, text, from: start, size: size, isEnd: isEnd)
    }
  }

  private mutating func topLevel(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Step {
    switch text[start] {
    case .openBrace:
      do throws(JSONError) {
        let end = try object(text, start, to: &receiver)
        return end &- start > limit ? .overlong : .moved(to: end)
      } catch {
        return step(after: error, text, from: start, size: size, isEnd: isEnd)
      }
    case .openBracket:
      open([ReaderFrame(.records(isTopLevel: true))])
      return .moved(to: start &+ 1)
    case .comma where mayTakeComma:
      mayTakeComma = false
      return .moved(to: start &+ 1)
    default: break
    }
    // Neither an object nor an array: take the whole line.
    let end = text.firstOffset(of: .lineFeed, in: start..<size)
    if end == size, !isEnd {
      return size &- start > limit ? .failed(JSONError(.unexpectedByte, at: start)) : .needsMore
    }
    var last = end
    while last > start, text[last &- 1].isWhiteSpace { last &-= 1 }
    if RecordKind.isTestBody(text, start..<last) {
      receiver.sink.skip()
      lineHasRecord = true
      mayTakeComma = true
      return .moved(to: end)
    }
    var scanner = ValueScanner()
    do throws(JSONError) {
      _ = try scanner.scanSingle(text, start..<(end &+ 1))
      return .failed(JSONError(.notAnObject, at: start))
    } catch {
      return .failed(error)
    }
  }

  /// Opens the frames of a list.
  private mutating func open(_ opened: [ReaderFrame]) {
    endItem()
    frames += opened
  }

  /// Closes the innermost frame.
  private mutating func close(_ receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    let frame = frames.removeLast()
    endItem()
    if case .rows = frame.kind, frame.items == ReaderFrame.mostRows { receiver.sink.noteFullList() }
    guard frame.isObject else { return }
    if let start = frame.start {
      // The outermost object: it contained records, but perhaps not all.
      if frame.answer.isError { receiver.sink.reject(Span(), frame.answer.fault, at: start) }
    } else if let outer = frames.lastIndex(where: \.isObject) {
      frames[outer].answer.add(frame.answer)
    }
  }

  /// Reads an item of the innermost frame; returns the offset after it, or after the bracket that it opens.
  /// - Parameter size: the end of the text so far; `max` if nothing follows.
  private mutating func item(
    of frame: ReaderFrame, _ text: Span<UInt8>, _ start: Int, size: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    if case .object(let isZone) = frame.kind {
      return try member(text, start, isZone: isZone, size: size, to: &receiver)
    }
    guard text[start] == .openBrace else {
      let end = try skipValue(text, start, size: size)
      if case .records = frame.kind, end &- start <= limit {
        let error = NormalizationError(.notAnObject, offset: 0, "not an object")
        receiver.sink.reject(text, start..<end, error, at: place)
      }
      return end
    }
    switch frame.kind {
    case .records(isTopLevel: true), .object: return try object(text, start, to: &receiver)
    case .records(isTopLevel: false):
      if let wrapped = try WrapperWalk.wrappedInInfo(text, start) {
        let end = try JSONWalk.skipValue(text, start)
        if end &- start <= limit { try take(held: wrapped, text, start, to: &receiver) }
        endItem()
        return end
      }
      return take(
        text, start..<(try receiver.parser.read(text, from: start, allowsLineBreaks: true)),
        to: &receiver)
    case .rows(let isNamed):
      let end = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
      if end &- start > limit { return end }
      if isNamed || receiver.parser.isRow(text) {
        receiver.sink.accept(&receiver.parser, text, start..<end, isEvent: true, at: place)
      }
      endItem()
      return end
    case .zones:
      var walk = WrapperWalk()
      try walk.lookIntoZone(text, start, &receiver)
      if let opened = walk.opened {
        if opened.end &- start > limit { return opened.end }
        open(opened.frames)
        return opened.offset
      }
      return try skipValue(text, start, size: size)
    }
  }

  /// Reads an object that is a record or a wrapper.
  private mutating func object(
    _ text: Span<UInt8>, _ start: Int, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    var fault: JSONError?
    do throws(JSONError) {
      let end = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
      if !receiver.parser.mayWrap(text, start) { return take(text, start..<end, to: &receiver) }
    } catch {
      // It may still be a wrapper whose first records are valid.
      fault = error
    }
    if receiver.parser.isUnwrapping, let fault { throw fault }
    var walk = WrapperWalk()
    do throws(JSONError) {
      walk = try WrapperWalk(text, start, &receiver)
    } catch {
      // Near the end of the text, more input decides. Otherwise report the error of the object as a record.
      throw Self.isCertain(error, text, size: text.count &- 1) ? fault ?? error : error
    }
    if var opened = walk.opened {
      if opened.end &- start > limit { return opened.end }
      for held in walk.held { try take(held: held, text, start, to: &receiver) }
      opened.frames[0].start = place
      open(opened.frames)
      return opened.offset
    }
    if !walk.isRecord, walk.answer.mayWrap, walk.end &- start <= limit,
      try takeWrapper(text, start, walk, to: &receiver)
    {
      endItem()
      return walk.end
    }
    return take(
      text, start..<(try receiver.parser.read(text, from: start, allowsLineBreaks: true)),
      to: &receiver
    )
  }

  /// Takes the single records in a wrapper, or rejects a wrapper without records. Returns false if the object is not a
  /// wrapper.
  private func takeWrapper(
    _ text: Span<UInt8>, _ start: Int, _ walk: WrapperWalk,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Bool {
    var hasRecord = !walk.held.isEmpty && !walk.answer.isError
    for held in walk.held where !hasRecord {
      // In an error response, an object that is not an event is part of the response.
      _ = try receiver.parser.read(text, from: held.lowerBound, allowsLineBreaks: true)
      hasRecord = [.event, .validation].contains(receiver.parser.kind(text))
    }
    if hasRecord {
      for held in walk.held { try take(held: held, text, start, to: &receiver) }
      return true
    }
    _ = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
    guard receiver.parser.kind(text) == .unknown,
      walk.answer.isWrapper || walk.answer.hasAggregates
    else {
      return false
    }
    if let error = walk.answer.refusal {
      receiver.sink.reject(text, start..<walk.end, error, at: place)
    }
    return true
  }

  private mutating func take(
    _ text: Span<UInt8>, _ record: Range<Int>,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    if record.count <= limit {
      receiver.sink.accept(&receiver.parser, text, record, isEvent: false, at: place)
      endItem()
    }
    return record.upperBound
  }

  /// Takes a record inside another value, which begins at `start`.
  private func take(
    held record: Range<Int>, _ text: Span<UInt8>, _ start: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    var place = place
    place.bytes &+= record.lowerBound &- start
    for offset in start..<record.lowerBound where text[offset] == .lineFeed { place.lines &+= 1 }
    _ = try receiver.parser.read(text, from: record.lowerBound, allowsLineBreaks: true)
    receiver.sink.accept(&receiver.parser, text, record, isEvent: false, at: place)
  }

  /// Reads a member of a wrapper whose records are being read; it may contain more records.
  private mutating func member(
    _ text: Span<UInt8>, _ start: Int, isZone: Bool, size: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    let (name, value) = try JSONWalk.memberName(text, start)
    let innermost = frames.count - 1
    if !isZone, RecordKind.isLogpushName(text, name) { frames[innermost].isPassed = true }
    if frames[innermost].isPassed { return try skipValue(text, value, size: size) }
    var walk = WrapperWalk()
    if !isZone {
      try walk.look(text, name, value, depth: 1, &receiver)
    } else if text[value] == .openBracket {
      try walk.lookIntoRows(text, name, value, &receiver)
    }
    if walk.opened == nil { try walk.answer.note(text, name: name, value: value) }
    let end: Int
    if let opened = walk.opened {
      end = opened.end
    } else {
      end = try skipValue(text, value, size: size)
    }
    if end &- value > limit { return end }
    for held in walk.held { try take(held: held, text, start, to: &receiver) }
    frames[innermost].answer.add(walk.answer)
    if let opened = walk.opened {
      open(opened.frames)
      return opened.offset
    }
    return end
  }

  /// Skips a value.
  private mutating func skipValue(_ text: Span<UInt8>, _ start: Int, size: Int) throws(JSONError)
    -> Int
  {
    let end = try JSONWalk.skipValue(text, start)
    // The next chunk may continue a number.
    if end >= size, text[start] == .minus || text[start].isDigit {
      throw JSONError(.badNumber, at: end)
    }
    endItem()
    return end
  }

  /// The offset of the value that a step reads: for a member of a wrapper, after its name.
  func valueStart(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard let frame = frames.last, frame.isObject, text[start] == .quote else { return start }
    return (try? JSONWalk.memberName(text, start).value) ?? start
  }

  /// The step that an error leads to. Near the end of the window, the error may only mean that more
  /// input is needed; after the limit, the record is too long whatever the error is.
  private func step(
    after error: JSONError, _ text: Span<UInt8>, from start: Int, size: Int, isEnd: Bool
  ) -> Step {
    if !isEnd, !Self.isCertain(error, text, size: size) { return .needsMore }
    return error.offset &- valueStart(text, start) > limit ? .overlong : .failed(error)
  }

  /// Whether an error is final: enough bytes follow it, or a line break, which no token contains. If not,
  /// more input may show that there is no error.
  private static func isCertain(_ error: JSONError, _ text: Span<UInt8>, size: Int) -> Bool {
    error.offset &+ uncertainty <= size
      || error.offset < size && text.firstOffset(of: .lineFeed, in: error.offset..<size) < size
  }

  /// Closes the frames inside the innermost array of records. All others are marked as broken,
  /// since the refused text may have closed them.
  mutating func breakOff() {
    while let last = frames.last, !last.isList { frames.removeLast() }
    for index in frames.indices { frames[index].isBroken = true }
    if !frames.isEmpty { frames[frames.count - 1].expectation = .item }
  }

  /// Notes that an item of the innermost frame has ended.
  mutating func endItem() {
    lineHasRecord = true
    mayTakeComma = true
    if !frames.isEmpty { frames[frames.count - 1].expectation = .commaOrEnd }
  }
}
