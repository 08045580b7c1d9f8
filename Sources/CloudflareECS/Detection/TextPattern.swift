/// A simple pattern with repetition, matched in one pass without backtracking.
///
/// A pattern matches the whole text. It has at most 63 elements. An element is a letter or digit (A–Z in
/// either case), `.` for any character, a class such as `[a-z_]` or `[^0-9]`, or an escaped special
/// character such as `\.`. It may be followed by `?`, `*` or `+`. There are no groups and no
/// alternatives. A regular expression engine with `(?i)` gives the pattern the same meaning.
///
///     TextPattern("lemon-[a-z]+.*")!.matches("Lemon-Duck")      // true
///     TextPattern("(a|b)")                                      // nil
///
/// Matching keeps the set of elements that may come next, one bit each. So the time is proportional to
/// the length of the text, whatever the pattern.
public struct TextPattern: Hashable, Codable, Sendable {
  /// The pattern as it was written.
  public let text: String
  /// For each ASCII character, the elements that accept it. Only lower-case letters are looked up.
  private var acceptingElements = [UInt64](repeating: 0, count: 129)
  /// The elements that may be absent, and those that may repeat.
  private var optional: UInt64 = 0
  private var repeating: UInt64 = 0
  private var count = 0
  /// The index in `acceptingElements` for all characters beyond ASCII.
  private static let beyondASCII = 128

  /// Reads a pattern; nil if it is not valid or has too many elements.
  public init?(_ text: String) {
    self.text = text
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard count < 63, let members = Self.members(byte, &rest) else { return nil }
      let bit: UInt64 = 1 &<< UInt64(count)
      for index in members.indices where members[index] { acceptingElements[index] |= bit }
      switch rest.first {
      case UInt8(ascii: "?")?: optional |= bit
      case UInt8(ascii: "*")?: (optional, repeating) = (optional | bit, repeating | bit)
      case UInt8(ascii: "+")?: repeating |= bit
      default:
        count += 1
        continue
      }
      rest.removeFirst()
      count += 1
    }
  }

  /// Decodes a pattern from its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let pattern = TextPattern(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a pattern")
    }
    self = pattern
  }

  /// Encodes the pattern's text.
  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

  /// Whether the pattern matches the whole text.
  public func matches(_ text: String) -> Bool { matches(text.utf8.span, 0..<text.utf8.count) }

  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // Bit n: all elements before element n have matched.
    var states = skippingOptional(1)
    for offset in range {
      let byte = text[offset]
      // A character beyond ASCII is matched at its first byte.
      if byte & 0xC0 == 0x80 { continue }
      let index = byte < 0x80 ? Int(byte.lowercased) : Self.beyondASCII
      let accepting = states & acceptingElements[index]
      states = skippingOptional(accepting &<< 1 | accepting & repeating)
      if states == 0 { return false }
    }
    return states & (1 &<< UInt64(count)) != 0
  }

  /// Adds the states that are reached by skipping optional elements.
  private func skippingOptional(_ states: UInt64) -> UInt64 {
    var all = states
    var new = states & optional
    while new != 0 {
      new = new &<< 1 & ~all
      all |= new
      new &= optional
    }
    return all
  }

  /// The characters that an element accepts, in lower case; nil if it is not valid.
  private static func members(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> [Bool]? {
    var members = [Bool](repeating: false, count: 129)
    switch byte {
    case .dot: return members.map { _ in true }
    case .openBracket: return classMembers(&rest)
    case .backslash:
      guard let escaped = rest.popFirst(), escaped < 0x80, !escaped.isLetter, !escaped.isDigit
      else { return nil }
      members[Int(escaped)] = true
    default:
      guard byte < 0x80, !"?*+()|{}^$]".utf8.contains(byte) else { return nil }
      members[Int(byte.lowercased)] = true
    }
    return members
  }

  private static func classMembers(_ rest: inout ArraySlice<UInt8>) -> [Bool]? {
    let isInverted = rest.first == UInt8(ascii: "^")
    if isInverted { rest.removeFirst() }
    var members = [Bool](repeating: false, count: 129)
    while let first = rest.popFirst(), first != .closeBracket {
      var last = first
      if rest.first == .minus, rest.dropFirst().first.map({ $0 != .closeBracket }) ?? false {
        last = rest[rest.startIndex + 1]
        rest.removeFirst(2)
      }
      guard first <= last, last < 0x80, first != .backslash, first != .openBracket else {
        return nil
      }
      for character in first...last { members[Int(character.lowercased)] = true }
      if rest.isEmpty { return nil }
    }
    return isInverted ? members.map { !$0 } : members
  }

  /// The letters, digits and hyphens that every match begins with.
  var literalStart: String {
    let plain = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    let isRepeated = text.dropFirst(plain.count).first.map("?*+".contains) ?? false
    return String(isRepeated ? plain.dropLast() : plain)
  }

  /// The pattern as a regular expression without flags: each letter in both cases.
  var regularExpression: String {
    var result = ""
    var isInClass = false
    var isEscaped = false
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      let character = Character(Unicode.Scalar(byte))
      if isInClass {
        result.append(character)
        if byte == .closeBracket { isInClass = false }
        // At the end of `a-z` append `A-Z`.
        if byte.isLetter, index >= 2, bytes[index - 1] == .minus, bytes[index - 2].isLetter {
          let first = Character(Unicode.Scalar(swapped(bytes[index - 2])))
          result += "\(first)-\(Character(Unicode.Scalar(swapped(byte))))"
        } else if byte.isLetter, index + 1 < bytes.count, bytes[index + 1] != .minus {
          result.append(Character(Unicode.Scalar(swapped(byte))))
        }
      } else if byte.isLetter, !isEscaped {
        result += "[\(Character(Unicode.Scalar(byte.uppercased)))"
        result += "\(Character(Unicode.Scalar(byte.lowercased)))]"
      } else {
        isInClass = byte == .openBracket && !isEscaped
        result.append(character)
      }
      isEscaped = byte == .backslash && !isEscaped
    }
    return result
  }

  private func swapped(_ byte: UInt8) -> UInt8 {
    byte.lowercased == byte ? byte.uppercased : byte.lowercased
  }
}
