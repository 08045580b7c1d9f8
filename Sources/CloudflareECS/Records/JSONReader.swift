/// Finds the records in JSON of whatever shape: objects one after the other, on one line or many; an
/// array of them; and either inside a wrapper, an object that begins with one of a few names.
///
/// Regular lines, one record each, go the short way of `LineReader`. Everything else passes through a
/// window that holds no more than the record at hand. What surrounds the records is kept as frames:
///
///     {"data":{"viewer":{"zones":[{"firewallEventsAdaptive":[ {…}, {…} ]}]}}}
///     wrapper  wrapper   wrappers  wrapper                    records
///
/// After an error, reading resumes at the first line behind the one on which the rejected record
/// began that starts with `{`, so that a cut line never takes the next one with it.
struct JSONReader: ~Copyable {
  struct Frame {
    enum Kind { case records, wrappers, wrapper }
    /// What comes next; `record` and `ignored` are values of a wrapper's member.
    enum Expectation { case firstOrEnd, item, commaOrEnd, record, ignored }
    var kind: Kind
    var expectation = Expectation.firstOrEnd
    /// Whether something was refused inside, maybe with the bracket that closes the frame.
    var isBroken = false
  }

  /// What a step through the window came to.
  enum Step {
    case moved(to: Int)
    case needsMore
    case failed(JSONError)
    /// What begins here is longer than the limit.
    case overlong
  }

  /// Bytes that are refused, while it is sought where reading resumes.
  private struct Refusal {
    /// Why; nil for a record that is longer than the limit.
    var error: NormalizationError?
    var tracker: BracketTracker
    /// The first bytes, as many as may be told.
    var raw: [UInt8] = []
  }

  let limit: Int
  var frames: [Frame] = []
  /// The short way, and the place where the window begins.
  private var lines: LineReader
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// Whether the line at hand has had a record, or part of one.
  var lineHasRecord = false
  /// Whether the line at hand has had white space only.
  private var lineHasSpace = false
  /// Follows the value at the window's start while it is incomplete.
  private var tracker: BracketTracker?
  private var trackedBytes = 0
  /// So many bytes of a value must be there before it is tried again.
  private var retrySize = 0
  /// Whether what is at the window's start can only be told by its line's end.
  private var waitsForLine = false
  private var refusal: Refusal?

  private static let pieceSize = 1 << 16
  /// An error within so many bytes of the end may only mean that the rest has not arrived: an escape
  /// sequence takes up to twelve.
  static let uncertainty = 16

  init(limit: Int) {
    self.limit = limit
    lines = LineReader(limit: limit)
  }

  var place: RecordPlace {
    get { lines.place }
    set { lines.place = newValue }
  }

  var isAtStreamStart: Bool {
    get { lines.isAtStreamStart }
    set { lines.isAtStreamStart = newValue }
  }

  /// Whether the next byte begins a line, outside of everything.
  var isIdle: Bool {
    window.count == 0 && frames.isEmpty && refusal == nil && !lineHasRecord && !lineHasSpace
  }

  mutating func feed(_ chunk: Span<UInt8>, to sink: inout some RecordSink & ~Copyable) {
    var rest = chunk
    while rest.count > 0 {
      if isIdle, let lastBreak = rest.lastOffset(of: .lineFeed, in: 0..<rest.count) {
        let whole = rest.extracting(0..<(lastBreak &+ 1))
        rest = rest.extracting(droppingFirst: lines.feedRegularLines(whole, from: 0, to: &sink))
        if rest.count == 0 { return }
      }
      // A line that was begun ends at its line break: behind it may be regular ones.
      var size = min(rest.count, Self.pieceSize)
      if frames.isEmpty, refusal == nil {
        size = min(rest.firstOffset(of: .lineFeed, in: 0..<size) &+ 1, size)
      }
      feedWindow(rest.extracting(first: size), to: &sink)
      rest = rest.extracting(droppingFirst: size)
    }
  }

  /// Reads whole lines as long as they are regular; returns where it stopped.
  mutating func feedRegularLines(
    _ text: Span<UInt8>, to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    lines.feedRegularLines(text, from: 0, to: &sink)
  }

  mutating func finish(to sink: inout some RecordSink & ~Copyable) {
    advance(isEnd: true, to: &sink)
    if let last = frames.last, !last.isBroken {
      sink.reject(
        Span(),
        NormalizationError(.truncated, offset: 0, "the input ends inside an array or a wrapper"),
        at: place)
    }
    if lineHasRecord || lineHasSpace { place.lines &+= 1 }
    if !lineHasRecord, lineHasSpace, frames.isEmpty { sink.blank() }
    frames.removeAll()
    lineHasRecord = false
    lineHasSpace = false
    isAtStreamStart = true
  }

  // MARK: The window

  private mutating func feedWindow(
    _ piece: Span<UInt8>, to sink: inout some RecordSink & ~Copyable
  ) {
    window.append(piece)
    if let before = tracker {
      window.withSpan { text in
        _ = tracker?.advance(text, trackedBytes..<text.count)
        trackedBytes = text.count
      }
      let isDecidedNow = tracker?.isDecided != before.isDecided
      let endsLine = waitsForLine && piece[piece.count &- 1] == .lineFeed
      if !isDecidedNow, !endsLine, window.count < retrySize,
        window.count <= limit &+ Self.uncertainty
      {
        return
      }
    }
    advance(isEnd: false, to: &sink)
  }

  /// Takes everything out of the window that can be taken.
  private mutating func advance(isEnd: Bool, to sink: inout some RecordSink & ~Copyable) {
    var text = OutputBuffer(minimumCapacity: 0)
    swap(&text, &window)
    let size = text.count
    text.append(.lineFeed)
    let end = text.withSpan { advance($0, size: size, isEnd: isEnd, to: &sink) }
    text.truncate(to: size)
    text.removeFirst(end)
    swap(&text, &window)
  }

  private mutating func advance(
    _ text: Span<UInt8>, size: Int, isEnd: Bool, to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    tracker = nil
    var position = 0
    if isAtStreamStart, size > 0 {
      if !isEnd, size < 3, text[0] == 0xEF { return 0 }
      if text.startsWithByteOrderMark(at: 0) {
        position = pass(text, 0, to: 3)
        lineHasSpace = true
      }
      isAtStreamStart = false
    }
    while true {
      if refusal != nil {
        position = refuse(text, position, size: size, isEnd: isEnd, to: &sink)
        if refusal != nil { return position }
      }
      position = passSpace(text, position, size: size, to: &sink)
      if position == size { return position }
      switch next(text, position, size: size, isEnd: isEnd, to: &sink) {
      case .moved(let end):
        lineHasRecord = true
        position = pass(text, position, to: end)
      case .failed(let error):
        refusal = Refusal(
          error: NormalizationError(error, text, in: position..<size, isCut: isEnd),
          tracker: BracketTracker(isLost: true))
      case .overlong:
        refusal = Refusal(error: nil, tracker: BracketTracker())
      case .needsMore where size &- position > limit &+ Self.uncertainty:
        refusal = Refusal(error: nil, tracker: BracketTracker())
      case .needsMore:
        wait(text, position, size: size)
        return position
      }
    }
  }

  /// Moves over bytes that are done with.
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
    _ text: Span<UInt8>, _ start: Int, size: Int, to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    var end = start
    while end < size, text[end].isWhiteSpace {
      if text[end] == .lineFeed {
        if !lineHasRecord, frames.isEmpty { sink.blank() }
        lineHasRecord = false
        lineHasSpace = false
      } else {
        lineHasSpace = true
      }
      end &+= 1
    }
    return pass(text, start, to: end)
  }

  /// Keeps the rest of the window for when more is there.
  private mutating func wait(_ text: Span<UInt8>, _ position: Int, size: Int) {
    var tracker = BracketTracker()
    _ = tracker.advance(text, position..<size)
    self.tracker = tracker
    trackedBytes = size &- position
    retrySize = trackedBytes &* 2
    waitsForLine = frames.isEmpty && text[position] != .openBrace
  }

  // MARK: After an error

  /// Takes the bytes that are refused, up to where reading resumes; returns the offset behind them.
  private mutating func refuse(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
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
      sink.rejectOverlong(tracker.textLength, limit: limit, at: place)
    } else {
      sink.reject(
        refused.raw.span, 0..<tracker.textLength, Self.error(refused.error, tracker, limit),
        at: place)
    }
    place.bytes &+= tracker.length
    place.lines &+= tracker.lines
    lineHasRecord = tracker.linesBehindText == 0
    lineHasSpace = !lineHasRecord && !tracker.isBehindLine
    if tracker.isDecided, !tracker.endsAtLine {
      endItem()
    } else {
      breakFrames()
    }
    if frames.isEmpty, tracker.linesBehindText > 1 {
      for _ in 1..<tracker.linesBehindText { sink.blank() }
    }
    return end
  }

  /// Why a region is refused: an error behind its text means that the text is cut.
  private static func error(
    _ error: NormalizationError?, _ tracker: BracketTracker, _ limit: Int
  ) -> NormalizationError {
    guard let error else {
      return NormalizationError(.tooLong, offset: 0, "the record goes on beyond \(limit) bytes")
    }
    if error.code == .truncated, !tracker.endsAtLine {
      return NormalizationError(.truncated, offset: tracker.textLength, error.description)
    }
    guard error.code == .truncated || error.offset > tracker.textLength else { return error }
    return NormalizationError(
      JSONError(.lineBreakInRecord, at: tracker.textLength), recordStart: 0)
  }

  /// Goes back to the innermost array of records: what was refused may have closed it, or not.
  private mutating func breakFrames() {
    while let last = frames.last, last.kind != .records { frames.removeLast() }
    for index in frames.indices { frames[index].isBroken = true }
    if !frames.isEmpty { frames[frames.count - 1].expectation = .item }
  }

  /// Notes that an item of the frame at hand has ended.
  mutating func endItem() {
    lineHasRecord = true
    if !frames.isEmpty { frames[frames.count - 1].expectation = .commaOrEnd }
  }
}
