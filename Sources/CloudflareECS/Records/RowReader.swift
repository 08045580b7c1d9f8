/// Finds the records of CSV and TSV (RFC 4180): rows of cells, a header with the columns' names first
/// unless they are given.
///
/// A cell in quotes may hold delimiters, line breaks and doubled quotes. One empty cell too many at the
/// end of a row is allowed; fewer cells than columns are absent ones.
struct RowReader: ~Copyable {
  /// A cell of a row.
  struct Cell {
    /// The bytes between delimiters, or between quotes.
    var range: Range<Int>
    /// Whether doubled quotes stand for one.
    var hasDoubledQuotes = false
  }

  private let limit: Int
  private let delimiter: UInt8?
  private var columnCount = 0
  private var separator: UInt8
  var place = RecordPlace(lines: 0, bytes: 0)
  var isAtStreamStart = true
  private let givenColumns: [String]?
  private var window = OutputBuffer(minimumCapacity: 4096)
  /// So many bytes of a row must be there before it is tried again.
  private var retrySize = 0
  private var cells: [Cell] = []

  private static let pieceSize = 1 << 16

  /// A row that was tried.
  private enum Row {
    /// Its cells were read; it ends before its line break, and the next begins behind that.
    case whole(end: Int, next: Int)
    case needsMore
    case bad(String, offset: Int)
  }

  init(limit: Int, columns: [String]?, delimiter: UInt8?) {
    self.limit = limit
    givenColumns = columns
    self.delimiter = delimiter
    separator = delimiter ?? .comma
  }

  mutating func feed(_ chunk: Span<UInt8>, to sink: inout some RecordSink & ~Copyable) {
    var rest = chunk
    while rest.count > 0 {
      let size = min(rest.count, Self.pieceSize)
      window.append(rest.extracting(first: size))
      rest = rest.extracting(droppingFirst: size)
      if window.count >= retrySize { advance(isEnd: false, to: &sink) }
    }
  }

  mutating func finish(to sink: inout some RecordSink & ~Copyable) {
    advance(isEnd: true, to: &sink)
    isAtStreamStart = true
    columnCount = 0
    retrySize = 0
  }

  private mutating func advance(isEnd: Bool, to sink: inout some RecordSink & ~Copyable) {
    var text = OutputBuffer(minimumCapacity: 0)
    swap(&text, &window)
    let size = text.count
    text.append(.lineFeed)
    let end = text.withSpan { advance($0, size: size, isEnd: isEnd, to: &sink) }
    text.truncate(to: size)
    text.removeFirst(end)
    retrySize = isEnd ? 0 : text.count &* 2
    swap(&text, &window)
  }

  private mutating func advance(
    _ text: Span<UInt8>, size: Int, isEnd: Bool, to sink: inout some RecordSink & ~Copyable
  ) -> Int {
    var position = 0
    if isAtStreamStart, size > 0 {
      guard isEnd || text.firstOffset(of: .lineFeed, in: 0..<size) < size else { return 0 }
      if text.startsWithByteOrderMark(at: 0) { position = pass(text, 0, to: 3) }
      begin(text, position, size: size, to: &sink)
      isAtStreamStart = false
    }
    while position < size {
      switch readRow(text, position, size: size, isEnd: isEnd) {
      case .whole(let end, let next):
        take(text, position..<end, to: &sink)
        position = pass(text, position, to: min(next, size))
      case .needsMore:
        return position
      case .bad(let description, let offset):
        // The row's first line is refused; the rest may be rows.
        let lineEnd = text.firstOffset(of: .lineFeed, in: position..<size)
        sink.reject(
          text, position..<text.withoutReturn(position, lineEnd),
          NormalizationError(.badRow, offset: offset &- position, description), at: place)
        position = pass(text, position, to: min(lineEnd &+ 1, size))
      }
    }
    return position
  }

  /// Settles the delimiter, and the columns if they are given.
  private mutating func begin(
    _ text: Span<UInt8>, _ start: Int, size: Int, to sink: inout some RecordSink & ~Copyable
  ) {
    let line = start..<text.firstOffset(of: .lineFeed, in: start..<size)
    separator = delimiter ?? Self.delimiter(text, line)
    if let givenColumns {
      columnCount = givenColumns.count
      sink.setColumns(givenColumns)
    }
  }

  /// A tab if the line has one, otherwise a comma.
  static func delimiter(_ text: Span<UInt8>, _ line: Range<Int>) -> UInt8 {
    text.firstOffset(of: .tab, in: line) < line.upperBound ? .tab : .comma
  }

  private mutating func take(
    _ text: Span<UInt8>, _ row: Range<Int>, to sink: inout some RecordSink & ~Copyable
  ) {
    if row.isEmpty { return sink.blank() }
    if columnCount == 0 {
      let names = cells.map { Self.text(of: $0, text) }
      columnCount = names.count
      return sink.setColumns(names)
    }
    if cells.count == columnCount + 1, cells[columnCount].range.isEmpty { cells.removeLast() }
    if row.count > limit {
      sink.rejectOverlong(row.count, limit: limit, at: place)
    } else if cells.count > columnCount {
      sink.reject(
        text, row,
        NormalizationError(
          .badRow, offset: cells[columnCount].range.lowerBound &- row.lowerBound,
          "\(cells.count) cells, but \(columnCount) columns"),
        at: place)
    } else if let bad = text.firstInvalidUTF8(in: row) {
      sink.reject(
        text, row,
        NormalizationError(.invalidUTF8, offset: bad &- row.lowerBound, "not UTF-8"), at: place)
    } else if RecordKind.isTestBody(text, row) {
      sink.skip()
    } else {
      sink.accept(cells, text, row, at: place)
    }
  }

  private mutating func pass(_ text: Span<UInt8>, _ start: Int, to end: Int) -> Int {
    place.bytes &+= end &- start
    for offset in start..<end where text[offset] == .lineFeed { place.lines &+= 1 }
    if end == text.count &- 1, text[end &- 1] != .lineFeed, end > 3 { place.lines &+= 1 }
    return end
  }

  /// Reads the cells of the row at `start`.
  private mutating func readRow(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool
  ) -> Row {
    cells.removeAll(keepingCapacity: true)
    var position = start
    while true {
      if text[position] == .quote {
        var cell = Cell(range: position..<position)
        let content = position &+ 1
        position = content
        while true {
          position = text.firstOffset(of: .quote, in: position..<size)
          if position == size {
            let isTooMuch = size &- start > limit
            return isEnd || isTooMuch
              ? .bad("a quote without its end", offset: content &- 1) : .needsMore
          }
          position &+= 1
          if text[position] != .quote || position == size { break }
          cell.hasDoubledQuotes = true
          position &+= 1
        }
        cell.range = content..<(position &- 1)
        cells.append(cell)
      } else {
        let content = position
        while position < size, text[position] != separator, text[position] != .lineFeed {
          position &+= 1
        }
        cells.append(Cell(range: content..<text.withoutReturn(content, position, if: position)))
      }
      // Behind the cell: a delimiter, the end of the line, or a fault.
      if position < size, text[position] == separator {
        position &+= 1
        continue
      }
      if position == size, !isEnd { return .needsMore }
      var end = position
      if end < size, text[end] == .carriageReturn { end &+= 1 }
      if end == size && !isEnd { return .needsMore }
      guard end == size || text[end] == .lineFeed else {
        return .bad("text behind a quoted cell", offset: position)
      }
      return .whole(end: text.withoutReturn(start, position), next: end &+ 1)
    }
  }

  /// The text of a cell.
  static func text(of cell: Cell, _ text: Span<UInt8>) -> String {
    var buffer = OutputBuffer(minimumCapacity: cell.range.count)
    buffer.append(text, cell)
    return buffer.withSpan { String($0, 0..<$0.count) }
  }
}

extension OutputBuffer {
  /// Appends the text of a cell, doubled quotes as one.
  mutating func append(_ text: Span<UInt8>, _ cell: RowReader.Cell) {
    guard cell.hasDoubledQuotes else { return append(text, cell.range) }
    var start = cell.range.lowerBound
    while start < cell.range.upperBound {
      let quote = text.firstOffset(of: .quote, in: start..<cell.range.upperBound)
      append(text, start..<min(quote &+ 1, cell.range.upperBound))
      start = quote &+ 2
    }
  }
}

extension Span where Element == UInt8 {
  /// The end of a line without a carriage return before it.
  func withoutReturn(_ start: Int, _ end: Int) -> Int {
    end > start && self[end &- 1] == .carriageReturn ? end &- 1 : end
  }

  /// The same for a cell, whose carriage return counts as one only at the end of the line.
  func withoutReturn(_ start: Int, _ end: Int, if position: Int) -> Int {
    position < count && self[position] == .lineFeed ? withoutReturn(start, end) : end
  }

  /// The offset of the first byte that is no UTF-8; nil if all are.
  func firstInvalidUTF8(in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let length = StringBytes.scalarLength(self, at: offset) else { return offset }
      offset &+= length
    }
    return nil
  }
}
