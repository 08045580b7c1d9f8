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
    enum Expectation { case firstOrEnd, item, commaOrEnd }
    var kind: Kind
    var expectation = Expectation.firstOrEnd
  }

  /// What a step through the window came to.
  enum Step {
    case moved(to: Int)
    case needsMore
    case failed(JSONError)
  }

  /// First members that make an object a wrapper.
  static let wrapperNames = ["events", "result", "data", "info", "success", "errors"]

  let limit: Int
  var frames: [Frame] = []
  /// The short way, and the place where the window begins.
  private var lines: LineReader
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// Whether the line at hand has had a record.
  var lineHasRecord = false
  /// Whether the line at hand has had white space only.
  private var lineHasSpace = false
  /// Follows the record at the window's start while it is incomplete.
  private var tracker: BracketTracker?
  private var trackedBytes = 0
  /// So many bytes of a record must be there before it is tried again.
  private var retrySize = 0
  /// Why the bytes at the window's start are refused, until it is known where reading resumes.
  private var failure: NormalizationError?
  private var searchedBytes = 0
  /// Bytes of a record that is longer than the limit, while its end is sought.
  private var overlong = 0

  private static let pieceSize = 1 << 16

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
    window.count == 0 && frames.isEmpty && failure == nil && overlong == 0 && !lineHasRecord
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
      if frames.isEmpty, failure == nil {
        size = min(size, rest.firstOffset(of: .lineFeed, in: 0..<size) &+ 1, rest.count)
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
    if overlong > 0 {
      sink.rejectOverlong(overlong, limit: limit, at: place)
      place.bytes &+= overlong
      overlong = 0
    }
    advance(isEnd: true, to: &sink)
    if !frames.isEmpty {
      sink.reject(
        Span(),
        NormalizationError(.truncated, offset: 0, "the input ends inside an array or a wrapper"),
        at: place)
    }
    if lineHasRecord {
      place.lines &+= 1
    } else if lineHasSpace {
      sink.blank()
      place.lines &+= 1
    }
    frames.removeAll()
    lineHasRecord = false
    lineHasSpace = false
    isAtStreamStart = true
  }

  // MARK: The window

  private mutating func feedWindow(
    _ piece: Span<UInt8>, to sink: inout some RecordSink & ~Copyable
  ) {
    var piece = piece
    if overlong > 0 {
      let end = tracker?.advance(piece, 0..<piece.count) ?? 0
      overlong &+= end
      guard tracker?.isDecided ?? true else { return }
      sink.rejectOverlong(overlong, limit: limit, at: place)
      place.bytes &+= overlong
      overlong = 0
      tracker = nil
      endItem()
      piece = piece.extracting(droppingFirst: end)
    }
    window.append(piece)
    if tracker != nil {
      window.withSpan { text in
        _ = tracker?.advance(text, trackedBytes..<text.count)
        trackedBytes = text.count
      }
      if tracker?.isDecided == false, window.count < retrySize, window.count <= limit { return }
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
    var position = 0
    if isAtStreamStart, size > 0 {
      if !isEnd, size < 3, text[0] == 0xEF { return 0 }
      if text.startsWithByteOrderMark(at: 0) { position = pass(text, 0, to: 3) }
      isAtStreamStart = false
    }
    while true {
      if failure != nil {
        guard let next = resume(text, from: position, size: size, isEnd: isEnd, to: &sink) else {
          return position
        }
        position = next
      }
      position = passSpace(text, position, size: size, to: &sink)
      if position == size { return position }
      switch next(text, position, size: size, isEnd: isEnd, to: &sink) {
      case .moved(let end):
        tracker = nil
        position = pass(text, position, to: end)
      case .failed(let error):
        tracker = nil
        failure = NormalizationError(error, text, in: position..<size, isCut: isEnd)
        searchedBytes = 0
      case .needsMore:
        return wait(text, position, size: size)
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

  /// Keeps the rest of the window for when more is there, unless it is too much already.
  private mutating func wait(_ text: Span<UInt8>, _ position: Int, size: Int) -> Int {
    let rest = size &- position
    if tracker == nil {
      tracker = BracketTracker()
      _ = tracker?.advance(text, position..<size)
    }
    trackedBytes = rest
    retrySize = rest &* 2
    guard rest > limit else { return position }
    overlong = rest
    return size
  }

  // MARK: After an error

  /// Seeks the line where reading resumes and rejects what lies before it; nil if it is not there yet.
  private mutating func resume(
    _ text: Span<UInt8>, from start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Int? {
    guard let error = failure else { return start }
    var end = start &+ searchedBytes
    while true {
      end = text.firstOffset(of: .lineFeed, in: end..<size)
      if end &+ 1 >= size { break }
      end &+= 1
      if text[end] == .openBrace { return reject(text, start..<end, error, to: &sink) }
    }
    if isEnd || size &- start > limit {
      let end = reject(text, start..<size, error, to: &sink)
      // What follows up to the next record is as little one; it is rejected on its own.
      if !isEnd { failure = NormalizationError(.notJSON, offset: 0, "not JSON: follows the above") }
      searchedBytes = 0
      return end
    }
    searchedBytes = end &- start
    return nil
  }

  private mutating func reject(
    _ text: Span<UInt8>, _ region: Range<Int>, _ error: NormalizationError,
    to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    var end = region.upperBound
    while end > region.lowerBound, text[end &- 1].isWhiteSpace { end &-= 1 }
    if end > region.lowerBound { sink.reject(text, region.lowerBound..<end, error, at: place) }
    failure = nil
    lineHasRecord = text[region.upperBound &- 1] != .lineFeed
    if frames.last?.kind == .records {
      frames[frames.count - 1].expectation = .item
    } else {
      frames.removeAll()
    }
    return pass(text, region.lowerBound, to: region.upperBound)
  }

  /// Notes that an item of the frame at hand has ended.
  mutating func endItem() {
    lineHasRecord = true
    if !frames.isEmpty { frames[frames.count - 1].expectation = .commaOrEnd }
  }
}
