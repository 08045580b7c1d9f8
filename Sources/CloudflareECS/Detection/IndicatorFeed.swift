/// Reads a feed in chunks of any size. Its form (JSON, CSV or text) is detected from the content.
///
///     var set = IndicatorSet()
///     var feed = IndicatorFeed()
///     feed.read(bytes.span, into: &set)
///     feed.finish(into: &set)
///
/// - JSON: STIX 2.1 objects in a bundle, in an array, in `{"items":[…]}`, or one after the other.
/// - CSV: a header with `type` and `value`, and optionally `id`, `description`, `confidence`,
///   `provider`, `valid_from`, `valid_until`, `labels`.
/// - Text: one observable per line; lines that begin with `#` are comments.
///
/// Only the current object or line is held in memory.
///
/// [STIX 2.1](https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html)
public struct IndicatorFeed: ~Copyable, Sendable {
  private enum Form { case undecided, json, csv, text }

  /// The maximum length of a line or object, 16 MiB. Longer ones count as unsupported.
  static let maximumLength = RecordLimit.standard

  private var form = Form.undecided
  private var isAtStart = true
  private var window = OutputBuffer(minimumCapacity: 4096)
  private var splitter = STIXSplitter()
  private var stix = STIXReader()
  private var rows = IndicatorRows()
  /// Whether the rest of the current line is skipped, because it is too long.
  private var skipsLine = false

  /// Makes a reader for one feed.
  public init() {}

  /// Reads the next chunk.
  public mutating func read(_ chunk: Span<UInt8>, into set: inout IndicatorSet) {
    window.append(chunk)
    advance(isEnd: false, into: &set)
  }

  /// Reads the rest at the end of the feed.
  public mutating func finish(into set: inout IndicatorSet) {
    window.append(.lineFeed)
    advance(isEnd: true, into: &set)
    if form == .json, splitter.isInside {
      set.unsupported.add("an object that is cut off at the end of the feed")
    }
  }

  private mutating func advance(isEnd: Bool, into set: inout IndicatorSet) {
    if form == .undecided { decide(isEnd: isEnd) }
    switch form {
    case .undecided: break
    case .json: readObjects(into: &set)
    case .csv, .text: readLines(into: &set)
    }
  }

  private mutating func decide(isEnd: Bool) {
    if isAtStart {
      // A byte order mark may be split between chunks.
      guard window.count >= 3 || isEnd else { return }
      if window.withSpan({ $0.startsWithByteOrderMark(at: 0) }) { window.removeFirst(3) }
      isAtStart = false
    }
    var buffer = OutputBuffer(minimumCapacity: 0)
    swap(&buffer, &window)
    form = buffer.withSpan { text in
      var start = 0
      while start < text.count, text[start].isWhiteSpace { start += 1 }
      guard start < text.count else { return .undecided }
      if text[start] == .openBrace || text[start] == .openBracket { return .json }
      let end = text.firstOffset(of: .lineFeed, in: start..<text.count)
      guard end < text.count || isEnd || text.count > Self.maximumLength else { return .undecided }
      return rows.readHeader(text, start..<end) ? .csv : .text
    }
    swap(&buffer, &window)
    // Remove the header.
    if form == .csv {
      var end = window.withSpan { text in
        var start = 0
        while start < text.count, text[start].isWhiteSpace { start += 1 }
        return text.firstOffset(of: .lineFeed, in: start..<text.count)
      }
      end = min(end + 1, window.count)
      window.removeFirst(end)
    }
  }

  private mutating func readObjects(into set: inout IndicatorSet) {
    var buffer = OutputBuffer(minimumCapacity: 0)
    swap(&buffer, &window)
    let kept = buffer.withSpan { text in
      splitter.advance(text) { range in stix.read(text, range, into: &set) }
    }
    buffer.removeFirst(kept)
    splitter.forget(kept)
    if buffer.count > Self.maximumLength {
      set.unsupported.add("an object of more than 16 MiB")
      buffer.removeFirst(splitter.abandonObject())
    }
    swap(&buffer, &window)
  }

  private mutating func readLines(into set: inout IndicatorSet) {
    var buffer = OutputBuffer(minimumCapacity: 0)
    swap(&buffer, &window)
    let done = buffer.withSpan { text in
      var start = 0
      while true {
        let end = text.firstOffset(of: .lineFeed, in: start..<text.count)
        guard end < text.count else { return start }
        if skipsLine {
          skipsLine = false
        } else {
          rows.read(text, start..<end, isCSV: form == .csv, into: &set)
        }
        start = end + 1
      }
    }
    buffer.removeFirst(done)
    if buffer.count > Self.maximumLength {
      if !skipsLine { set.unsupported.add("a line of more than 16 MiB") }
      skipsLine = true
      buffer.removeAll()
    }
    swap(&buffer, &window)
  }
}

extension IndicatorSet {
  /// Loads a whole feed, in any form that ``IndicatorFeed`` reads.
  public mutating func load(text: String) {
    var feed = IndicatorFeed()
    feed.read(text.utf8.span, into: &self)
    feed.finish(into: &self)
  }
}
