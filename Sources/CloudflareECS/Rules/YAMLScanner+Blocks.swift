/// Block scalars: `|` keeps line breaks, `>` folds them.
extension YAMLScanner {
  private enum Chomping { case clip, strip, keep }

  /// The block scalar whose `|` or `>` is here.
  mutating func blockScalar(in indent: Int) throws(RuleFileError) -> String {
    let isFolded = byte == UInt8(ascii: ">")
    position += 1
    var chomping = Chomping.clip
    var added: Int?
    while !Self.isBlank(byte) {
      switch byte {
      case .minus where chomping == .clip: chomping = .strip
      case .plus where chomping == .clip: chomping = .keep
      case 0x31...0x39 where added == nil: added = Int(byte - .zero)
      default: throw fault("only +, - and one digit may follow | and >")
      }
      position += 1
    }
    try endLine()
    guard byte != 0 else { return "" }
    newline()
    // In a document, a block is indented by at least one space.
    let least = max(indent + 1, 1)
    var breaks = 0
    let blockColumn: Int
    if let added {
      blockColumn = least + added - 1
      breaks = scanBreaks(upTo: blockColumn)
    } else {
      var widest = 0
      while true {
        skipSpaces()
        widest = max(widest, column)
        guard byte == .lineFeed else { break }
        breaks += 1
        newline()
      }
      blockColumn = max(least, column)
      if byte != 0, column >= least, widest > column {
        throw fault("a blank line before is indented further than the text")
      }
    }
    return blockText(at: blockColumn, breaks, isFolded, chomping)
  }

  /// The lines that begin at a column.
  /// - Parameter breaks: the number of blank lines before the first.
  private mutating func blockText(
    at blockColumn: Int, _ breaks: Int, _ isFolded: Bool, _ chomping: Chomping
  ) -> String {
    var (text, breaks, hasBreak) = ([UInt8](), breaks, false)
    while column == blockColumn, byte != 0 {
      text += repeatElement(.lineFeed, count: breaks)
      let isIndented = byte == .space || byte == .tab
      while byte != .lineFeed, byte != 0 {
        text.append(byte)
        position += 1
      }
      hasBreak = byte == .lineFeed
      if hasBreak { newline() }
      breaks = scanBreaks(upTo: blockColumn)
      guard column == blockColumn, byte != 0 else { break }
      if isFolded, !isIndented, byte != .space, byte != .tab {
        if breaks == 0 { text.append(.space) }
      } else {
        text.append(.lineFeed)
      }
    }
    if hasBreak, chomping != .strip { text.append(.lineFeed) }
    if chomping == .keep { text += repeatElement(.lineFeed, count: breaks) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Moves over blank lines and up to a column of the next line. Returns the number of blank lines.
  private mutating func scanBreaks(upTo blockColumn: Int) -> Int {
    var count = 0
    while true {
      while column < blockColumn, byte == .space { position += 1 }
      guard byte == .lineFeed else { return count }
      newline()
      count += 1
    }
  }
}
