/// Tracks the quotes of a CSV row that arrives in pieces, to find out when the row is complete. Each byte is examined
/// once, however small the pieces are.
struct QuoteTracker {
  private enum State {
    case cellStart, unquoted, quoted
    /// After a quote in a quoted cell: the cell ends here, or the quote is the first of two.
    case afterQuote
  }

  private let separator: UInt8
  private var state = State.cellStart
  /// Whether a line break outside of quotes was found.
  private(set) var hasRowEnd = false

  init(separator: UInt8) { self.separator = separator }

  mutating func advance(_ text: Span<UInt8>, _ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound, !hasRowEnd {
      if state == .quoted {
        offset = text.firstOffset(of: .quote, in: offset..<range.upperBound)
        if offset < range.upperBound { state = .afterQuote }
      } else {
        take(text[offset])
      }
      offset &+= 1
    }
  }

  /// Takes a byte outside of quotes.
  private mutating func take(_ byte: UInt8) {
    if byte == .lineFeed {
      hasRowEnd = true
    } else if byte == separator {
      state = .cellStart
    } else if byte == .quote, state != .unquoted {
      state = .quoted
    } else {
      state = .unquoted
    }
  }
}
