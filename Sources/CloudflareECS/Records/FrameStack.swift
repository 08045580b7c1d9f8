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

  let limit: Int
  var frames: [ReaderFrame] = []
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
  mutating func open(_ opened: [ReaderFrame]) {
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
  static func isCertain(_ error: JSONError, _ text: Span<UInt8>, size: Int) -> Bool {
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
