/// Reads a feed of lines: text with one indicator a line, or rows of CSV.
///
/// It is CSV if the first line names a column with observables, or if the last comment before the first line
/// does and has as many cells as that line.
struct FeedLineReader: ~Copyable, Sendable {
  private enum Form { case undecided, text, rows }

  /// The longest line or row. No indicator is that long.
  static let longestLine = 1 << 20

  private var form = Form.undecided
  /// The columns of CSV, or those that a comment has named.
  private var columns: [FeedColumn?] = []
  private var separator = UInt8.comma
  private var cells = RowCells()
  private var cell = OutputBuffer(minimumCapacity: 256)
  private var line = 0
  /// Whether the rest of the current line is skipped, because it is too long.
  private var skipsLine = false

  init() {}

  /// Reads whole lines. The text has a line break at `size`, which ends the last line if `isEnd`. Returns the
  /// offset of the rest.
  mutating func read(
    _ text: Span<UInt8>, size: Int, isEnd: Bool, by loader: inout FeedLoader,
    into set: inout IndicatorSet
  ) -> Int {
    var position = 0
    while position < size, !loader.report.isTooLarge {
      let end = text.firstOffset(of: .lineFeed, in: position..<size)
      let isWhole = end < size || isEnd
      if skipsLine || !isWhole && end - position > Self.longestLine {
        if !skipsLine { loader.report.unsupported.add("line \(line + 1): more than 1 MiB") }
        skipsLine = !isWhole
        if isWhole { line += 1 }
        position = min(end + 1, size)
        continue
      }
      guard isWhole else { break }
      let range = text.trimmed(position..<end)
      if range.isEmpty || text[range.lowerBound] == UInt8(ascii: "#") {
        if form == .undecided, !range.isEmpty { noteColumns(text, range) }
      } else {
        if form == .undecided, decide(text, range) {
          // The line was the header.
        } else if form == .text {
          readLine(text, range, by: &loader, into: &set)
        } else {
          switch readCells(text, position, size: size, isEnd: isEnd) {
          case .needsMore: return position
          case .whole(_, let next):
            let rest = position..<min(next, size)
            readRow(text, rest, by: &loader, into: &set)
            for offset in rest where text[offset] == .lineFeed { line += 1 }
            if rest.upperBound == size, text[size - 1] != .lineFeed { line += 1 }
            position = rest.upperBound
            continue
          case .bad, .overlong: refuse(text, range, by: &loader)
          }
        }
      }
      line += 1
      position = min(end + 1, size)
    }
    return position
  }

  private func refuse(
    _ text: Span<UInt8>, _ range: Range<Int>, _ reason: @autoclosure () -> String = "",
    by loader: inout FeedLoader
  ) {
    loader.report.unsupported.add(text, range, after: "line \(line + 1): \(reason())")
  }

  // MARK: Text

  private mutating func readLine(
    _ text: Span<UInt8>, _ line: Range<Int>, by loader: inout FeedLoader,
    into set: inout IndicatorSet
  ) {
    if text.isCommentStart(line.lowerBound, in: line) || text[line.lowerBound] == UInt8(ascii: "!")
    {
      return
    }
    if let agent = text.userAgent(in: line) {
      if !loader.load(text, agent, as: .userAgent, into: &set) { refuse(text, line, by: &loader) }
      return
    }
    // A string of JSON.
    if text[line.lowerBound] == .quote {
      var end = line.upperBound - 1
      if text[end] == .comma { end = text.trimmed(line.lowerBound..<end).upperBound - 1 }
      guard end > line.lowerBound, text[end] == .quote else {
        return refuse(text, line, by: &loader)
      }
      let value = String(unescaping: text, (line.lowerBound + 1)..<end).utf8.span
      if !loader.load(value, 0..<value.count, into: &set) { refuse(text, line, by: &loader) }
      return
    }
    let content = text.withoutComment(line)
    let space = text.firstOffset(ofSpaceIn: content)
    if space == content.upperBound || text.isRange(content) {
      if !loader.load(text, content, into: &set) { refuse(text, line, by: &loader) }
    } else if !readHosts(text, content, space, by: &loader, into: &set) {
      refuse(text, line, by: &loader)
    }
  }

  /// Reads a line of a hosts file: an address such as 0.0.0.0, and the names that it blocks. Names of the
  /// machine itself, such as localhost, are ignored.
  private func readHosts(
    _ text: Span<UInt8>, _ line: Range<Int>, _ space: Int, by loader: inout FeedLoader,
    into set: inout IndicatorSet
  ) -> Bool {
    let zone = text.firstOffset(of: UInt8(ascii: "%"), in: line.lowerBound..<space)
    guard let address = IPAddress(text.extracting(line.lowerBound..<zone)), address.isNowhere else {
      return false
    }
    var isLoaded = true
    var position = space
    while position < line.upperBound {
      while position < line.upperBound, text[position].isWhiteSpace { position += 1 }
      let end = text.firstOffset(ofSpaceIn: position..<line.upperBound)
      let name = position..<end
      position = end
      if text.firstOffset(of: .dot, in: name) == end || text.equals(name, "0.0.0.0")
        || text.equalsIgnoringCase(name, "localhost.localdomain")
      {
        continue
      }
      isLoaded = loader.load(text, name, as: .domain, into: &set) && isLoaded
    }
    return isLoaded
  }

  // MARK: CSV

  /// Notes the columns that a comment names, if one of them has observables.
  private mutating func noteColumns(_ text: Span<UInt8>, _ comment: Range<Int>) {
    var start = comment.lowerBound
    while start < comment.upperBound, text[start] == UInt8(ascii: "#") { start += 1 }
    let header = text.trimmed(start..<comment.upperBound)
    let delimiter = RowReader.delimiter(text, header)
    let named = names(text, header, delimiter)
    if named.count > 1, named.contains(where: { $0?.isObservable ?? false }) {
      (columns, separator) = (named, delimiter)
    }
  }

  /// Decides the form by the first line that is no comment. Returns whether the line is the header.
  private mutating func decide(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let delimiter = RowReader.delimiter(text, line)
    let named = names(text, line, delimiter)
    if named.contains(where: { $0?.isObservable ?? false }) {
      (form, columns, separator) = (.rows, named, delimiter)
      return true
    }
    let isRow = !columns.isEmpty && names(text, line, separator).count == columns.count
    form = isRow ? .rows : .text
    return false
  }

  /// The columns that are named by the cells of a line.
  private mutating func names(
    _ text: Span<UInt8>, _ line: Range<Int>, _ separator: UInt8
  ) -> [FeedColumn?] {
    var header = OutputBuffer(minimumCapacity: line.count + 1)
    header.append(text, line)
    header.append(.lineFeed)
    return header.withSpan { header in
      guard
        case .whole = cells.read(
          header, 0, size: line.count, isEnd: true, separator: separator, limit: Self.longestLine,
          most: .max, allowsSpaces: true)
      else { return [] }
      return cells.cells.map { cell in
        FeedColumn(named: String(header, header.trimmed(cell.range)))
      }
    }
  }

  private mutating func readCells(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool
  ) -> RowCells.Row {
    cells.read(
      text, start, size: size, isEnd: isEnd, separator: separator, limit: Self.longestLine,
      most: columns.count, allowsSpaces: true)
  }

  private mutating func readRow(
    _ text: Span<UInt8>, _ range: Range<Int>, by loader: inout FeedLoader,
    into set: inout IndicatorSet
  ) {
    var row = FeedRow()
    for index in cells.cells.indices {
      guard let column = columns[index] else { continue }
      let content = cells.cells[index]
      if content.hasDoubledQuotes {
        cell.removeAll()
        cell.append(text, content)
        cell.withSpan { row.take(String($0, $0.trimmed(0..<$0.count)), column) }
      } else {
        row.take(String(text, text.trimmed(content.range)), column)
      }
    }
    if !row.load(by: &loader, into: &set) {
      refuse(text, text.trimmed(range), row.reason, by: &loader)
    }
  }
}

extension IPAddress {
  /// Whether hosts files use the address to block names, or for the machine itself.
  fileprivate var isNowhere: Bool {
    switch version {
    case .v4: bits == 0 || bits >> 24 == 127 || bits == 0xFFFF_FFFF
    case .v6: bits <= 1 || bits >> 118 == 0x3FA || bits >> 120 == 0xFF
    }
  }
}

extension Span where Element == UInt8 {
  fileprivate func firstOffset(ofSpaceIn range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound, !self[offset].isWhiteSpace { offset &+= 1 }
    return offset
  }

  /// Whether `#`, `;` or `//` is at an offset.
  fileprivate func isCommentStart(_ offset: Int, in line: Range<Int>) -> Bool {
    switch self[offset] {
    case UInt8(ascii: "#"), UInt8(ascii: ";"): true
    case .slash: offset &+ 1 < line.upperBound && self[offset &+ 1] == .slash
    default: false
    }
  }

  /// The line up to a comment. In a URL a comment begins after a space only.
  fileprivate func withoutComment(_ line: Range<Int>) -> Range<Int> {
    let isURL = self[line.lowerBound] == .slash || hasScheme(line)
    for offset in line.dropFirst() {
      let isAfterSpace = self[offset &- 1].isWhiteSpace
      if isAfterSpace
        ? isCommentStart(offset, in: line)
        : !isURL && self[offset] != .slash
          && isCommentStart(offset, in: line)
      {
        return trimmed(line.lowerBound..<offset)
      }
    }
    return line
  }

  /// What follows `user-agent:` at the start of a line; nil for another line.
  fileprivate func userAgent(in line: Range<Int>) -> Range<Int>? {
    let name = "user-agent:"
    let end = line.lowerBound &+ name.utf8.count
    guard end < line.upperBound, equalsIgnoringCase(line.lowerBound..<end, name) else { return nil }
    return trimmed(end..<line.upperBound)
  }

  /// Whether a line with spaces may be a range of addresses: `192.0.2.1 - 192.0.2.9`.
  fileprivate func isRange(_ line: Range<Int>) -> Bool {
    guard self[line.lowerBound].hexValue != nil || self[line.lowerBound] == .colon else {
      return false
    }
    let minus = firstOffset(of: .minus, in: line)
    guard minus < line.upperBound else { return false }
    let (first, last) = (
      trimmed(line.lowerBound..<minus), trimmed((minus &+ 1)..<line.upperBound)
    )
    return firstOffset(ofSpaceIn: first) == first.upperBound
      && firstOffset(ofSpaceIn: last) == last.upperBound
  }
}
