/// Reads the YAML that rule files consist of: block and flow mappings and lists, all styles of scalars, comments, and
/// several documents.
///
/// What rule files do not need is refused, with its line: anchors, aliases, tags, directives, merge keys, `?` keys,
/// single pairs in flow lists, tabs outside quotes and blocks, names twice in a mapping. What is read has the meaning
/// that YAML 1.1 gives it, as PyYAML reads it. Scalars stay text.
///
/// A document is read line by line. The column of the first character decides which collection a line belongs to:
///
///     detection:                  column 0: member of the mapping of the document
///       selection:                column 2: deeper, so the value of `detection`
///       - a                       a list may have the column of its name
///       - b: 1                    a mapping that begins at column 4
///         c: 2
///
/// The time is linear in the size: a line is looked at once to find a `: `, and once to read it, for each of at most
/// ``depthLimit`` collections that begin in it.
struct YAMLReader {
  /// The most bytes of a file: 16 MiB.
  static let sizeLimit = 16 << 20
  /// How deep collections may be nested.
  static let depthLimit = 64

  /// The text, and four bytes 0, which are nowhere in it.
  let bytes: [UInt8]
  var position = 0
  var line = 1
  /// The position of the first byte of the line.
  var lineStart = 0

  /// A reader of a text.
  /// - Throws: the line of a byte that YAML does not allow.
  init(_ text: Span<UInt8>) throws(RuleFileError) {
    bytes = try Self.checked(text)
  }

  /// The documents of a text, and why others cannot be read: after a fault, reading goes on at the next `---`.
  /// - Throws: the line of a byte that YAML does not allow.
  static func documents(
    _ text: Span<UInt8>
  ) throws(RuleFileError) -> (documents: [RuleNode], faults: [RuleFileError]) {
    var reader = try YAMLReader(text)
    return reader.documents()
  }

  // MARK: Documents

  private mutating func documents() -> (documents: [RuleNode], faults: [RuleFileError]) {
    var documents: [RuleNode] = []
    var faults: [RuleFileError] = []
    var mayOmitMarker = true
    repeat {
      do throws(RuleFileError) {
        try skipToToken()
        while byte != 0 {
          if let document = try document(mayOmitMarker: &mayOmitMarker) {
            documents.append(document)
          }
        }
      } catch {
        faults.append(error)
        skipToMarker()
        mayOmitMarker = false
      }
    } while byte != 0
    return (documents, faults)
  }

  /// The document that begins here; nil if it is only the end of one.
  private mutating func document(mayOmitMarker: inout Bool) throws(RuleFileError) -> RuleNode? {
    if isMarker(.dot), !mayOmitMarker {
      position += 3
      try endLine()
      try skipToToken()
      mayOmitMarker = false
      return nil
    }
    if isMarker(.minus) {
      position += 3
      try endLine()
      try skipToToken()
    } else if !mayOmitMarker {
      throw fault("--- is missing before the document")
    }
    mayOmitMarker = false
    let document = isAtEnd ? empty : try node(in: -1, depth: 0)
    guard isAtEnd else { throw fault("text after the end of the document") }
    return document
  }

  /// Moves to the next line that begins a document, which may be this one, or to the end.
  private mutating func skipToMarker() {
    while byte != 0, !isMarker(.minus) {
      while byte != .lineFeed, byte != 0 { position += 1 }
      if byte != 0 { newline() }
    }
  }

  /// A value that is missing.
  var empty: RuleNode { RuleNode(.scalar("", isPlain: true), line: line) }

  /// Whether the document ends here.
  var isAtEnd: Bool { byte == 0 || isMarker(.minus) || isMarker(.dot) }

  /// Whether a line begins here that consists of three such characters.
  func isMarker(_ character: UInt8) -> Bool {
    position == lineStart && byte == character && bytes[position + 1] == character
      && bytes[position + 2] == character && Self.isBlank(bytes[position + 3])
  }

  // MARK: Block collections

  /// The value that begins here, at the start of a line or after `- `.
  /// - Parameter indent: the column of the collection that it is in; -1 for the document.
  private mutating func node(in indent: Int, depth: Int) throws(RuleFileError) -> RuleNode {
    if isListEntry { return try list(depth: depth + 1) }
    return try isKeyNext ? mapping(depth: depth + 1) : scalar(in: indent, depth: depth)
  }

  /// The list whose first `-` is here.
  private mutating func list(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let (column, line) = (self.column, self.line)
    var elements: [RuleNode] = []
    while !isAtEnd, self.column == column, isListEntry {
      position += 1
      skipSpaces()
      if isLineEnd {
        try skipToToken()
        let isMissing = isAtEnd || self.column <= column
        elements.append(isMissing ? empty : try node(in: column, depth: depth))
      } else {
        elements.append(try node(in: column, depth: depth))
      }
      if !isAtEnd, self.column > column { throw fault("the line is indented too far") }
    }
    return RuleNode(.list(elements), line: line)
  }

  /// The mapping whose first key is here.
  private mutating func mapping(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let (column, line) = (self.column, self.line)
    var members = Members()
    while !isAtEnd, self.column >= column {
      guard self.column == column else { throw fault("the line is indented too far") }
      guard isKeyNext else { throw fault("'name: value' is expected here") }
      let keyLine = self.line
      let name = try key()
      position += 1
      skipSpaces()
      let value: RuleNode
      if isLineEnd {
        try skipToToken()
        if !isAtEnd, self.column > column {
          value = try node(in: column, depth: depth)
        } else if !isAtEnd, self.column == column, isListEntry {
          value = try list(depth: depth + 1)
        } else {
          value = empty
        }
      } else if isListEntry {
        throw fault("a list cannot begin on the line of its name")
      } else {
        value = try scalar(in: column, depth: depth)
      }
      try members.add(name, value, line: keyLine)
    }
    return RuleNode(.map(members.all), line: line)
  }

  func check(_ depth: Int) throws(RuleFileError) {
    if depth > Self.depthLimit { throw fault("nested deeper than \(Self.depthLimit) levels") }
  }

  /// The members of a mapping, whose names have to differ.
  struct Members {
    private(set) var all: [RuleNode.Member] = []
    /// As bytes: Swift takes texts for equal that differ in bytes.
    private var names: Set<[UInt8]> = []

    mutating func add(_ name: String, _ value: RuleNode, line: Int) throws(RuleFileError) {
      guard names.insert(Array(name.utf8)).inserted else {
        throw RuleFileError("'\(DisplayText.value(name))' is here twice", line: line)
      }
      all.append(.init(name: name, line: line, value: value))
    }
  }
}
