/// Colours JSON for a terminal: member names blue, strings green, numbers, `true` and `false` yellow, `null` grey.
///
/// Uses the terminal's own palette, so that the colours suit its background. Only adds escape sequences;
/// without them the JSON is unchanged.
package enum JSONColor {
  /// - Parameter json: whole lines, already escaped by `DisplayText`.
  package static func colored(_ json: String) -> String {
    let bytes = Array(json.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 3 / 2)
    var index = 0
    while index < bytes.count {
      let start = index
      var color: StaticString?
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index + 1, bytes.count)
        color = index < bytes.count && bytes[index] == UInt8(ascii: ":") ? "34" : "32"
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        color = bytes[index] == UInt8(ascii: "n") ? "90" : "33"
        while index < bytes.count, !Self.endsWord(bytes[index]) { index += 1 }
      default:
        index += 1
      }
      if let color { result += "\u{1b}[\(color)m".utf8 }
      result += bytes[start..<index]
      if color != nil { result += "\u{1b}[0m".utf8 }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\n"),
      UInt8(ascii: " "):
      true
    default: false
    }
  }
}
