/// A condition, split into target, operator and values.
struct ConditionText {
  enum Operator: String, Codable {
    case isPresent = ""
    case isAbsent = "!"
    case equals = "="
    case notEquals = "!="
    case beginsWith = "^="
    case endsWith = "$="
    case contains = "*="
    case isLess = "<"
    case isAtMost = "<="
    case isGreater = ">"
    case isAtLeast = ">="

    /// Whether it compares the order of values.
    var comparesOrder: Bool {
      switch self {
      case .isLess, .isAtMost, .isGreater, .isAtLeast: true
      default: false
      }
    }
  }

  let text: String
  let target: String
  let operation: Operator
  let values: [String]

  init(_ text: String) throws(EventFilterError) {
    self.text = text
    // In UTF-8, because `=` and a combining mark are one character.
    let bytes = Array(text.utf8)
    let start = bytes.firstIndex { Array("=<>^$*!".utf8).contains($0) && $0 != 0 } ?? bytes.count
    if start == 0, bytes.first == UInt8(ascii: "!") {
      target = String(decoding: bytes.dropFirst(), as: UTF8.self)
      (operation, values) = (.isAbsent, [])
      if target.utf8.contains(where: { Array("=<>^$!".utf8).contains($0) }) {
        throw EventFilterError(
          text, "'!' before a target asks whether it is absent. Write TARGET!=VALUE")
      }
    } else if start == bytes.count {
      target = text
      (operation, values) = (.isPresent, [])
    } else {
      target = String(decoding: bytes[..<start], as: UTF8.self)
      let two = String(decoding: bytes[start...].prefix(2), as: UTF8.self)
      let one = String(decoding: bytes[start...].prefix(1), as: UTF8.self)
      guard let operation = Operator(rawValue: two) ?? Operator(rawValue: one),
        operation != .isAbsent
      else {
        throw EventFilterError(
          text, "no operator: write one of = != ^= $= *= < <= > >= after the target")
      }
      let symbol = operation.rawValue
      let next = start + symbol.utf8.count
      // The habit of programming languages. As part of the value the second one would match nothing, except where only
      // letters count, as in an action.
      if [.equals, .notEquals].contains(operation), next < bytes.count,
        bytes[next] == UInt8(ascii: "=")
      {
        throw EventFilterError(
          text, "'\(symbol)=' is no operator. Write TARGET\(symbol)VALUE, with one =")
      }
      self.operation = operation
      values = Self.values(bytes[next...])
      if values.contains("") { throw EventFilterError(text, "a value is empty") }
      if operation.comparesOrder, values.count > 1 {
        throw EventFilterError(text, "\(symbol) takes one value")
      }
    }
    if target.isEmpty { throw EventFilterError(text, "the target is missing") }
  }

  /// The values between commas; `\,` is a comma.
  private static func values(_ bytes: ArraySlice<UInt8>) -> [String] {
    var values: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in bytes {
      if byte == .comma {
        if isEscaped {
          values[values.count - 1].removeLast()
          values[values.count - 1].append(byte)
        } else {
          values.append([])
        }
      } else {
        values[values.count - 1].append(byte)
      }
      isEscaped = byte == .backslash
    }
    return values.map { String(decoding: $0, as: UTF8.self) }
  }
}
