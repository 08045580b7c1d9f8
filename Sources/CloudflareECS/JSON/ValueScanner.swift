/// Scans JSON values: checks their grammar and copies them, escaped as the content of a
/// JSON string.
///
/// Each function takes the offset where a token starts and returns the offset after it. The essay
/// in `RecordScanner` explains how a record is scanned.
struct ValueScanner {
  /// Whether line breaks are white space inside a record.
  let allowsLineBreaks: Bool
  /// Whether everything scanned since this was set to true is canonical: spelled as this library
  /// writes it.
  var isCanonical = true
  /// Whether a lone surrogate was seen.
  var sawLoneSurrogate = false
  /// Whether any string had an escape.
  private(set) var sawEscape = false

  /// The deepest nesting that is accepted; the record itself is level 1.
  static let maximumDepth = 128
  /// An object with more members counts as not canonical, so that `JSONObject` finds its duplicate
  /// names.
  static let fewNames = 16

  init(allowsLineBreaks: Bool = false) { self.allowsLineBreaks = allowsLineBreaks }

  /// Scans a text that must be one value of any type, inside `depth` objects or arrays; returns the
  /// range of the value.
  ///
  /// `range` must end after the line break that is the last byte of the text.
  mutating func scanSingle(
    _ text: Span<UInt8>, _ range: Range<Int>, depth: Int = 0
  ) throws(JSONError) -> Range<Int> {
    var unused = OutputBuffer()
    func endOfSpace(from start: Int) -> Int {
      var position = start
      while position < range.upperBound, text[position].isWhiteSpace { position &+= 1 }
      return position
    }
    let start = endOfSpace(from: range.lowerBound)
    guard start < range.upperBound else {
      throw JSONError(.unexpectedByte, at: range.upperBound &- 1)
    }
    let end = try scanValue(text, start, depth: depth, &unused)
    let rest = endOfSpace(from: end)
    guard rest == range.upperBound else { throw JSONError(.textAfterRecord, at: rest) }
    return start..<end
  }

  /// Scans the value at `start`, inside `depth` objects or arrays; returns the offset after it.
  mutating func scanValue(
    _ text: Span<UInt8>, _ start: Int, depth: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    text[start] == .quote
      ? try scanString(text, start, &escaped)
      : try scanOther(text, start, depth: depth, &escaped).end
  }

  /// Scans the value of a record's member; returns its kind and the offset after it.
  mutating func scanAny(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> (kind: JSONSlice.Kind, end: Int) {
    text[start] == .quote
      ? (.string, try scanString(text, start, &escaped))
      : try scanOther(text, start, depth: 1, &escaped)
  }

  /// Scans a value that is not a string.
  mutating func scanOther(
    _ text: Span<UInt8>, _ start: Int, depth: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> (kind: JSONSlice.Kind, end: Int) {
    switch text[start] {
    case .minus, .zero ... .nine: return try scanNumber(text, start, &escaped)
    case .openBrace: return (.object, try scanObject(text, start, depth: depth &+ 1, &escaped))
    case .openBracket: return (.array, try scanArray(text, start, depth: depth &+ 1, &escaped))
    case UInt8(ascii: "t"): return (.boolean, try scanLiteral("true", text, start, &escaped))
    case UInt8(ascii: "f"): return (.boolean, try scanLiteral("false", text, start, &escaped))
    case UInt8(ascii: "n"): return (.null, try scanLiteral("null", text, start, &escaped))
    default: throw Self.unexpected(text, start)
    }
  }

  mutating func scanLiteral(
    _ literal: String, _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    var position = start
    for byte in literal.utf8 {
      guard text[position] == byte else { throw Self.unexpected(text, position) }
      position &+= 1
    }
    escaped.append(literal)
    return position
  }

  /// Scans a number as in RFC 8259, section 6: an optional `-`, then `0` or digits without a
  /// leading zero, then an optional fraction and exponent.
  mutating func scanNumber(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> (kind: JSONSlice.Kind, end: Int) {
    if let count = text.digitCount(at: start), count > 0, text[start] != .zero || count == 1,
      text[start &+ count] == .comma
    {
      escaped.append(word: text.word(at: start), length: count)
      return (.integer, start &+ count)
    }
    let first = text[start] == .minus ? start &+ 1 : start
    var position = text.endOfDigits(first)
    if position == first || text[first] == .zero && position > first &+ 1 {
      throw JSONError(.badNumber, at: first)
    }
    var kind = JSONSlice.Kind.integer
    if text[position] == .dot || text[position] | 0x20 == UInt8(ascii: "e") {
      position = try scanFraction(text, position)
      kind = .decimal
    }
    escaped.append(text, start..<position)
    return (kind, position)
  }

  @inline(never)
  mutating func scanFraction(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
    func digits(_ start: Int) throws(JSONError) -> Int {
      let end = text.endOfDigits(start)
      guard end > start else { throw JSONError(.badNumber, at: start) }
      return end
    }
    var position = start
    if text[position] == .dot { position = try digits(position &+ 1) }
    if text[position] | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if text[position] == .plus || text[position] == .minus { position &+= 1 }
      position = try digits(position)
    }
    return position
  }

  mutating func scanArray(
    _ text: Span<UInt8>, _ start: Int, depth: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    guard depth <= Self.maximumDepth else { throw JSONError(.tooDeep, at: start) }
    escaped.append(.openBracket)
    var position = try skipInnerSpace(text, start &+ 1, &escaped)
    if text[position] != .closeBracket {
      while true {
        position = try scanValue(text, position, depth: depth, &escaped)
        position = try skipInnerSpace(text, position, &escaped)
        guard text[position] == .comma else { break }
        escaped.append(.comma)
        position = try skipInnerSpace(text, position &+ 1, &escaped)
      }
      guard text[position] == .closeBracket else { throw Self.unexpected(text, position) }
    }
    escaped.append(.closeBracket)
    return position &+ 1
  }

  mutating func scanObject(
    _ text: Span<UInt8>, _ start: Int, depth: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    guard depth <= Self.maximumDepth else { throw JSONError(.tooDeep, at: start) }
    escaped.append(.openBrace)
    var position = try skipInnerSpace(text, start &+ 1, &escaped)
    var names = NameList()
    if text[position] != .closeBrace {
      while true {
        guard text[position] == .quote else { throw Self.unexpected(text, position) }
        let name = position
        position = try scanString(text, position, &escaped)
        if isCanonical, !names.add(name..<position, text) { isCanonical = false }
        position = try skipInnerSpace(text, position, &escaped)
        guard text[position] == .colon else { throw Self.unexpected(text, position) }
        escaped.append(.colon)
        position = try skipInnerSpace(text, position &+ 1, &escaped)
        position = try scanValue(text, position, depth: depth, &escaped)
        position = try skipInnerSpace(text, position, &escaped)
        guard text[position] == .comma else { break }
        escaped.append(.comma)
        position = try skipInnerSpace(text, position &+ 1, &escaped)
      }
      guard text[position] == .closeBrace else { throw Self.unexpected(text, position) }
    }
    escaped.append(.closeBrace)
    return position &+ 1
  }

  /// The names of one object, up to `fewNames`.
  private struct NameList {
    /// Start and end of each name, in 32 bits as in `JSONSlice`.
    private var ranges = InlineArray<16, SIMD2<UInt32>>(repeating: SIMD2())
    private var count = 0

    /// Adds a name; false if it is a duplicate, or the list is full.
    mutating func add(_ name: Range<Int>, _ text: Span<UInt8>) -> Bool {
      guard count < ValueScanner.fewNames else { return false }
      for index in 0..<count {
        let (start, end) = (Int(ranges[index][0]), Int(ranges[index][1]))
        if end &- start == name.count, text.equals(start..<end, text, name) { return false }
      }
      ranges[count] = SIMD2(
        UInt32(truncatingIfNeeded: name.lowerBound), UInt32(truncatingIfNeeded: name.upperBound))
      count &+= 1
      return true
    }
  }

  mutating func scanColon(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    let position = try skipSpace(text, start, &escaped)
    guard text[position] == .colon else { throw Self.unexpected(text, position) }
    escaped.append(.colon)
    return position &+ 1
  }

  // MARK: Strings

  /// Scans the string whose opening quote is at `start`; returns the offset after its closing
  /// quote.
  @inline(__always)
  mutating func scanString(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    let string = escaped.copyString(nil, text, from: start)
    return string.isClosed
      ? string.position &+ 1 : try finishString(text, from: string.position, &escaped)
  }

  /// Scans the rest of a string, from a byte that is neither a quote nor plain.
  @inline(never)
  mutating func finishString(
    _ text: Span<UInt8>, from start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    var position = start
    while text[position] != .quote {
      position = escaped.appendPlain(text, from: try scanSpecial(text, position, &escaped))
    }
    escaped.appendEscapedQuote()
    return position &+ 1
  }

  /// Scans an escape or a run of non-ASCII characters; throws for any other byte that is not plain.
  private mutating func scanSpecial(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    if text[start] == .backslash {
      let escape = try StringEscape(text, at: start)
      sawEscape = true
      if escape.isLoneSurrogate { sawLoneSurrogate = true }
      if !escape.isCanonical { isCanonical = false }
      let end = start &+ escape.length
      for offset in start..<end {
        if text[offset] == .backslash || text[offset] == .quote { escaped.append(.backslash) }
        escaped.append(text[offset])
      }
      return end
    }
    guard text[start] >= 0x80 else {
      throw JSONError(
        text[start] == .lineFeed ? .lineBreakInRecord : .controlCharacterInString, at: start)
    }
    var position = start
    repeat {
      guard let length = StringBytes.scalarLength(text, at: position) else {
        throw JSONError(.invalidUTF8, at: position)
      }
      position &+= length
    } while text[position] >= 0x80
    escaped.append(text, start..<position)
    return position
  }

  // MARK: White space and errors

  @inline(__always)
  mutating func skipSpace(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    _fastPath(text[start] > .space) ? start : try skipSpaceSlowly(text, start, &escaped)
  }

  /// Skips white space inside a value, which makes the value not canonical.
  @inline(__always)
  mutating func skipInnerSpace(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    if _fastPath(text[start] > .space) { return start }
    isCanonical = false
    return try skipSpaceSlowly(text, start, &escaped)
  }

  @inline(never)
  mutating func skipSpaceSlowly(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    var position = start
    while true {
      switch text[position] {
      case .space: escaped.append(.space)
      case .tab: escaped.append(#"\t"#)
      case .carriageReturn: escaped.append(#"\r"#)
      case .lineFeed:
        guard allowsLineBreaks, position &+ 1 < text.count else {
          throw JSONError(.lineBreakInRecord, at: position)
        }
        escaped.append(#"\n"#)
      default: return position
      }
      position &+= 1
    }
  }

  static func unexpected(_ text: Span<UInt8>, _ position: Int) -> JSONError {
    let byte = text[position]
    if byte == .lineFeed { return JSONError(.lineBreakInRecord, at: position) }
    if byte >= 0x80, StringBytes.scalarLength(text, at: position) == nil {
      return JSONError(.invalidUTF8, at: position)
    }
    return JSONError(.unexpectedByte, at: position)
  }
}
