/// Finds the records of a stream in any form. It detects the form from the first bytes, and passes
/// the stream on to the reader for that form.
struct InputReader: ~Copyable {
  private enum Form { case undecided, lines, json, rows }

  private let format: InputFormat
  private let limit: Int
  private var form: Form
  private var lines: LineReader
  private var json: JSONReader
  private var rows: RowReader
  /// The first bytes, until they decide the form.
  private var head = OutputBuffer(minimumCapacity: 256)

  init(_ format: InputFormat, limit: Int) {
    self.format = format
    self.limit = limit
    form = Self.form(of: format)
    lines = LineReader(limit: limit)
    json = JSONReader(limit: limit)
    switch format {
    case .csv(let columns, let delimiter), .detected(let columns, let delimiter):
      rows = RowReader(limit: limit, columns: columns, delimiter: delimiter)
    case .ndjson, .json:
      rows = RowReader(limit: limit, columns: nil, delimiter: nil)
    }
  }

  private static func form(of format: InputFormat) -> Form {
    switch format {
    case .detected: .undecided
    case .ndjson: .lines
    case .json: .json
    case .csv: .rows
    }
  }

  /// The lines and bytes of the stream that have been read.
  var place: RecordPlace {
    get {
      switch form {
      case .undecided, .json: json.place
      case .lines: lines.place
      case .rows: rows.place
      }
    }
    set {
      lines.place = newValue
      json.place = newValue
      rows.place = newValue
    }
  }

  var isAtStreamStart: Bool {
    get { lines.isAtStreamStart && json.isAtStreamStart && rows.isAtStreamStart }
    set {
      lines.isAtStreamStart = newValue
      json.isAtStreamStart = newValue
      rows.isAtStreamStart = newValue
    }
  }

  /// Whether the next byte begins a line that does not depend on anything before it.
  var isIdle: Bool {
    switch form {
    case .undecided: head.count == 0
    case .lines: lines.isEmpty
    case .json: json.isIdle
    case .rows: false
    }
  }

  /// Whether records are left that can be read. If so, feed an empty chunk, or finish again, until
  /// none are left.
  var hasBacklog: Bool { rows.hasBacklog }

  /// Reads complete lines while none depends on another, and keeps nothing; returns the offset of
  /// the rest.
  mutating func feedIndependentLines(
    _ text: Span<UInt8>, to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    switch form {
    case .lines:
      lines.feed(text, to: &sink)
      return text.count
    case .undecided where isAtStreamStart && !Self.beginsWithObject(text): return 0
    case .undecided, .json: return json.feedRegularLines(text, to: &sink)
    case .rows: return 0
    }
  }

  /// Continues after independent lines that another reader has read.
  mutating func resume(at place: RecordPlace) {
    if form == .undecided { form = .json }
    self.place = place
    isAtStreamStart = false
  }

  mutating func feed(_ chunk: Span<UInt8>, to sink: inout some RecordSink & ~Copyable) {
    // A `JSONSlice` has 32-bit offsets.
    var rest = chunk
    while rest.count > RecordLimit.largest {
      feedPiece(rest.extracting(first: RecordLimit.largest), to: &sink)
      rest = rest.extracting(droppingFirst: RecordLimit.largest)
    }
    feedPiece(rest, to: &sink)
  }

  private mutating func feedPiece(
    _ chunk: Span<UInt8>, to sink: inout some RecordSink & ~Copyable
  ) {
    switch form {
    case .lines: lines.feed(chunk, to: &sink)
    case .json: json.feed(chunk, to: &sink)
    case .rows: rows.feed(chunk, to: &sink)
    case .undecided:
      head.append(chunk)
      decide(isEnd: false)
      if form != .undecided { feedHead(to: &sink) }
    }
  }

  mutating func finish(to sink: inout some RecordSink & ~Copyable) {
    if form == .undecided {
      decide(isEnd: true)
      feedHead(to: &sink)
    }
    switch form {
    case .lines: lines.finish(to: &sink)
    case .json, .undecided: json.finish(to: &sink)
    case .rows: rows.finish(to: &sink)
    }
    if hasBacklog { return }
    // The other readers go on from here.
    let place = self.place
    self.place = place
    form = Self.form(of: format)
  }

  private mutating func feedHead(to sink: inout some RecordSink & ~Copyable) {
    var bytes = OutputBuffer(minimumCapacity: 256)
    swap(&bytes, &head)
    bytes.withSpan { feedPiece($0, to: &sink) }
  }

  /// Detects the form: JSON if the text begins with `{` or `[`, rows if the first line is a header
  /// with a known field. Anything else goes to the JSON reader, which rejects it and continues.
  private mutating func decide(isEnd: Bool) {
    form = head.withSpan { text in
      let start = Self.firstByte(text)
      if start == text.count {
        return isEnd || text.count > RowReader.longestHeader ? .json : .undecided
      }
      if text[start] == .openBrace || text[start] == .openBracket { return .json }
      let limit = min(start &+ RowReader.longestHeader, text.count)
      let end = text.firstOffset(of: .lineFeed, in: start..<limit)
      if end == text.count, !isEnd, limit == text.count, end &- start < RowReader.longestHeader {
        return .undecided
      }
      return isHeader(text, start..<end) ? .rows : .json
    }
  }

  private static func firstByte(_ text: Span<UInt8>) -> Int {
    var start = text.startsWithByteOrderMark(at: 0) ? 3 : 0
    while start < text.count, text[start].isWhiteSpace { start &+= 1 }
    return start
  }

  private static func beginsWithObject(_ text: Span<UInt8>) -> Bool {
    let start = firstByte(text)
    return start < text.count && text[start] == .openBrace
  }

  /// Whether a first line begins rows: columns are given and it is not Cloudflare's test of a
  /// destination, or it names a field of firewall events or of another dataset.
  private func isHeader(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var delimiter = RowReader.delimiter(text, line)
    if case .detected(let columns, let given) = format {
      var end = line.upperBound
      while text[end &- 1].isWhiteSpace { end &-= 1 }
      if columns != nil { return !RecordKind.isTestBody(text, line.lowerBound..<end) }
      delimiter = given ?? delimiter
    }
    guard text.firstInvalidUTF8(in: line) == nil else { return false }
    let cells = String(text, line).unicodeScalars.split(separator: Unicode.Scalar(delimiter))
    return cells.contains { cell in
      let name = String(cell.filter { $0 != "\"" && !$0.properties.isWhitespace })
      return CloudflareField.all.contains { $0.name == name || $0.graphQLName == name }
        || RecordKind.dataset(of: name) != nil
    }
  }
}
