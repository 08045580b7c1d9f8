extension Rejection {
  /// Appends the rejection as one line of JSON, with the name of its file or another name for its
  /// source.
  ///
  /// `raw` is the text of the record; if it is not UTF-8, `raw_base64` has it in base64. Nothing is
  /// lost, so the record can be read again from it:
  ///
  ///     var lines: [UInt8] = []
  ///     for rejection in converter.takeRejections() { rejection.appendLine(file: "a.log", to: &lines) }
  ///     // {"file":"a.log","line":1,"offset":0,"code":"not_json",
  ///     // "message":"not JSON: unexpected character","raw":"oops"}
  public func appendLine(file: String, to lines: inout [UInt8]) {
    line(file: file).withSpan { lines.append(copying: $0) }
  }

  /// Appends the rejection as one line of JSON to a buffer.
  package func appendLine(file: String, to lines: inout OutputBuffer) {
    line(file: file).withSpan { lines.append($0) }
  }

  private func line(file: String) -> OutputBuffer {
    var json = JSONLine()
    json.add("file", file)
    json.add("line", line)
    json.add("offset", offset)
    json.add("code", error.code.rawValue)
    json.add("message", error.description)
    if let text = String(validating: raw, as: UTF8.self) {
      json.add("raw", text)
    } else {
      json.add("raw_base64", Self.base64(raw))
    }
    return json.finished()
  }

  static let base64Alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Encodes bytes in base64 (RFC 4648), with padding.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = base64Alphabet
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let bits = (0..<3).reduce(UInt32(0)) { bits, index in
        bits << 8 | UInt32(index < count ? bytes[start + index] : 0)
      }
      for digit in 0...3 {
        let code = alphabet[Int(bits >> (18 - 6 * digit)) & 63]
        text.append(digit > count ? UInt8(ascii: "=") : code)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
