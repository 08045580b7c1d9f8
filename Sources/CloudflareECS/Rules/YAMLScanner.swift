/// Moves through a YAML text, and reads its scalars: plain ones, those in quotes (`YAMLScanner+Scalars.swift`) and blocks
/// (`YAMLScanner+Blocks.swift`). `YAMLReader` reads the collections.
struct YAMLScanner {
  /// The most bytes of a file: 16 MiB.
  static let sizeLimit = 16 << 20
  /// The text, and four bytes 0, which are nowhere in it.
  let bytes: [UInt8]
  var position = 0
  var line = 1
  /// The position of the first byte of the line.
  var lineStart = 0

  /// A scanner of a text.
  /// - Throws: the line of a byte that YAML does not allow.
  init(_ text: Span<UInt8>) throws(RuleFileError) {
    bytes = try Self.checked(text)
  }

  // MARK: Documents

  /// Moves to the next line that begins a document, which may be this one, or to the end.
  mutating func skipToMarker() {
    while byte != 0, !isMarker(.minus) {
      while byte != .lineFeed, byte != 0 { position += 1 }
      if byte != 0 { newline() }
    }
  }

  /// Whether the document ends here.
  var isAtEnd: Bool { byte == 0 || isMarker(.minus) || isMarker(.dot) }

  /// Whether a line begins here with three such characters and a blank.
  func isMarker(_ character: UInt8) -> Bool {
    position == lineStart && byte == character && bytes[position + 1] == character
      && bytes[position + 2] == character && Self.isBlank(bytes[position + 3])
  }

  // MARK: Characters, lines, comments

  var byte: UInt8 { bytes[position] }
  var next: UInt8 { bytes[position + 1] }
  var column: Int { position - lineStart }

  func fault(_ text: String) -> RuleFileError { RuleFileError(text, line: line) }

  /// Whether a byte is a space, ends a line or ends the text.
  static func isBlank(_ byte: UInt8) -> Bool { byte == .space || byte == .lineFeed || byte == 0 }

  /// Whether a `-` with a blank after it is here.
  var isListEntry: Bool { byte == .minus && Self.isBlank(next) }

  /// Whether nothing but perhaps a comment is left of the line, before which is a space.
  var isLineEnd: Bool {
    byte == .lineFeed || byte == 0 || byte == .hash && bytes[position - 1] == .space
  }

  mutating func skipSpaces() { while byte == .space { position += 1 } }

  mutating func newline() {
    position += 1
    line += 1
    lineStart = position
  }

  /// Moves to the end of the line, where only spaces and a comment may be.
  mutating func endLine() throws(RuleFileError) {
    skipSpaces()
    guard isLineEnd else { throw fault("the value ends before the line does") }
    skipComment()
  }

  private mutating func skipComment() {
    while byte != .lineFeed, byte != 0 { position += 1 }
  }

  /// Moves to the next character that is no space and in no comment.
  mutating func skipToToken() throws(RuleFileError) {
    while true {
      skipSpaces()
      switch byte {
      case .lineFeed: newline()
      case .hash where position == lineStart || bytes[position - 1] == .space: skipComment()
      case .tab: throw fault("a tab: indent with spaces")
      default: return
      }
    }
  }

  /// Whether a key and its `:` are next on this line.
  var isKeyNext: Bool {
    var end = position
    if byte == .quote || byte == .apostrophe {
      guard let close = endOfQuotes else { return false }
      end = close
      while bytes[end] == .space { end += 1 }
      return bytes[end] == .colon && Self.isBlank(bytes[end + 1])
    }
    guard !"[{|>&*!%@`".utf8.contains(byte) else { return false }
    while bytes[end] != .lineFeed, bytes[end] != 0 {
      if bytes[end] == .colon, Self.isBlank(bytes[end + 1]) { return true }
      if bytes[end] == .hash, bytes[end - 1] == .space { return false }
      end += 1
    }
    return false
  }

  /// The position after the quotes that begin here, if they end on this line.
  private var endOfQuotes: Int? {
    let quote = byte
    var end = position + 1
    while bytes[end] != .lineFeed, bytes[end] != 0 {
      if bytes[end] == quote {
        if quote == .quote || bytes[end + 1] != quote { return end + 1 }
        end += 1
      } else if quote == .quote, bytes[end] == .backslash, bytes[end + 1] != .lineFeed,
        bytes[end + 1] != 0
      {
        end += 1
      }
      end += 1
    }
    return nil
  }

  /// A copy of a text with a line feed for each line break, and four bytes 0 at the end.
  /// - Throws: the line of a character that YAML does not allow, or that not all of its versions treat alike.
  static func checked(_ text: Span<UInt8>) throws(RuleFileError) -> [UInt8] {
    if text.count > sizeLimit { throw RuleFileError("the file is larger than 16 MiB", line: 1) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + 4)
    var line = 1
    // A byte order mark.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var offset = text.count >= 3 && text.equals(0..<3, mark.span, 0..<3) ? 3 : 0
    while offset < text.count {
      let byte = text[offset]
      if byte == .carriageReturn, offset + 1 < text.count, text[offset + 1] == .lineFeed {
        offset += 1
        continue
      }
      guard let length = StringBytes.scalarLength(text, at: offset) else {
        throw RuleFileError("the text is not valid UTF-8", line: line)
      }
      if byte == .lineFeed { line += 1 }
      let isControl = byte < .space && byte != .lineFeed && byte != .tab || byte == 0x7F
      let isUnicodeControl =
        length == 2 && byte == 0xC2 && text[offset + 1] < 0xA0
        || length == 3 && byte == 0xE2 && text[offset + 1] == 0x80
          && (text[offset + 2] == 0xA8 || text[offset + 2] == 0xA9)
        || length == 3 && byte == 0xEF && text[offset + 1] == 0xBF && text[offset + 2] >= 0xBE
      if isControl || isUnicodeControl {
        throw RuleFileError("a control character or an unusual line break", line: line)
      }
      for index in offset..<(offset + length) { bytes.append(text[index]) }
      offset += length
    }
    bytes += [0, 0, 0, 0]
    return bytes
  }
}

extension UInt8 {
  static let hash: UInt8 = 0x23
  static let apostrophe: UInt8 = 0x27
}
