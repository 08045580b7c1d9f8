import CloudflareECS
import Foundation

/// One way in which this library reads JSON otherwise than Foundation does, on purpose.
package struct FoundationDifference: Sendable {
  /// What it is about.
  package let name: String
  /// A text that shows it.
  package let example: [UInt8]
  package let library: String
  package let foundation: String
  package let reason: String
  /// Whether it explains that the library accepts a text, or refuses it, where Foundation does not;
  /// nil for a difference of values.
  package let explains: (@Sendable (_ text: [UInt8], _ isAccepted: Bool) -> Bool)?

  package static let all = [
    FoundationDifference(
      name: "Half of a surrogate pair",
      example: Array(#""\ud83d""#.utf8), library: "U+FFFD, and an issue `lone_surrogate`",
      foundation: "refused",
      reason: "A visitor can put it into a request: no event may vanish for that.",
      explains: { $1 && hasLoneSurrogate($0) }),
    FoundationDifference(
      name: "Number that no `Double` holds",
      example: Array("1e400".utf8), library: "kept by its digits", foundation: "refused",
      reason: "RFC 8259 sets no limit, and the value is passed on as it is.",
      explains: { $1 && numbers($0).contains { Double($0)?.isInfinite == true } }),
    FoundationDifference(
      name: "Comma before a closing bracket",
      example: Array("[1,]".utf8), library: "refused", foundation: "accepted",
      reason: "RFC 8259 does not allow it.",
      explains: { !$1 && isAccepted(withoutLastCommas(withoutMark($0))) }),
    FoundationDifference(
      name: "Byte order mark before a value",
      example: [0xEF, 0xBB, 0xBF, UInt8(ascii: "1")], library: "refused", foundation: "accepted",
      reason: "It is passed over at the start of a stream, where editors put it, and nowhere else.",
      explains: { !$1 && withoutMark($0).count < $0.count }),
    FoundationDifference(
      name: "UTF-16 and UTF-32",
      example: [0, UInt8(ascii: "1")], library: "refused", foundation: "accepted",
      reason: "RFC 8259 asks for UTF-8, and Cloudflare writes nothing else.",
      explains: {
        !$1
          && ($0.prefix(4).contains(0) || $0.starts(with: [0xFE, 0xFF])
            || $0.starts(with: [0xFF, 0xFE]))
      }),
    FoundationDifference(
      name: "More than 128 levels",
      example: Array(
        (String(repeating: "[", count: 129) + String(repeating: "]", count: 129)).utf8),
      library: "refused, `too_deep`", foundation: "accepted up to 512",
      reason: "No event is nested so, and the depth of a document is bounded where it goes.",
      explains: { !$1 && depth($0) > 128 }),
    FoundationDifference(
      name: "Name twice in one object",
      example: Array(#"{"a":1,"a":2}"#.utf8), library: "the last value", foundation: "the first",
      reason: "As most readers have it; a visitor cannot hide a value behind an earlier one.",
      explains: nil),
    FoundationDifference(
      name: "Names that only look the same",
      example: Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8), library: "two members",
      foundation: "one",
      reason: "Names are the same if their characters are (RFC 8259, section 8.3).",
      explains: nil),
    FoundationDifference(
      name: "Spelling of a number",
      example: Array("[1.0,-0,12345678901234567890123]".utf8), library: "kept",
      foundation: "`Int64`, `UInt64` or `Double`",
      reason: "Identifiers of 20 digits and versions like 2.50 are passed on as they are.",
      explains: nil),
  ]

  /// What the library says, by the reader of values.
  package static func isAccepted(_ text: [UInt8]) -> Bool {
    String(validating: text, as: UTF8.self).flatMap { try? JSONValue(json: $0) } != nil
  }

  /// The bytes outside of strings.
  private static func structure(_ text: [UInt8]) -> [(offset: Int, byte: UInt8)] {
    var found: [(offset: Int, byte: UInt8)] = []
    var isInString = false
    var isEscaped = false
    for (offset, byte) in text.enumerated() {
      if isEscaped {
        isEscaped = false
      } else if isInString, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      } else if !isInString {
        found.append((offset, byte))
      }
    }
    return found
  }

  /// Members of all objects, those of equal names too.
  package static func memberCount(_ text: [UInt8]) -> Int {
    structure(text).count { $0.byte == UInt8(ascii: ":") }
  }

  private static func depth(_ text: [UInt8]) -> Int {
    var (depth, deepest) = (0, 0)
    for (_, byte) in structure(text) {
      if byte | 0x20 == UInt8(ascii: "{") { depth += 1 }
      if byte | 0x20 == UInt8(ascii: "}") { depth -= 1 }
      deepest = max(deepest, depth)
    }
    return deepest
  }

  private static func numbers(_ text: [UInt8]) -> [Substring] {
    let plain = String(decoding: structure(text).map(\.byte), as: UTF8.self)
    return plain.split { !"0123456789+-.eE".contains($0) }
  }

  private static func withoutMark(_ text: [UInt8]) -> [UInt8] {
    Array(text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...])
  }

  private static func withoutLastCommas(_ text: [UInt8]) -> [UInt8] {
    let tokens = structure(text).filter { !" \t\r\n".utf8.contains($0.byte) }
    let commas = zip(tokens, tokens.dropFirst()).filter { pair in
      pair.0.byte == UInt8(ascii: ",") && pair.1.byte | 0x20 == UInt8(ascii: "}")
        && !text[pair.0.offset..<pair.1.offset].contains(UInt8(ascii: "\""))
    }
    var result = text
    for (comma, _) in commas.reversed() { result.remove(at: comma.offset) }
    return result
  }

  private static func hasLoneSurrogate(_ text: [UInt8]) -> Bool {
    var (offset, isHigh) = (0, false)
    while offset < text.count {
      var unit: UInt16?
      if text[offset] == UInt8(ascii: "\\"), offset + 1 < text.count {
        if text[offset + 1] == UInt8(ascii: "u"), offset + 6 <= text.count {
          unit = UInt16(String(decoding: text[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
          offset += 4
        }
        offset += 1
      }
      offset += 1
      let isLow = unit.map { UTF16.isTrailSurrogate($0) } ?? false
      if isHigh != isLow { return true }
      isHigh = unit.map { UTF16.isLeadSurrogate($0) } ?? false
    }
    return isHigh
  }
}
