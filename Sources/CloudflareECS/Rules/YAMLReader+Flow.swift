/// Flow collections: `[a, b]` and `{a: b}`.
extension YAMLReader {
  /// The collection whose bracket is here.
  mutating func flow(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let start = scanner.line
    let isList = scanner.byte == .openBracket
    let close: UInt8 = isList ? .closeBracket : .closeBrace
    scanner.position += 1
    var elements: [RuleNode] = []
    var members = Members()
    while true {
      try skipFlowSpace()
      if scanner.byte == close { break }
      if scanner.byte == 0 { throw RuleFileError("the bracket is not closed", line: start) }
      if isList {
        elements.append(try flowNode(depth: depth))
      } else {
        let keyLine = scanner.line
        let name = try flowKey()
        try skipFlowSpace()
        let isMissing = scanner.byte == .comma || scanner.byte == close
        try members.add(name, isMissing ? empty : try flowNode(depth: depth), line: keyLine)
      }
      try skipFlowSpace()
      if scanner.byte == .comma {
        scanner.position += 1
      } else if scanner.byte == 0 {
        throw RuleFileError("the bracket is not closed", line: start)
      } else if scanner.byte != close {
        throw scanner.fault("a comma or the closing bracket is expected here")
      }
    }
    scanner.position += 1
    return RuleNode(isList ? .list(elements) : .map(members.all), line: start)
  }

  private mutating func flowNode(depth: Int) throws(RuleFileError) -> RuleNode {
    let line = scanner.line
    switch scanner.byte {
    case .openBracket, .openBrace: return try flow(depth: depth + 1)
    case .quote, .apostrophe:
      return RuleNode(.scalar(try scanner.quoted(), isPlain: false), line: line)
    default: return RuleNode(.scalar(try flowPlain(), isPlain: true), line: line)
    }
  }

  /// A key and its colon, on one line.
  private mutating func flowKey() throws(RuleFileError) -> String {
    let start = scanner.line
    let isQuoted = scanner.byte == .quote || scanner.byte == .apostrophe
    let name = try isQuoted ? scanner.quoted() : flowPlain(isKey: true)
    scanner.skipSpaces()
    guard scanner.line == start, scanner.byte == .colon,
      isQuoted || YAMLScanner.isBlank(scanner.next) || isFlowEnd(scanner.next)
    else {
      throw scanner.fault("'name: value' is expected here, with the colon on the line of the name")
    }
    scanner.position += 1
    if !isQuoted, name == "<<" { throw scanner.fault("merge keys (<<) are not supported") }
    return name
  }

  /// Text without quotes: up to a comma, a bracket or a comment; of a key, up to the colon.
  private mutating func flowPlain(isKey: Bool = false) throws(RuleFileError) -> String {
    try scanner.checkPlainStart(isFlow: true)
    var text: [UInt8] = []
    while true {
      let start = scanner.position
      while scanner.byte != .lineFeed, scanner.byte != 0, !isFlowEnd(scanner.byte),
        scanner.byte != .hash || scanner.bytes[scanner.position - 1] != .space
      {
        if scanner.byte == .questionMark || scanner.byte == .tab {
          throw scanner.fault("'?' or a tab in text without quotes between brackets")
        }
        if scanner.byte == .colon, YAMLScanner.isBlank(scanner.next) || isFlowEnd(scanner.next) {
          guard isKey else { throw scanner.fault("a single pair in a list is not supported") }
          break
        }
        scanner.position += 1
      }
      text += scanner.withoutTrailingSpaces(start..<scanner.position)
      guard !isKey, scanner.byte == .lineFeed, let breaks = try scanner.foldedBreaks(in: nil) else {
        break
      }
      if isFlowEnd(scanner.byte) { break }
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
    try scanner.skipToToken()
    if scanner.byte != 0, scanner.isAtEnd {
      throw scanner.fault("the document ends inside brackets")
    }
  }
}
