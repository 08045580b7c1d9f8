/// JSON as people read it: two spaces a level, a member a line, an array without objects on one
/// line.
package enum PrettyJSON {
  /// Appends `lines`, each one compact and valid JSON value, indented; every value ends its line.
  ///
  /// Nothing but space between tokens is added:
  ///
  ///     {"tags":["a","b"],"rule":{"id":"7"}}      {
  ///                                                 "tags": ["a", "b"],
  ///                                                 "rule": {
  ///                                                   "id": "7"
  ///                                                 }
  ///                                               }
  package static func append(_ lines: Span<UInt8>, to output: inout [UInt8]) {
    var depth = 0
    var isInFlatArray = false
    var index = 0
    while index < lines.count {
      let byte = lines[index]
      switch byte {
      case UInt8(ascii: "\""):
        let end = endOfString(in: lines, from: index)
        while index < end {
          output.append(lines[index])
          index += 1
        }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        output.append(byte)
        // The closing bracket is two code points further for both kinds.
        if index + 1 < lines.count, lines[index + 1] == byte + 2 {
          output.append(byte + 2)
          index += 1
        } else if byte == UInt8(ascii: "["), isFlatArray(in: lines, from: index + 1) {
          isInFlatArray = true
        } else {
          depth += 1
          appendLineBreak(depth, to: &output)
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if isInFlatArray {
          isInFlatArray = false
        } else {
          depth -= 1
          appendLineBreak(depth, to: &output)
        }
        output.append(byte)
      case UInt8(ascii: ","):
        output.append(byte)
        if isInFlatArray {
          output.append(UInt8(ascii: " "))
        } else {
          appendLineBreak(depth, to: &output)
        }
      case UInt8(ascii: ":"):
        output.append(byte)
        output.append(UInt8(ascii: " "))
      default:
        output.append(byte)
      }
      index += 1
    }
  }

  private static func appendLineBreak(_ depth: Int, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\n"))
    for _ in 0..<max(0, depth) * 2 { output.append(UInt8(ascii: " ")) }
  }

  /// The index after the closing quote of the string whose opening quote is at `start`.
  private static func endOfString(in lines: Span<UInt8>, from start: Int) -> Int {
    var index = start + 1
    while index < lines.count, lines[index] != UInt8(ascii: "\"") {
      index += lines[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, lines.count)
  }

  /// Whether the array whose first element is at `start` holds no object and no array.
  private static func isFlatArray(in lines: Span<UInt8>, from start: Int) -> Bool {
    var index = start
    while index < lines.count {
      switch lines[index] {
      case UInt8(ascii: "\""): index = endOfString(in: lines, from: index)
      case UInt8(ascii: "]"): return true
      case UInt8(ascii: "{"), UInt8(ascii: "["): return false
      default: index += 1
      }
    }
    return false
  }
}
