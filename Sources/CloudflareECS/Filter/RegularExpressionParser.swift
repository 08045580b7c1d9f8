/// Reads the text of a regular expression.
struct RegularExpressionParser {
  private typealias Tree = RegularExpressionTree
  private static let depthLimit = 50
  private static let repeatLimit = 1_000

  private let scalars: [UInt32]
  private var position = 0
  private var flags: RegularExpression.Flags

  init(_ text: String, _ flags: RegularExpression.Flags) {
    scalars = text.unicodeScalars.map(\.value)
    self.flags = flags
  }

  private func fault(_ text: String) -> RegularExpression.Fault { .init(text: text) }

  private var current: Character? { character(at: position) }

  /// A character; those that are not ASCII are `…`, because none of them means anything here.
  private func character(at index: Int) -> Character? {
    guard index < scalars.count else { return nil }
    return scalars[index] < 128 ? Character(Unicode.Scalar(UInt8(scalars[index]))) : "…"
  }

  private mutating func skip(_ text: String) -> Bool {
    for (index, character) in text.enumerated()
    where self.character(at: position + index) != character {
      return false
    }
    position += text.count
    return true
  }

  mutating func parse() throws(RegularExpression.Fault) -> RegularExpressionTree {
    try readFlags()
    let tree = try choice(depth: 0)
    if current != nil { throw fault("a ')' without its '('") }
    return tree
  }

  /// `(?i)`, `(?ms)` at the start.
  private mutating func readFlags() throws(RegularExpression.Fault) {
    while character(at: position) == "(", character(at: position + 1) == "?",
      let letter = character(at: position + 2), "ims".contains(letter)
    {
      position += 2
      while let letter = current, letter != ")" {
        switch letter {
        case "i": flags.ignoresCase = true
        case "m": flags.isMultiline = true
        case "s": flags.dotMatchesAll = true
        default: throw fault("of the flags only (?i), (?m) and (?s) at the start are supported")
        }
        position += 1
      }
      position += 1
    }
  }

  private mutating func choice(depth: Int) throws(RegularExpression.Fault) -> RegularExpressionTree
  {
    if depth > Self.depthLimit { throw fault("nested deeper than \(Self.depthLimit) groups") }
    var parts = [try sequence(depth: depth)]
    while skip("|") { parts.append(try sequence(depth: depth)) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence(
    depth: Int
  ) throws(RegularExpression.Fault) -> RegularExpressionTree {
    var parts: [Tree] = []
    while let character = current, character != "|", character != ")" {
      let atom = try atom(depth: depth)
      parts.append(try quantified(atom))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func atom(depth: Int) throws(RegularExpression.Fault) -> RegularExpressionTree {
    let character = current
    position += 1
    switch character {
    case "(":
      try readGroupStart()
      let tree = try choice(depth: depth + 1)
      guard skip(")") else { throw fault("a '(' without its ')'") }
      return tree
    case ".":
      return .set(flags.dotMatchesAll ? .any : CharacterSet.lineFeed.inverted)
    case "^": return .assert(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assert(flags.isMultiline ? .lineEnd : .textEndOrLastBreak)
    case "[": return .set(try characterClass())
    case "\\": return try escape()
    case "*", "+", "?": throw fault("a '\(character!)' after nothing")
    default: return .character(scalars[position - 1], ignoresCase: flags.ignoresCase)
    }
  }

  private mutating func readGroupStart() throws(RegularExpression.Fault) {
    guard skip("?") else { return }
    if skip(":") { return }
    if skip("=") || skip("!") || skip("<=") || skip("<!") {
      throw fault("look-around is not supported: it needs more than linear time")
    }
    if skip("P<") || skip("<") || skip("'") {
      while let letter = current, letter.isLetter || letter.isNumber || letter == "_" {
        position += 1
      }
      if skip(">") || skip("'") { return }
    }
    throw fault("a group of this kind is not supported")
  }

  private mutating func quantified(
    _ atom: RegularExpressionTree
  ) throws(RegularExpression.Fault) -> RegularExpressionTree {
    var tree = atom
    var hasOne = false
    while let (least, most) = try quantifier() {
      if hasOne { throw fault("a quantifier after another one") }
      hasOne = true
      tree = .repeated(tree, least, most)
      // Lazy quantifiers find the same texts.
      _ = skip("?")
      if current == "+" { throw fault("possessive quantifiers are not supported") }
    }
    return tree
  }

  private mutating func quantifier() throws(RegularExpression.Fault) -> (Int, Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    guard current == "{" else { return nil }
    // Anything else in braces is text.
    var end = position + 1
    func number() -> Int? {
      var value: Int?
      while let digit = character(at: end)?.wholeNumberValue {
        value = min((value ?? 0) * 10 + digit, 1_000_000)
        end += 1
      }
      return value
    }
    guard let least = number() else { return nil }
    var most: Int? = least
    if character(at: end) == "," {
      end += 1
      most = number()
    }
    guard character(at: end) == "}" else { return nil }
    if max(least, most ?? 0) > Self.repeatLimit {
      throw fault("more than \(Self.repeatLimit) repetitions")
    }
    if let most, most < least { throw fault("a range of repetitions that is empty") }
    position = end + 1
    return (least, most)
  }

  // MARK: Escapes and classes

  private mutating func escape() throws(RegularExpression.Fault) -> RegularExpressionTree {
    guard let character = current else { throw fault("a '\\' at the end") }
    if let set = Self.set(character) {
      position += 1
      return .set(set)
    }
    let assertion: RegularExpression.Assertion? =
      switch character {
      case "b": .wordBoundary
      case "B": .noWordBoundary
      case "A": .textStart
      case "z": .textEnd
      case "Z": .textEndOrLastBreak
      default: nil
      }
    if let assertion {
      position += 1
      return .assert(assertion)
    }
    if character.isNumber && character != "0" || character == "k" {
      throw fault("back-references are not supported: they need more than linear time")
    }
    return .character(try escapedCharacter(), ignoresCase: flags.ignoresCase)
  }

  private static func set(_ letter: Character) -> CharacterSet? {
    switch letter {
    case "d": .digits
    case "D": CharacterSet.digits.inverted
    case "w": .wordCharacters
    case "W": CharacterSet.wordCharacters.inverted
    case "s": .spaces
    case "S": CharacterSet.spaces.inverted
    default: nil
    }
  }

  /// The character after a backslash that stands for a character.
  private mutating func escapedCharacter() throws(RegularExpression.Fault) -> UInt32 {
    guard let character = current else { throw fault("a '\\' at the end") }
    let scalar = scalars[position]
    position += 1
    switch character {
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "f": return 0x0C
    case "v": return 0x0B
    case "a": return 0x07
    case "e": return 0x1B
    case "0": return 0
    case "x":
      if skip("{") {
        let value = hexadecimal(atMost: 6)
        if let value, skip("}") { return value }
      } else if let value = hexadecimal(atMost: 2) {
        return value
      }
      throw fault("an incomplete \\x")
    case "u":
      guard let value = hexadecimal(atMost: 4) else { throw fault("an incomplete \\u") }
      return value
    default:
      if character.isASCII, character.isLetter || character.isNumber {
        throw fault("\\\(character) is not supported")
      }
      return scalar
    }
  }

  private mutating func hexadecimal(atMost count: Int) -> UInt32? {
    var value: UInt32?
    for _ in 0..<count {
      guard let digit = current?.hexDigitValue else { break }
      value = (value ?? 0) << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private mutating func characterClass() throws(RegularExpression.Fault) -> CharacterSet {
    let isInverted = skip("^")
    var set = CharacterSet()
    var isFirst = true
    while true {
      guard let character = current else { throw fault("a '[' without its ']'") }
      if character == "]", !isFirst { break }
      isFirst = false
      if character == "[", let kind = self.character(at: position + 1), ":.=".contains(kind) {
        throw fault("classes such as [:alpha:] are not supported")
      }
      if character == "\\", let letter = self.character(at: position + 1),
        let named = Self.set(letter)
      {
        position += 2
        set.formUnion(named)
        continue
      }
      let first = try classCharacter()
      if current == "-", let next = self.character(at: position + 1), next != "]" {
        position += 1
        let last = try classCharacter()
        guard first <= last else { throw fault("a range of characters that is empty") }
        set.insert(first...last)
      } else {
        set.insert(first...first)
      }
    }
    position += 1
    if flags.ignoresCase { set = set.ignoringCase }
    return isInverted ? set.inverted : set
  }

  private mutating func classCharacter() throws(RegularExpression.Fault) -> UInt32 {
    if skip("\\") {
      if skip("b") { return 0x08 }
      if let letter = current, Self.set(letter) != nil {
        throw fault("a range from or to a class of characters")
      }
      return try escapedCharacter()
    }
    guard position < scalars.count else { throw fault("a '[' without its ']'") }
    position += 1
    return scalars[position - 1]
  }
}
