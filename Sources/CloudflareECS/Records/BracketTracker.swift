/// Follows a JSON value byte by byte without reading it: to know when it pays to try a value that is
/// still arriving, and where one ends that is refused. Each byte is looked at once, however small the
/// pieces are.
struct BracketTracker {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isAtLineStart = false
  /// Whether the value is broken, so that only a line that begins a record ends it.
  private var isLost: Bool
  /// Whether the value's end was seen.
  private(set) var isDecided = false
  /// Whether that is a line that begins a record, which is not part of it.
  private(set) var endsAtLine = false
  /// Bytes so far, and those before the white space at the end.
  private(set) var length = 0
  private(set) var textLength = 0
  /// Line breaks so far, and those in the white space at the end.
  private(set) var lines = 0
  private(set) var linesBehindText = 0

  init(isLost: Bool = false) { self.isLost = isLost }

  /// Whether the last byte was a line break.
  var isBehindLine: Bool { isAtLineStart }

  /// Follows the bytes of a range; returns the offset where the value ends, or the range's end.
  mutating func advance(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound, !isDecided, take(text[offset]) { offset &+= 1 }
    return offset
  }

  /// Takes a byte; false if the value ends before it.
  private mutating func take(_ byte: UInt8) -> Bool {
    if isAtLineStart, byte == .openBrace {
      endsAtLine = true
      isDecided = true
      return false
    }
    if !isLost, !follow(byte) {
      isDecided = true
      return false
    }
    length &+= 1
    isAtLineStart = byte == .lineFeed
    if isAtLineStart {
      lines &+= 1
      linesBehindText &+= 1
    } else if !byte.isWhiteSpace {
      textLength = length
      linesBehindText = 0
    }
    return true
  }

  /// Follows the brackets and strings; false if the byte stands behind a value without brackets.
  private mutating func follow(_ byte: UInt8) -> Bool {
    if isEscaped {
      isEscaped = false
    } else if isInString {
      switch byte {
      case .quote:
        isInString = false
        isDecided = depth == 0
      case .backslash: isEscaped = true
      case .lineFeed: isLost = true
      default: break
      }
    } else {
      switch byte {
      case .quote: isInString = true
      case .openBrace, .openBracket: depth &+= 1
      case .closeBrace, .closeBracket:
        if depth == 0 { return false }
        depth &-= 1
        isDecided = depth == 0
      case .comma, .colon: return depth > 0
      default: return depth > 0 || !byte.isWhiteSpace
      }
    }
    return true
  }
}
