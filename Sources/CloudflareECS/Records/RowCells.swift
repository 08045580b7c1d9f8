/// The cells of a row of CSV (RFC 4180).
struct RowCells {
  /// A cell of a row.
  struct Cell {
    /// The bytes between delimiters, or between quotes.
    var range: Range<Int>
    /// Whether it contains doubled quotes, each of which means one quote.
    var hasDoubledQuotes = false
  }

  /// The result of reading a row.
  enum Row {
    /// Its cells were read. `end` is before its line break, `next` after it.
    case whole(end: Int, next: Int)
    case needsMore
    case bad(String, offset: Int)
    /// The row is longer than the limit.
    case overlong
  }

  /// The first cells of the row that was read last.
  private(set) var cells: [Cell] = []
  /// How many cells the row has.
  private(set) var count = 0

  /// Forgets the last cell.
  mutating func removeLast() {
    cells.removeLast()
    count &-= 1
  }

  private mutating func add(_ cell: Cell, most: Int) {
    count &+= 1
    if cells.count < most { cells.append(cell) }
  }

  /// Reads the cells of the row at `start`. The text has a line break at `size`.
  /// - Parameters:
  ///   - most: how many cells are kept; the others are only counted.
  ///   - allowsSpaces: whether spaces around the quotes of a cell are not part of it.
  mutating func read(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool, separator: UInt8, limit: Int,
    most: Int, allowsSpaces: Bool = false
  ) -> Row {
    cells.removeAll(keepingCapacity: true)
    count = 0
    var position = start
    while true {
      if allowsSpaces {
        let content = text.endOfSpaces(from: position)
        if text[content] == .quote { position = content }
      }
      if text[position] == .quote {
        var cell = Cell(range: position..<position)
        let content = position &+ 1
        position = content
        // A quote that is not closed within the limit counts as unclosed.
        let last = min(size, start &+ limit &+ 1)
        if content &- start > limit &+ 1 { return .overlong }
        while true {
          position = text.firstOffset(of: .quote, in: min(position, last)..<last)
          if position == last {
            return isEnd || size &- start > limit
              ? .bad("an unclosed quote", offset: content &- 1) : .needsMore
          }
          position &+= 1
          if text[position] != .quote || position == size { break }
          cell.hasDoubledQuotes = true
          position &+= 1
        }
        cell.range = content..<(position &- 1)
        if allowsSpaces { position = min(text.endOfSpaces(from: position), size) }
        add(cell, most: most)
      } else {
        let content = position
        while position < size, text[position] != separator, text[position] != .lineFeed {
          position &+= 1
        }
        add(
          Cell(range: content..<text.withoutReturn(content, position, if: position)), most: most)
      }
      // After the cell: a delimiter, the end of the line, or an error.
      if position &- start > limit &+ 1 { return .overlong }
      if position < size, text[position] == separator {
        position &+= 1
        continue
      }
      if position == size, !isEnd { return .needsMore }
      var end = position
      if end < size, text[end] == .carriageReturn { end &+= 1 }
      if end == size && !isEnd { return .needsMore }
      guard end == size || text[end] == .lineFeed else {
        return .bad("text after a quoted cell", offset: position)
      }
      return .whole(end: text.withoutReturn(start, position), next: end &+ 1)
    }
  }
}

extension OutputBuffer {
  /// Appends the text of a cell, with one quote for each doubled quote.
  mutating func append(_ text: Span<UInt8>, _ cell: RowCells.Cell) {
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
  /// The offset after the spaces at `start`. A byte that is no space must follow them.
  fileprivate func endOfSpaces(from start: Int) -> Int {
    var position = start
    while self[position] == .space { position &+= 1 }
    return position
  }
}
