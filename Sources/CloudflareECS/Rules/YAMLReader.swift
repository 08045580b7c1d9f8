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
  /// How deep collections may be nested.
  static let depthLimit = 64

  var scanner: YAMLScanner

  /// A reader of a text.
  /// - Throws: the line of a byte that YAML does not allow.
  init(_ text: Span<UInt8>) throws(RuleFileError) {
    scanner = try YAMLScanner(text)
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
        try scanner.skipToToken()
        while scanner.byte != 0 {
          if let document = try document(mayOmitMarker: &mayOmitMarker) {
            documents.append(document)
          }
        }
      } catch {
        faults.append(error)
        scanner.skipToMarker()
        mayOmitMarker = false
      }
    } while scanner.byte != 0
    return (documents, faults)
  }

  /// The document that begins here; nil if it is only the end of one.
  private mutating func document(mayOmitMarker: inout Bool) throws(RuleFileError) -> RuleNode? {
    if scanner.isMarker(.dot), !mayOmitMarker {
      scanner.position += 3
      try scanner.endLine()
      try scanner.skipToToken()
      return nil
    }
    if scanner.isMarker(.minus) {
      scanner.position += 3
      try scanner.endLine()
      try scanner.skipToToken()
    } else if !mayOmitMarker {
      throw scanner.fault("--- is missing before the document")
    }
    mayOmitMarker = false
    let document = scanner.isAtEnd ? empty : try node(in: -1, depth: 0)
    guard scanner.isAtEnd else { throw scanner.fault("text after the end of the document") }
    return document
  }

  /// A value that is missing.
  var empty: RuleNode { RuleNode(.scalar("", isPlain: true), line: scanner.line) }

  // MARK: Block collections

  /// The value that begins here, at the start of a line or after `- `.
  /// - Parameter indent: the column of the collection that it is in; -1 for the document.
  private mutating func node(in indent: Int, depth: Int) throws(RuleFileError) -> RuleNode {
    if scanner.isListEntry { return try list(depth: depth + 1) }
    return try scanner.isKeyNext ? mapping(depth: depth + 1) : scalar(in: indent, depth: depth)
  }

  /// The list whose first `-` is here.
  private mutating func list(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let (column, line) = (scanner.column, scanner.line)
    var elements: [RuleNode] = []
    while !scanner.isAtEnd, scanner.column == column, scanner.isListEntry {
      scanner.position += 1
      scanner.skipSpaces()
      if scanner.isLineEnd {
        try scanner.skipToToken()
        let isMissing = scanner.isAtEnd || scanner.column <= column
        elements.append(isMissing ? empty : try node(in: column, depth: depth))
      } else {
        elements.append(try node(in: column, depth: depth))
      }
      if !scanner.isAtEnd, scanner.column > column {
        throw scanner.fault("the line is indented too far")
      }
    }
    return RuleNode(.list(elements), line: line)
  }

  /// The mapping whose first key is here.
  private mutating func mapping(depth: Int) throws(RuleFileError) -> RuleNode {
    try check(depth)
    let (column, line) = (scanner.column, scanner.line)
    var members = Members()
    while !scanner.isAtEnd, scanner.column >= column {
      guard scanner.column == column else { throw scanner.fault("the line is indented too far") }
      guard scanner.isKeyNext else { throw scanner.fault("'name: value' is expected here") }
      let keyLine = scanner.line
      let name = try scanner.key()
      scanner.position += 1
      scanner.skipSpaces()
      let value: RuleNode
      if scanner.isLineEnd {
        try scanner.skipToToken()
        if !scanner.isAtEnd, scanner.column > column {
          value = try node(in: column, depth: depth)
        } else if !scanner.isAtEnd, scanner.column == column, scanner.isListEntry {
          value = try list(depth: depth + 1)
        } else {
          value = empty
        }
      } else if scanner.isListEntry {
        throw scanner.fault("a list cannot begin on the line of its name")
      } else {
        value = try scalar(in: column, depth: depth)
      }
      try members.add(name, value, line: keyLine)
    }
    return RuleNode(.map(members.all), line: line)
  }

  /// The scalar or flow collection that begins here.
  /// - Parameter indent: the column of the collection that it is in.
  private mutating func scalar(in indent: Int, depth: Int) throws(RuleFileError) -> RuleNode {
    let line = scanner.line
    switch scanner.byte {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      let text = try scanner.blockScalar(in: indent)
      try scanner.skipToToken()
      return RuleNode(.scalar(text, isPlain: false), line: line)
    case .openBracket, .openBrace:
      let value = try flow(depth: depth + 1)
      try scanner.endLine()
      try scanner.skipToToken()
      return value
    case .quote, .apostrophe:
      let text = try scanner.quoted()
      try scanner.endLine()
      try scanner.skipToToken()
      return RuleNode(.scalar(text, isPlain: false), line: line)
    default:
      let text = try scanner.plain(in: indent)
      try scanner.skipToToken()
      return RuleNode(.scalar(text, isPlain: true), line: line)
    }
  }

  func check(_ depth: Int) throws(RuleFileError) {
    if depth > Self.depthLimit {
      throw scanner.fault("nested deeper than \(Self.depthLimit) levels")
    }
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
