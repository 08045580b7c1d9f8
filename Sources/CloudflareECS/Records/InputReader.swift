/// Finds the records of a stream in any form. It detects the form from the first bytes, and passes
/// the stream on to the reader for that form.
struct InputReader: ~Copyable {
  private enum Form { case undecided, lines, json, rows, other }

  private let format: InputFormat
  private let limit: Int
  private var form = Form.undecided
  private var lines: LineReader
  private var json: JSONReader
  private var rows: RowReader
  /// The first bytes, until they decide the form.
  private var head = OutputBuffer(minimumCapacity: 256)
  /// The bytes of the stream that were passed to this reader, with those of a record that is not complete yet.
  private(set) var bytesFed = 0

  init(_ format: InputFormat, limit: Int) {
    self.format = format
    self.limit = limit
    lines = LineReader(limit: limit)
    json = JSONReader(limit: limit)
    switch format {
    case .csv(let columns, let delimiter), .detected(let columns, let delimiter):
      rows = RowReader(limit: limit, columns: columns, delimiter: delimiter)
    case .ndjson, .json:
      rows = RowReader(limit: limit, columns: nil, delimiter: nil)
    }
  }

  /// The form, if it is given.
  private var givenForm: Form? {
    switch format {
    case .detected: nil
    case .ndjson: .lines
    case .json: .json
    case .csv: .rows
    }
  }

  /// The form, or what it is taken for as long as it is undecided.
  private var currentForm: Form { form == .undecided ? givenForm ?? .json : form }

  /// The lines and bytes of the stream that have been read.
  var place: RecordPlace {
    get {
      switch currentForm {
      case .undecided, .json, .other: json.place
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

  /// Whether the input ended with a read error. Set it before `finish`, which resets it.
  var isCut: Bool {
    get { rows.isCut }
    set { rows.isCut = newValue }
  }

  /// Whether the next byte begins a line that does not depend on anything before it.
  var isIdle: Bool {
    switch form {
    case .undecided: head.count == 0 && givenForm != .rows
    case .lines: lines.isEmpty
    case .json: json.isIdle
    case .rows, .other: false
    }
  }

  /// Whether records are left that can be read. If so, feed an empty chunk, or finish again, until
  /// none are left.
  var hasBacklog: Bool { rows.hasBacklog || json.hasBacklog }

  /// Reads complete lines while none depends on another, and keeps nothing; returns the offset of
  /// the rest.
  mutating func feedIndependentLines(
    _ text: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    if form == .undecided, isAtStreamStart {
      if !Self.beginsWithObject(text) || OtherFormat(text) != nil { return 0 }
    }
    switch currentForm {
    case .lines:
      _ = lines.feed(text, to: &receiver)
      bytesFed &+= text.count
      return text.count
    case .json:
      let done = json.feedIndependentLines(text, to: &receiver)
      bytesFed &+= done
      return done
    case .rows, .other, .undecided: return 0
    }
  }

  /// Continues after independent lines that another reader has read.
  mutating func resume(at place: RecordPlace) {
    form = currentForm
    self.place = place
    bytesFed = place.bytes
    isAtStreamStart = false
  }

  /// Begins another stream: lines and bytes count from its start.
  mutating func beginStream() {
    place = RecordPlace(lines: 0, bytes: 0)
    bytesFed = 0
    isAtStreamStart = true
  }

  /// Passes a chunk to the reader of the input's form, which is detected from the first bytes if it is not given.
  mutating func feed(
    _ chunk: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    if chunk.count > RecordLimit.largest {
      // A `JSONSlice` has 32-bit offsets.
      feed(chunk.extracting(first: RecordLimit.largest), to: &receiver)
      return feed(chunk.extracting(droppingFirst: RecordLimit.largest), to: &receiver)
    }
    bytesFed &+= chunk.count
    switch form {
    case .lines: _ = lines.feed(chunk, to: &receiver)
    case .json: json.feed(chunk, to: &receiver)
    case .rows: rows.feed(chunk, to: &receiver)
    case .other: passOver(chunk)
    case .undecided:
      head.append(chunk)
      decide(isEnd: false, &receiver)
      if form != .undecided { feedHead(to: &receiver) }
    }
  }

  mutating func finish(to receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    if form == .undecided {
      decide(isEnd: true, &receiver)
      feedHead(to: &receiver)
    }
    switch form {
    case .lines: lines.finish(to: &receiver)
    case .json, .undecided: json.finish(to: &receiver)
    case .rows: rows.finish(to: &receiver)
    case .other: isAtStreamStart = true
    }
    if hasBacklog { return }
    isCut = false
    // The getter asks the current reader; the setter tells all three.
    let place = self.place
    self.place = place
    form = .undecided
  }

  private mutating func feedHead(to receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    var bytes = OutputBuffer(minimumCapacity: 256)
    swap(&bytes, &head)
    // They were counted when they came.
    bytesFed &-= bytes.count
    bytes.withSpan { feed($0, to: &receiver) }
  }

  /// Counts the bytes and lines of a file in another format, which is not read.
  private mutating func passOver(_ chunk: Span<UInt8>) {
    json.place.bytes &+= chunk.count
    for offset in 0..<chunk.count where chunk[offset] == .lineFeed { json.place.lines &+= 1 }
  }

  /// Detects the form, unless it is given. Rejects a file in another format.
  private mutating func decide(
    isEnd: Bool, _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    let other = head.withSpan { isAtStreamStart ? OtherFormat($0) : nil }
    if let other {
      form = .other
      receiver.sink.reject(Span(), other.error, at: place)
    } else if !isEnd, isAtStreamStart, head.withSpan({ OtherFormat.mayFollow($0) }) {
      form = .undecided
    } else {
      form = givenForm ?? head.withSpan { detectedForm($0, isEnd: isEnd) }
    }
  }

  /// JSON if the text begins with `{` or `[`, rows if the first line is a header with a known field.
  /// Anything else goes to the JSON reader, which rejects it and continues.
  private func detectedForm(_ text: Span<UInt8>, isEnd: Bool) -> Form {
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
    if RowReader.givenSeparator(text, line) != nil { return true }
    let cells = String(text, line).unicodeScalars.split(separator: Unicode.Scalar(delimiter))
    let names = cells.map { cell in
      String(cell.filter { $0 != "\"" && !$0.properties.isWhitespace })
    }
    return names.contains { FoldedNames.listed.find($0) != nil }
      || names.count > 1 && names.contains(where: DatasetNames.shared.hasField)
  }
}
