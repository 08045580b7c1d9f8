/// Finds the records of CSV and TSV (RFC 4180): rows of cells. The first row is a header with the
/// names of the columns unless they are given.
///
/// A quoted cell may contain delimiters, line breaks and doubled quotes. A row may end with one
/// extra empty cell; missing cells at its end are absent fields.
struct RowReader: ~Copyable {
  private let limit: Int
  private let given: (columns: [String]?, delimiter: UInt8?)
  /// The names of the columns, and what separates cells. The names are those of the last header, or the given ones; there are
  /// none before the first header. A header that names no field is kept until another row follows: it may be data.
  private var header:
    (columns: [String], separator: UInt8, onlyRow: (text: [UInt8], place: RecordPlace)?)
  var place = RecordPlace(lines: 0, bytes: 0)
  var isAtStreamStart = true
  /// Whether the input ended with a read error. Its last row may then be incomplete.
  var isCut = false
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// The tracker follows the incomplete row at the window's start. Before the first row there is none; then the window is
  /// searched for the row again when it has the retry size.
  private var search: (tracker: QuoteTracker?, retrySize: Int) = (nil, 0)
  /// The cells of the current row.
  private var row = RowCells()
  /// The bytes so far of a row that is longer than the limit, until its line ends; otherwise 0.
  private var overlong = 0
  /// Whether the window still has rows that can be read. An unclosed quote can fill the window, and
  /// then gives many rows at once: each call reads at most `portion` bytes of them, so that the
  /// caller can pass on their documents in between.
  private(set) var hasBacklog = false
  /// The last byte that was read.
  private var lastByte = UInt8.lineFeed

  /// The longest header, in bytes.
  static let longestHeader = 1 << 16

  private static let pieceSize = 1 << 16
  private static let portion = 4 * pieceSize

  init(limit: Int, columns: [String]?, delimiter: UInt8?) {
    self.limit = limit
    given = (columns, delimiter)
    header = ([], delimiter ?? .comma, nil)
  }

  private var columnCount: Int { header.columns.count }

  mutating func feed(
    _ chunk: Span<UInt8>, to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    if hasBacklog { advance(isEnd: false, to: &receiver) }
    var rest = chunk
    while rest.count > 0 {
      let piece = rest.extracting(first: min(rest.count, Self.pieceSize))
      rest = rest.extracting(droppingFirst: piece.count)
      window.append(piece)
      search.tracker?.advance(piece, 0..<piece.count)
      let mayHaveRow = search.tracker?.hasRowEnd ?? mayBegin(piece)
      if mayHaveRow || hasBacklog || overlong > 0 || window.count >= limit &+ 2 {
        advance(isEnd: false, to: &receiver)
      }
    }
  }

  /// Whether the window may contain the whole first row after a piece was added.
  private func mayBegin(_ piece: Span<UInt8>) -> Bool {
    window.count >= search.retrySize
      || window.count < 1 << 20 && piece[piece.count &- 1] == .lineFeed
  }

  mutating func finish(to receiver: inout ParserAndSink<some RecordSink & ~Copyable>) {
    advance(isEnd: true, to: &receiver)
    if hasBacklog { return }
    if let row = header.onlyRow {
      receiver.sink.reject(
        row.text.span, row.text.indices,
        NormalizationError(
          .notAFirewallEvent, offset: 0,
          "the only row names no field of a firewall event: name the columns with --fields"),
        at: row.place)
      header.onlyRow = nil
    }
    if lastByte != .lineFeed { place.lines &+= 1 }
    lastByte = .lineFeed
    isAtStreamStart = true
    isCut = false
    header.columns = []
    receiver.parser.setColumns([])
    search.tracker = nil
    search.retrySize = 0
  }

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
    if isAtStreamStart {
      search.retrySize = text.count &* 2
    } else {
      search.tracker = QuoteTracker(separator: header.separator)
      text.withSpan { search.tracker?.advance($0, 0..<$0.count) }
    }
    swap(&text, &window)
  }

  private mutating func advance(
    _ text: Span<UInt8>, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    var position = 0
    if isAtStreamStart {
      guard let start = begin(text, size: size, isEnd: isEnd, to: &receiver) else { return 0 }
      position = start
    }
    hasBacklog = false
    while position < size || isEnd && overlong > 0 {
      if position >= Self.portion {
        hasBacklog = true
        break
      }
      if overlong > 0 {
        position = passOverlong(text, position, size: size, isEnd: isEnd, to: &receiver)
        continue
      }
      switch readRow(text, position, size: size, isEnd: isEnd) {
      case .whole(let end, let next):
        if isCut, isEnd, next > size {
          let error = NormalizationError(
            .truncated, offset: end &- position, "the input could not be read to the row's end")
          receiver.sink.reject(text, position..<end, error, at: place)
        } else if takeHeader(text, position, size: size, isEnd: isEnd, to: &receiver) {
          noteHeader(text, position..<end)
        } else {
          take(text, position..<end, to: &receiver)
        }
        position = pass(text, position, to: min(next, size))
      case .needsMore:
        return position
      case .overlong:
        position = passOverlong(text, position, size: size, isEnd: isEnd, to: &receiver)
      case .bad(let description, let offset):
        // Only the row's first line is refused: its other lines may be rows.
        let lineEnd = text.firstOffset(of: .lineFeed, in: position..<size)
        let end = text.withoutReturn(position, lineEnd)
        if lineEnd == size, !isEnd, size &- position <= limit &+ 1 { return position }
        if lineEnd == size && !isEnd || end &- position > limit {
          position = passOverlong(text, position, size: size, isEnd: isEnd, to: &receiver)
        } else {
          receiver.sink.reject(
            text, position..<end,
            NormalizationError(
              .badRow, offset: min(offset, end) &- position, description), at: place)
          position = pass(text, position, to: min(lineEnd &+ 1, size))
        }
      }
    }
    return position
  }

  /// Skips a line that is longer than the limit; it may have begun in an earlier window.
  private mutating func passOverlong(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    let end = text.firstOffset(of: .lineFeed, in: start..<size)
    overlong &+= end &- start
    let last = end > start ? text[end &- 1] : lastByte
    guard end < size || isEnd else {
      // `place` stays at the start of the row until the row is rejected.
      lastByte = last
      return size
    }
    receiver.sink.rejectOverlong(
      last == .carriageReturn ? overlong &- 1 : overlong, limit: limit, at: place)
    place.bytes &+= overlong
    overlong = 0
    lastByte = last
    return pass(text, end, to: min(end &+ 1, size))
  }

  /// Skips a byte order mark, and sets the delimiter, and the columns if they are given. Returns
  /// the offset of the first row, or nil if more input is needed.
  private mutating func begin(
    _ text: Span<UInt8>, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int? {
    var start = text.startsWithByteOrderMark(at: 0) ? 3 : 0
    while start < size, text[start] != .tab, text[start].isWhiteSpace { start &+= 1 }
    let limit = min(start &+ Self.longestHeader, size)
    let line = start..<text.firstOffset(of: .lineFeed, in: start..<limit)
    guard isEnd || line.upperBound < limit || line.count == Self.longestHeader else { return nil }
    header.separator = given.delimiter ?? Self.delimiter(text, line, columns: given.columns?.count)
    if let columns = given.columns {
      header.columns = columns
      receiver.parser.setColumns(columns)
    }
    isAtStreamStart = false
    if let separator = Self.givenSeparator(text, line) {
      header.separator = separator
      return pass(text, 0, to: min(line.upperBound &+ 1, size))
    }
    return text.startsWithByteOrderMark(at: 0) ? pass(text, 0, to: 3) : 0
  }

  /// The delimiter of a first line such as `sep=;`, which Excel writes; nil for any other line.
  static func givenSeparator(_ text: Span<UInt8>, _ line: Range<Int>) -> UInt8? {
    let end = text.withoutReturn(line.lowerBound, line.upperBound)
    guard end &- line.lowerBound == 5, text.equals(line.lowerBound..<(end &- 1), "sep=") else {
      return nil
    }
    return text[end &- 1]
  }

  /// The delimiter of a first line: a tab if a header has one, or if a row has enough for the given
  /// number of columns; otherwise a comma.
  static func delimiter(_ text: Span<UInt8>, _ line: Range<Int>, columns: Int? = nil) -> UInt8 {
    var tabs = 0
    for offset in line where text[offset] == .tab { tabs += 1 }
    return tabs > 0 && tabs >= (columns ?? 2) - 1 ? .tab : .comma
  }

  /// Takes the row that was read last as a header if it is one: the first row, a row of known field names only, or a
  /// repetition of the last header. Returns whether it is.
  private mutating func takeHeader(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Bool {
    guard let first = row.cells.first?.range, row.count > 1 || !text.isWhiteSpace(first) else {
      return false
    }
    if columnCount > 0 {
      let mayBeHeader =
        FoldedNames.listed.find(text, first) != nil || text.equals(first, header.columns[0])
      guard mayBeHeader else { return false }
      if row.count > row.cells.count {
        // The row is wider than the last header, and only its first cells were kept: read it again.
        _ = readRow(text, start, size: size, isEnd: isEnd, columns: 0)
      }
    }
    var names = row.cells.map { Self.text(of: $0, text).trimmed }
    // One empty cell too many.
    if names.count > 1, columnCount == 0 || names.count == columnCount + 1, names.last == "" {
      names.removeLast()
    }
    guard
      columnCount == 0 || names == header.columns
        || names.allSatisfy({ FoldedNames.listed.find($0) != nil })
    else { return false }
    header.columns = names
    receiver.parser.setColumns(names)
    return true
  }

  /// Keeps a header that names no field.
  private mutating func noteHeader(_ text: Span<UInt8>, _ range: Range<Int>) {
    let namesField = header.columns.contains { FoldedNames.listed.find($0) != nil }
    var row: [UInt8] = []
    row.append(copying: text.extracting(range))
    header.onlyRow = namesField ? nil : (row, place)
  }

  private mutating func take(
    _ text: Span<UInt8>, _ range: Range<Int>,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) {
    if row.count == 1, text.isWhiteSpace(range) { return receiver.sink.blank() }
    header.onlyRow = nil
    if row.count == columnCount + 1, row.cells[columnCount].range.isEmpty { row.removeLast() }
    if range.count > limit {
      receiver.sink.rejectOverlong(range.count, limit: limit, at: place)
    } else if row.count > columnCount {
      receiver.sink.reject(
        text, range,
        NormalizationError(
          .badRow, offset: row.cells[columnCount].range.lowerBound &- range.lowerBound,
          "\(row.count) cells, but \(columnCount) columns"),
        at: place)
    } else if let bad = text.firstInvalidUTF8(in: range) {
      receiver.sink.reject(
        text, range,
        NormalizationError(.invalidUTF8, offset: bad &- range.lowerBound, "not UTF-8"), at: place)
    } else if RecordKind.isTestBody(text, range) || RecordKind.isTestObject(text, range) {
      receiver.sink.skip()
    } else {
      receiver.parser.read(row.cells, text, range)
      receiver.sink.accept(&receiver.parser, text, range, isEvent: false, at: place)
    }
  }

  private mutating func pass(_ text: Span<UInt8>, _ start: Int, to end: Int) -> Int {
    guard start < end else { return end }
    place.bytes &+= end &- start
    for offset in start..<end where text[offset] == .lineFeed { place.lines &+= 1 }
    lastByte = text[end &- 1]
    return end
  }

  /// Reads the cells of the row at `start`. Of more cells than columns only the first extra one is kept.
  private mutating func readRow(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool, columns: Int? = nil
  ) -> RowCells.Row {
    let columns = columns ?? columnCount
    return row.read(
      text, start, size: size, isEnd: isEnd, separator: header.separator, limit: limit,
      most: columns == 0 ? .max : columns &+ 1)
  }

  /// The text of a cell.
  static func text(of cell: RowCells.Cell, _ text: Span<UInt8>) -> String {
    var buffer = OutputBuffer(minimumCapacity: cell.range.count)
    buffer.append(text, cell)
    return buffer.withSpan { String($0, 0..<$0.count) }
  }
}

extension Span where Element == UInt8 {
  /// The end of a line, or of the text before its carriage return.
  func withoutReturn(_ start: Int, _ end: Int) -> Int {
    end > start && self[end &- 1] == .carriageReturn ? end &- 1 : end
  }

  /// The end of a cell, or of its text before a carriage return if a line break is at `position`.
  func withoutReturn(_ start: Int, _ end: Int, if position: Int) -> Int {
    position < count && self[position] == .lineFeed ? withoutReturn(start, end) : end
  }

  fileprivate func isWhiteSpace(_ range: Range<Int>) -> Bool {
    for offset in range where !self[offset].isWhiteSpace { return false }
    return true
  }

  /// The offset of the first byte that is not valid UTF-8; nil if there is none.
  func firstInvalidUTF8(in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let length = StringBytes.scalarLength(self, at: offset) else { return offset }
      offset &+= length
    }
    return nil
  }
}

extension String {
  /// The text without leading and trailing spaces.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
