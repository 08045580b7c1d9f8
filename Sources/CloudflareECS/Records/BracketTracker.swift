/// Follows the brackets of a JSON value that is still arriving, byte by byte, to know when it pays to
/// read it: each byte is looked at once, however small the pieces are.
struct BracketTracker {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether the value's last bracket was seen, or something that no value has.
  private(set) var isDecided = false

  /// Follows the bytes from `start` on; returns the offset behind the one that decides, or the end.
  mutating func advance(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound, !isDecided {
      let byte = text[offset]
      offset &+= 1
      if isEscaped {
        isEscaped = false
      } else if isInString {
        switch byte {
        case .quote: isInString = false
        case .backslash: isEscaped = true
        case .lineFeed: isDecided = true
        default: break
        }
      } else {
        switch byte {
        case .quote: isInString = true
        case .openBrace, .openBracket: depth &+= 1
        case .closeBrace, .closeBracket:
          depth &-= 1
          isDecided = depth <= 0
        default: break
        }
      }
    }
    return offset
  }
}
