/// Plain and quoted scalars.
extension YAMLScanner {
  /// The key that begins here, up to its colon.
  mutating func key() throws(RuleFileError) -> String {
    if byte == .quote || byte == .apostrophe {
      let text = try quoted()
      skipSpaces()
      return text
    }
    try checkPlainStart(isFlow: false)
    let start = position
    while byte != .colon || !Self.isBlank(next) {
      if byte == .tab { throw fault("a tab in a name") }
      position += 1
    }
    var end = position
    while bytes[end - 1] == .space { end -= 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if text == "<<" { throw fault("merge keys (<<) are not supported") }
    return text
  }

  /// Throws unless plain text may begin with the character here.
  func checkPlainStart(isFlow: Bool) throws(RuleFileError) {
    switch byte {
    case UInt8(ascii: "&"): throw fault("anchors (&) are not supported")
    case UInt8(ascii: "*"):
      throw fault("aliases (*) are not supported. A text that begins with * needs quotes")
    case UInt8(ascii: "!"): throw fault("tags (!) are not supported")
    case .questionMark where Self.isBlank(next) || isFlow:
      throw fault("keys with ? are not supported")
    case .minus where Self.isBlank(next), .colon where Self.isBlank(next) || isFlow,
      .comma, .closeBracket, .closeBrace, UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: ">"), .hash, .quote, .apostrophe,
      .openBracket, .openBrace, .tab, 0:
      throw fault("a text cannot begin like this without quotes")
    default: break
    }
  }

  /// Text without quotes in a block collection. Lines that are indented further than the collection go on with it.
  mutating func plain(in indent: Int) throws(RuleFileError) -> String {
    try checkPlainStart(isFlow: false)
    var text: [UInt8] = []
    while true {
      let start = position
      while byte != .lineFeed, byte != 0, byte != .hash || bytes[position - 1] != .space {
        if byte == .tab { throw fault("a tab in text without quotes") }
        if byte == .colon, Self.isBlank(next) {
          throw fault("': ' in text without quotes")
        }
        position += 1
      }
      text += withoutTrailingSpaces(start..<position)
      guard byte == .lineFeed, let breaks = try foldedBreaks(in: indent) else { break }
      text += breaks
    }
    return String(decoding: text, as: UTF8.self)
  }

  func withoutTrailingSpaces(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == .space { end -= 1 }
    return bytes[range.lowerBound..<end]
  }

  /// Moves over line breaks to the next line of a plain text, and returns what they stand for. Nil if the text does
  /// not go on; then nothing moves.
  mutating func foldedBreaks(in indent: Int?) throws(RuleFileError) -> [UInt8]? {
    let saved = (position, line, lineStart)
    var count = 0
    while byte == .lineFeed {
      newline()
      count += 1
      if isAtEnd { break }
      skipSpaces()
    }
    if byte == .tab { throw fault("a tab: indent with spaces") }
    if isAtEnd || byte == .hash || indent.map({ column <= $0 }) ?? false {
      (position, line, lineStart) = saved
      return nil
    }
    return Self.folded(count)
  }

  /// What a number of line breaks between two texts stands for.
  static func folded(_ breaks: Int) -> [UInt8] {
    breaks == 1 ? [.space] : Array(repeating: .lineFeed, count: breaks - 1)
  }

  // MARK: Quotes

  /// The text in the quotes that begin here.
  mutating func quoted() throws(RuleFileError) -> String {
    let (quote, start) = (byte, line)
    position += 1
    var text: [UInt8] = []
    while true {
      switch byte {
      case 0: throw RuleFileError("the quotes have no end", line: start)
      case quote:
        position += 1
        if quote == .quote || byte != quote { return String(decoding: text, as: UTF8.self) }
        text.append(quote)
        position += 1
      case .backslash where quote == .quote:
        position += 1
        try escape(&text)
      case .space, .tab:
        let blanks = position
        while byte == .space || byte == .tab { position += 1 }
        if byte != .lineFeed { text += bytes[blanks..<position] }
      case .lineFeed:
        text += Self.folded(try quotedBreaks())
      default:
        text.append(byte)
        position += 1
      }
    }
  }

  /// Moves over line breaks and blanks inside quotes, and returns the number of breaks.
  private mutating func quotedBreaks() throws(RuleFileError) -> Int {
    var count = 0
    while byte == .lineFeed {
      newline()
      count += 1
      if byte != 0, isAtEnd { throw fault("the document ends inside quotes") }
      while byte == .space || byte == .tab { position += 1 }
    }
    return count
  }

  /// The character that an escape in double quotes stands for; the backslash was passed.
  private mutating func escape(_ text: inout [UInt8]) throws(RuleFileError) {
    let character = byte
    position += 1
    let digits: Int
    switch character {
    case UInt8(ascii: "0"): return text.append(0)
    case UInt8(ascii: "a"): return text.append(0x07)
    case UInt8(ascii: "b"): return text.append(0x08)
    case UInt8(ascii: "t"), .tab: return text.append(.tab)
    case UInt8(ascii: "n"): return text.append(.lineFeed)
    case UInt8(ascii: "v"): return text.append(0x0B)
    case UInt8(ascii: "f"): return text.append(0x0C)
    case UInt8(ascii: "r"): return text.append(.carriageReturn)
    case UInt8(ascii: "e"): return text.append(0x1B)
    case .space, .quote, .slash, .backslash: return text.append(character)
    case UInt8(ascii: "N"): return text += "\u{85}".utf8
    case UInt8(ascii: "_"): return text += "\u{A0}".utf8
    case UInt8(ascii: "L"): return text += "\u{2028}".utf8
    case UInt8(ascii: "P"): return text += "\u{2029}".utf8
    case .lineFeed:
      position -= 1
      let breaks = try quotedBreaks()
      return text += Array(repeating: .lineFeed, count: breaks - 1)
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: throw fault("an unknown escape after \\ in double quotes")
    }
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = byte.hexValue else { throw fault("an incomplete escape") }
      value = value << 4 | digit
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw fault("an escape that is not a character")
    }
    text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }
}
