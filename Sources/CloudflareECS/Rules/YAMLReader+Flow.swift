/// Flow collections: `[a, b]` and `{a: b}`.
extension YAMLReader {
  /// The collection whose bracket is here.
  mutating func flow(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let start = line
    let isList = byte == .openBracket
    let close: UInt8 = isList ? .closeBracket : .closeBrace
    position += 1
    var elements: [RuleNode] = []
    var members = Members()
    while true {
      try skipFlowSpace()
      if byte == close { break }
      if byte == 0 { throw RuleFileError("the bracket is not closed", line: start) }
      if isList {
        elements.append(try flowNode(depth: depth))
      } else {
        let keyLine = line
        let name = try flowKey()
        try skipFlowSpace()
        let isMissing = byte == .comma || byte == close
        try members.add(name, isMissing ? empty : try flowNode(depth: depth), line: keyLine)
      }
      try skipFlowSpace()
      if byte == .comma {
        position += 1
      } else if byte == 0 {
        throw RuleFileError("the bracket is not closed", line: start)
      } else if byte != close {
        throw fault("a comma or the closing bracket is expected here")
      }
    }
    position += 1
    return RuleNode(isList ? .list(elements) : .map(members.all), line: start)
  }

  private mutating func flowNode(depth: Int) throws(RuleFileError) -> RuleNode {
    let line = self.line
    switch byte {
    case .openBracket, .openBrace: return try flow(depth: depth + 1)
    case .quote, .apostrophe: return RuleNode(.scalar(try quoted(), isPlain: false), line: line)
    default: return RuleNode(.scalar(try flowPlain(), isPlain: true), line: line)
    }
  }

  /// A key and its colon, on one line.
  private mutating func flowKey() throws(RuleFileError) -> String {
    let start = line
    let isQuoted = byte == .quote || byte == .apostrophe
    let name = try isQuoted ? quoted() : flowPlain(isKey: true)
    skipSpaces()
    guard line == start, byte == .colon, isQuoted || Self.isBlank(next) || isFlowEnd(next) else {
      throw fault("'name: value' is expected here, with the colon on the line of the name")
    }
    position += 1
    if !isQuoted, name == "<<" { throw fault("merge keys (<<) are not supported") }
    return name
  }

  /// Text without quotes: up to a comma, a bracket or a comment; of a key, up to the colon.
  private mutating func flowPlain(isKey: Bool = false) throws(RuleFileError) -> String {
    try checkPlainStart(isFlow: true)
    var text: [UInt8] = []
    while true {
      let start = position
      while byte != .lineFeed, byte != 0, !isFlowEnd(byte),
        byte != .hash || bytes[position - 1] != .space
      {
        if byte == .questionMark || byte == .tab {
          throw fault("'?' or a tab in text without quotes between brackets")
        }
        if byte == .colon, Self.isBlank(next) || isFlowEnd(next) {
          guard isKey else { throw fault("a single pair in a list is not supported") }
          break
        }
        position += 1
      }
      text += withoutTrailingSpaces(start..<position)
      guard !isKey, byte == .lineFeed, let breaks = try foldedBreaks(in: nil) else { break }
      if isFlowEnd(byte) { break }
      text += breaks
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func isFlowEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case .comma, .openBracket, .closeBracket, .openBrace, .closeBrace: true
    default: false
    }
  }

  /// Moves over spaces, line breaks and comments.
  private mutating func skipFlowSpace() throws(RuleFileError) {
    try skipToToken()
    if byte != 0, isAtEnd { throw fault("the document ends inside brackets") }
  }
}
