/// Reads a feed in chunks of any size. Its form is detected from the content: ``IndicatorFeed/Form`` lists them.
///
///     var set = IndicatorSet()
///     var feed = IndicatorFeed(name: "feed.csv")
///     feed.read(bytes.span, into: &set)
///     let report = feed.finish(into: &set)
///     report.text      // "feed.csv: 3,201 indicators (2,900 IPv4, 301 domains), 12 rows not supported"
///
/// Only the current object or line is held in memory.
public struct IndicatorFeed: ~Copyable, Sendable {
  private enum Syntax { case undecided, json, lines, other }

  /// The maximum length of an object, 16 MiB. Longer ones count as unsupported.
  static let longestObject = RecordLimit.standard

  /// After more white space than this a feed is text.
  private static let longestSpace = 1 << 16

  private var syntax = Syntax.undecided
  private var isEmpty = true
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// The size of the window at which an incomplete line is tried again.
  private var retrySize = 0
  private var splitter = FeedSplitter()
  private var objects = FeedObjectReader()
  private var lines = FeedLineReader()
  private var loader: FeedLoader

  /// Makes a reader for one feed.
  /// - Parameters:
  ///   - name: its name, such as the path of its file. Alerts name what follows the last slash.
  ///   - now: the time at which the run began. Indicators that had expired then are counted.
  public init(name: String? = nil, at now: Timestamp? = nil) {
    loader = FeedLoader(name: name, now: now)
  }

  /// Whether the set is full. Nothing more of the feed is read then.
  public var isTooLarge: Bool { loader.report.isTooLarge }

  /// Reads the next chunk.
  public mutating func read(_ chunk: Span<UInt8>, into set: inout IndicatorSet) {
    if isTooLarge || syntax == .other { return }
    var rest = chunk
    while rest.count > 0 {
      let piece = rest.extracting(first: min(rest.count, 1 << 18))
      rest = rest.extracting(droppingFirst: piece.count)
      window.append(piece)
      if window.count >= retrySize { advance(isEnd: false, into: &set) }
    }
  }

  /// Reads the rest at the end of the feed. Returns a report on the whole feed, and adds it to the set's
  /// ``IndicatorSet/feeds``.
  /// - Parameters:
  ///   - set: takes the indicators.
  ///   - fault: why the feed could not be read to its end, if so.
  @discardableResult
  public mutating func finish(into set: inout IndicatorSet, fault: String? = nil) -> Report {
    loader.report.fault = fault
    advance(isEnd: true, into: &set)
    if loader.report.loaded == 0 { loader.report.appearance = appearance }
    set.feeds.append(loader.report)
    return loader.report
  }

  private mutating func advance(isEnd: Bool, into set: inout IndicatorSet) {
    if syntax == .undecided { decide(isEnd: isEnd) }
    switch syntax {
    case .undecided, .other: break
    case .json: readObjects(isEnd: isEnd, into: &set)
    case .lines: readLines(isEnd: isEnd, into: &set)
    }
  }

  /// Decides the syntax as soon as the first bytes are there.
  private mutating func decide(isEnd: Bool) {
    let (syntax, format) = window.withSpan { text in
      var start = text.startsWithByteOrderMark(at: 0) ? 3 : 0
      if text.count < 3, !isEnd { return (Syntax.undecided, OtherFormat?.none) }
      while start < text.count, text[start].isWhiteSpace { start += 1 }
      if let format = OtherFormat(text) { return (.other, format) }
      if !isEnd, text.count < 1024, OtherFormat.mayFollow(text) { return (.undecided, nil) }
      guard start < text.count else {
        return (text.count < Self.longestSpace ? .undecided : .lines, nil)
      }
      if text[start] == .openBrace { return (.json, nil) }
      guard text[start] == .openBracket else { return (.lines, nil) }
      // An address in brackets is text.
      var next = start + 1
      while next < text.count, text[next].isWhiteSpace { next += 1 }
      guard next < text.count else { return (isEnd ? .lines : .undecided, nil) }
      let isJSON = [.openBrace, .openBracket, .closeBracket, .quote].contains(text[next])
      return (isJSON ? .json : .lines, nil)
    }
    if let format { loader.report.appearance = format.name }
    self.syntax = syntax
    if syntax != .undecided { isEmpty = false }
    if syntax == .other { window.removeAll() }
    // Lines are counted from the start of the feed, so only a byte order mark is removed.
    if syntax == .lines || syntax == .json {
      let hasMark = window.withSpan { $0.startsWithByteOrderMark(at: 0) }
      if hasMark { window.removeFirst(3) }
    }
  }

  private mutating func readObjects(isEnd: Bool, into set: inout IndicatorSet) {
    var buffer = OutputBuffer(minimumCapacity: 0)
    swap(&buffer, &window)
    buffer.withSpan { text in
      while let element = splitter.next(text, isEnd: isEnd), !isTooLarge {
        switch element {
        case .object(let range): objects.read(text, range, by: &loader, into: &set)
        case .string(let range):
          let value = String(unescaping: text, (range.lowerBound + 1)..<(range.upperBound - 1)).utf8
          if !loader.load(value.span, 0..<value.count, into: &set) {
            loader.report.unsupported.add(text, range)
          }
        case .fault(let range): loader.report.unsupported.add(text, range, after: "not JSON: ")
        }
      }
    }
    if isEnd, splitter.isCut {
      loader.report.unsupported.add("the end of the feed is missing")
    }
    let unneeded = splitter.unneeded
    buffer.removeFirst(unneeded)
    splitter.forget(unneeded)
    if buffer.count > Self.longestObject {
      loader.report.unsupported.add("an object of more than 16 MiB")
      splitter.abandon()
      buffer.removeFirst(splitter.unneeded)
      splitter.forget(splitter.unneeded)
    }
    swap(&buffer, &window)
  }

  private mutating func readLines(isEnd: Bool, into set: inout IndicatorSet) {
    var buffer = OutputBuffer(minimumCapacity: 0)
    swap(&buffer, &window)
    let size = buffer.count
    buffer.append(.lineFeed)
    let done = buffer.withSpan { text in
      lines.read(text, size: size, isEnd: isEnd, by: &loader, into: &set)
    }
    buffer.truncate(to: size)
    buffer.removeFirst(done)
    retrySize = isEnd || buffer.count < 1 << 12 ? 0 : buffer.count * 2
    swap(&buffer, &window)
  }

  /// What a feed without indicators looks like, if that is known.
  private var appearance: String? {
    if let known = loader.report.appearance { return known }
    if isEmpty { return loader.report.fault == nil ? "empty" : nil }
    guard let other = objects.other, !other.isEmpty else { return nil }
    do throws(NormalizationError) {
      _ = try FirewallEvent(json: other)
      return "a log of firewall events"
    } catch {
      return error.code == .wrongDataset ? error.description : nil
    }
  }
}

extension IndicatorSet {
  /// Loads a whole feed, in any form that ``IndicatorFeed`` reads.
  @discardableResult
  public mutating func load(text: String, name: String? = nil) -> IndicatorFeed.Report {
    var feed = IndicatorFeed(name: name)
    feed.read(text.utf8.span, into: &self)
    return feed.finish(into: &self)
  }
}
