/// Formats JSON for people: two spaces per level, one member per line, arrays of plain values on
/// one line.
///
///     {"tags":["a","b"],"rule":{"id":"7"},"x":{}}        {
///                                                          "tags": ["a", "b"],
///                                                          "rule": {
///                                                            "id": "7"
///                                                          },
///                                                          "x": {}
///                                                        }
package enum PrettyJSON {
  /// Appends lines that each hold one compact, valid JSON value. Only white space between tokens is
  /// added; each value still ends with its line break.
  package static func append(_ lines: Span<UInt8>, to output: inout OutputBuffer) {
    var depth = 0
    var isInFlatArray = false
    var index = 0
    while index < lines.count {
      let byte = lines[index]
      index += 1
      switch byte {
      case .quote:
        let end = endOfString(in: lines, from: index)
        output.append(lines, index - 1..<end)
        index = end
      case .openBrace, .openBracket:
        output.append(byte)
        // In ASCII, both closing brackets are the opening one plus 2.
        if index < lines.count, lines[index] == byte + 2 {
          output.append(byte + 2)
          index += 1
        } else if byte == .openBracket, isFlatArray(in: lines, from: index) {
          isInFlatArray = true
        } else {
          depth += 1
          appendLineBreak(depth, to: &output)
        }
      case .closeBracket where isInFlatArray:
        isInFlatArray = false
        output.append(byte)
      case .closeBrace, .closeBracket:
        depth -= 1
        appendLineBreak(depth, to: &output)
        output.append(byte)
      case .comma where !isInFlatArray:
        output.append(byte)
        appendLineBreak(depth, to: &output)
      case .comma, .colon:
        output.append(byte)
        output.append(.space)
      default:
        output.append(byte)
      }
    }
  }

  private static func appendLineBreak(_ depth: Int, to output: inout OutputBuffer) {
    output.append(.lineFeed)
    for _ in 0..<max(0, depth) { output.append("  ") }
  }

  /// The index after the closing quote of the string whose content begins at `start`.
  private static func endOfString(in lines: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < lines.count, lines[index] != .quote {
      index += lines[index] == .backslash ? 2 : 1
    }
    return min(index + 1, lines.count)
  }

  /// Whether the array whose first element is at `start` contains neither objects nor arrays.
  private static func isFlatArray(in lines: Span<UInt8>, from start: Int) -> Bool {
    var index = start
    while index < lines.count {
      switch lines[index] {
      case .quote: index = endOfString(in: lines, from: index + 1)
      case .closeBracket: return true
      case .openBrace, .openBracket: return false
      default: index += 1
      }
    }
    return false
  }
}
