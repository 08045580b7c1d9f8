/// Finds the records in JSON of any layout: a sequence of objects, on one line or several; an array
/// of objects; or either inside a wrapper, such as a response of Cloudflare's API.
///
/// Independent lines, with one record each, take the fast path through `LineReader`. All other text
/// passes through a window, a buffer that holds no more than the current record, or the front of a
/// wrapper (`WrapperWalk`). The arrays and wrappers that are open are kept as a stack of frames.
///
/// After an error, reading resumes at the next line that starts with `{` or `[`, after the line on
/// which the rejected record began. So a truncated line never takes the next record with it.
struct JSONReader: ~Copyable {
  /// A refused region whose end has not been found yet.
  private struct Refusal {
    /// Why it is refused; nil for a record that is longer than the limit.
    var error: NormalizationError?
    var tracker: BracketTracker
    /// Its first bytes, up to the limit.
    var raw: [UInt8] = []
  }

  private let limit: Int
  private var frames: FrameStack
  /// The fast path. Its place is also that of the window's first byte.
  private var lines: LineReader
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// Whether the current line has had white space.
  private var lineHasSpace = false
  /// Tracks the incomplete value at the window's start.
  private var tracker: BracketTracker?
  private var trackedBytes = 0
  /// The size of the window at which the value is tried again.
  private var retrySize = 0
  /// Whether the text at the window's start cannot be read before its line is complete.
  private var waitsForLine = false
  private var refusal: Refusal?

  /// Whether the window still has text that can be read. After a long region was rejected, it may contain very many
  /// records. Each call reads at most `portion` bytes, so that the caller can pass on the results in between.
  private(set) var hasBacklog = false

  private static let pieceSize = 1 << 16
  private static let portion = 4 * pieceSize
  init(limit: Int) {
    self.limit = limit
    frames = FrameStack(limit: limit)
    lines = LineReader(limit: limit)
  }

  var place: RecordPlace {
    get { lines.place }
    set { lines.place = newValue }
  }

  var isAtStreamStart: Bool {
    get { lines.isAtStreamStart }
    set {
      lines.isAtStreamStart = newValue
      // Records of another stream do not count.
      _ = lines.takeHasRead()
      frames.mayTakeComma = !newValue
    }
  }

  /// Whether the next byte begins a line, outside of any record, array or wrapper.
  var isIdle: Bool {
    window.count == 0 && frames.isEmpty && refusal == nil && !frames.lineHasRecord && !lineHasSpace
  }

  mutating func feed(
    _ chunk: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    if hasBacklog { advance(isEnd: false, to: &receiver) }
    var rest = chunk
    while rest.count > 0 {
      if isIdle, let lastBreak = rest.lastOffset(of: .lineFeed, in: 0..<rest.count) {
        let whole = rest.extracting(0..<(lastBreak &+ 1))
        rest = rest.extracting(
          droppingFirst: lines.feed(whole, stopsAtOtherLines: true, to: &receiver))
        if lines.takeHasRead() { frames.mayTakeComma = true }
        if rest.count == 0 { return }
      }
      // Outside of arrays and wrappers, stop after each line: independent lines may follow.
      var size = min(rest.count, Self.pieceSize)
      if frames.isEmpty, refusal == nil {
        size = min(rest.firstOffset(of: .lineFeed, in: 0..<size) &+ 1, size)
      }
      feedWindow(rest.extracting(first: size), to: &receiver)
      rest = rest.extracting(droppingFirst: size)
    }
  }

  /// Reads complete lines while each is one record or blank; returns the offset of the rest.
  mutating func feedIndependentLines(
    _ text: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    lines.feed(text, stopsAtOtherLines: true, to: &receiver)
  }

  mutating func finish(to receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    advance(isEnd: true, to: &receiver)
    if hasBacklog { return }
    if frames.isOpen {
      receiver.sink.reject(
        Span(),
        NormalizationError(.truncated, offset: 0, "the input ends inside an array or a wrapper"),
        at: place)
    }
    if frames.lineHasRecord || lineHasSpace { place.lines &+= 1 }
    if !frames.lineHasRecord, lineHasSpace, frames.isEmpty { receiver.sink.blank() }
    frames.removeAll()
    lineHasSpace = false
    isAtStreamStart = true
  }

  // MARK: The window

  private mutating func feedWindow(
    _ piece: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    window.append(piece)
    if let before = tracker {
      window.withSpan { text in
        _ = tracker?.advance(text, trackedBytes..<text.count)
        trackedBytes = text.count
      }
      let isDecidedNow = tracker?.isDecided != before.isDecided
      // The value's brackets are balanced, but it has an error near its end. After a few more bytes the error
      // is final.
      let isClosed = before.isDecided && !before.endsAtLine
      let endsLine = waitsForLine && piece[piece.count &- 1] == .lineFeed
      if !isDecidedNow, !isClosed, !endsLine, window.count < retrySize,
        window.count <= limit &+ FrameStack.uncertainty
      {
        return
      }
    }
    advance(isEnd: false, to: &receiver)
  }

  /// Reads as much of the window as possible, and removes it.
  private mutating func advance(
    isEnd: Bool, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    var text = OutputBuffer(minimumCapacity: 0)
    swap(&text, &window)
    let size = text.count
    text.append(.lineFeed)
    let end = text.withSpan { advance($0, size: size, isEnd: isEnd, to: &receiver) }
    text.truncate(to: size)
    text.removeFirst(end)
    swap(&text, &window)
  }

  private mutating func advance(
    _ text: Span<UInt8>, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    tracker = nil
    hasBacklog = false
    var position = 0
    if isAtStreamStart, size > 0 {
      if !isEnd, size < 3, text[0] == 0xEF { return 0 }
      if text.startsWithByteOrderMark(at: 0) {
        position = pass(text, 0, to: 3)
        lineHasSpace = true
      }
      lines.isAtStreamStart = false
    }
    while true {
      if position >= Self.portion {
        hasBacklog = true
        return position
      }
      if refusal != nil {
        position = refuse(text, position, size: size, isEnd: isEnd, to: &receiver)
        if refusal != nil { return position }
      }
      position = passSpace(text, position, size: size, to: &receiver)
      if position == size { return position }
      frames.place = place
      switch frames.next(text, position, size: size, isEnd: isEnd, to: &receiver) {
      case .moved(let end):
        if text[position] != .comma || !frames.isEmpty { frames.lineHasRecord = true }
        position = pass(text, position, to: end)
      case .failed(let error):
        var reason = NormalizationError(error, text, in: position..<size, isEnd: isEnd)
        if frames.isEmpty, reason.code == .notJSON, text[position] != .openBrace,
          let hint = RowHint.text(
            for: text, position..<text.firstOffset(of: .lineFeed, in: position..<text.count))
        {
          reason = NormalizationError(.notJSON, offset: reason.offset, hint)
        }
        refusal = Refusal(error: reason, tracker: BracketTracker(isLost: true))
      case .overlong:
        position = pass(text, position, to: frames.valueStart(text, position))
        refusal = Refusal(error: nil, tracker: BracketTracker())
      case .needsMore
      where size &- frames.valueStart(text, position) > limit &+ FrameStack.uncertainty:
        position = pass(text, position, to: frames.valueStart(text, position))
        refusal = Refusal(error: nil, tracker: BracketTracker())
      case .needsMore:
        wait(text, position, size: size)
        return position
      }
    }
  }

  /// Counts the bytes and lines up to `end`; returns `end`.
  private mutating func pass(_ text: Span<UInt8>, _ start: Int, to end: Int) -> Int {
    place.bytes &+= end &- start
    var offset = text.firstOffset(of: .lineFeed, in: start..<end)
    while offset < end {
      place.lines &+= 1
      offset = text.firstOffset(of: .lineFeed, in: (offset &+ 1)..<end)
    }
    return end
  }

  private mutating func passSpace(
    _ text: Span<UInt8>, _ start: Int, size: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    var end = start
    while end < size, text[end].isWhiteSpace {
      if text[end] == .lineFeed {
        if !frames.lineHasRecord, frames.isEmpty { receiver.sink.blank() }
        frames.lineHasRecord = false
        lineHasSpace = false
      } else {
        lineHasSpace = true
      }
      end &+= 1
    }
    return pass(text, start, to: end)
  }

  /// Keeps the rest of the window until more input arrives.
  private mutating func wait(_ text: Span<UInt8>, _ position: Int, size: Int) {
    var tracker = BracketTracker()
    _ = tracker.advance(text, position..<size)
    self.tracker = tracker
    trackedBytes = size &- position
    retrySize = trackedBytes &* 2
    waitsForLine = frames.isEmpty && text[position] != .openBrace
  }

  // MARK: After an error

  /// Skips the refused region and rejects it when its end is found; returns the offset after the
  /// bytes that were skipped.
  private mutating func refuse(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    guard var refused = refusal else { return start }
    refusal = nil
    let end = refused.tracker.advance(text, start..<size)
    let kept = min(end &- start, limit &- refused.raw.count)
    refused.raw.append(copying: text.extracting(start..<(start &+ kept)))
    let tracker = refused.tracker
    guard tracker.isDecided || isEnd else {
      refusal = refused
      return end
    }
    if tracker.textLength > limit {
      receiver.sink.rejectOverlong(tracker.textLength, limit: limit, at: place)
    } else {
      receiver.sink.reject(
        refused.raw.span, 0..<tracker.textLength, Self.error(refused.error, tracker, limit),
        at: place)
    }
    place.bytes &+= tracker.length
    place.lines &+= tracker.lines
    frames.lineHasRecord = tracker.linesBehindText == 0
    lineHasSpace = !frames.lineHasRecord && !tracker.isBehindLine
    if tracker.isDecided, !tracker.endsAtLine {
      frames.endItem()
    } else {
      frames.breakOff()
    }
    if frames.isEmpty, tracker.linesBehindText > 1 {
      for _ in 1..<tracker.linesBehindText { receiver.sink.blank() }
    }
    return end
  }

  /// The error of a refused region. An error after its text means that the text is truncated.
  private static func error(
    _ error: NormalizationError?, _ tracker: BracketTracker, _ limit: Int
  ) -> NormalizationError {
    guard let error else {
      return NormalizationError(.tooLong, offset: 0, "the record is longer than \(limit) bytes")
    }
    if error.code == .truncated, !tracker.endsAtLine {
      return NormalizationError(.truncated, offset: tracker.textLength, error.description)
    }
    guard error.code == .truncated || error.offset > tracker.textLength else { return error }
    return NormalizationError(
      JSONError(.lineBreakInRecord, at: tracker.textLength), recordStart: 0)
  }
}
