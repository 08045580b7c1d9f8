/// Tracks the brackets and strings of a JSON value without parsing it.
///
/// It finds out when a value that arrives in pieces is worth parsing, and where a refused value
/// ends. Each byte is examined once, however small the pieces are.
struct BracketTracker {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isAtLineStart = false
  /// Whether the value is broken: only a line that begins with `{` or `[` ends it.
  private var isLost: Bool
  /// Whether the end of the value was found.
  private(set) var isDecided = false
  /// Whether the value ends before a line that begins with `{` or `[`.
  private(set) var endsAtLine = false
  /// The bytes so far, with and without trailing white space.
  private(set) var length = 0
  private(set) var textLength = 0
  /// The line breaks so far, and those in the trailing white space.
  private(set) var lines = 0
  private(set) var linesBehindText = 0

  init(isLost: Bool = false) { self.isLost = isLost }

  /// Whether the last byte was a line break.
  var isBehindLine: Bool { isAtLineStart }

  /// Tracks the bytes of a range; returns the offset where the value ends, or the end of the range.
  mutating func advance(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound, !isDecided, take(text[offset]) { offset &+= 1 }
    return offset
  }

  /// Tracks a byte; false if the value ends before it.
  private mutating func take(_ byte: UInt8) -> Bool {
    if isAtLineStart, byte == .openBrace || byte == .openBracket {
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

  /// Updates the depth and the string state; false if the byte ends a value without brackets and is
  /// not part of it.
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
