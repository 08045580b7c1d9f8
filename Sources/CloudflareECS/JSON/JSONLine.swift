/// A JSON object on one line, written member by member: rejected records and counts.
package struct JSONLine {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  package init() {}

  package mutating func add(_ name: String, _ value: String) {
    addName(name)
    addString(value)
  }

  package mutating func add(_ name: String, _ value: Int) { add(name, number: "\(value)") }

  /// A number as it is written.
  package mutating func add(_ name: String, number: String) {
    addName(name)
    bytes += number.utf8
  }

  /// Counts by name, in the order of the names.
  package mutating func add(_ name: String, _ counts: [String: Int]) {
    var object = JSONLine()
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) { object.add(key, count) }
    addName(name)
    bytes += object.finished().dropLast()
  }

  /// With the closing bracket and a line break.
  package consuming func finished() -> [UInt8] {
    bytes += "}\n".utf8
    return bytes
  }

  private mutating func addName(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    addString(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// RFC 8259: only quotes, backslashes and what is below U+0020 is escaped.
  private mutating func addString(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case ..<0x20:
        bytes += (byte < 0x10 ? "\\u000" : "\\u00").utf8
        bytes += String(byte, radix: 16).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
