// The hot file: one pass over a record's bytes.
//
// A conversion needs three things from a record: where each value is, that the whole is valid JSON
// in valid UTF-8, and a copy of the record escaped as a JSON string, because the document repeats
// the record inside itself. All three come from one walk over the bytes.
//
//     text     { " A c t i o n " : " b l o c k " , " C l i e n t A S N " : 6 4 5 0 0 } \n
//     offset   0 1               8 9 10        16 17                   29 30       35
//
//     slots    Action    start 10  end 17  string   canonical     (quotes included)
//              ClientASN start 30  end 35  integer  canonical
//     raw      { \ " A c t i o n \ " : \ " b l o c k \ " , \ " C l i e n t A S N \ " : 6 4 5 0 0 }
//
// Strings are read eight bytes at a time (`StringBytes`): the word is stored into `raw` at once,
// then tested for a quote, a backslash, a control character or a byte above 0x7F; at the first such
// byte the store is taken back to there. A name is not searched: after field A came field B in the
// record before, so `Name":` of B is compared first (`KeyTable`), and its escaped form stored whole.
//
// Nothing is decoded here. A value whose bytes are not as this library writes them (white space
// inside an object, `\/`, a name that is there twice) is only marked; `EventReader` rewrites it.
//
// BE ADVISED:
// - The last byte of the text must be a line break. Every loop but the one over white space stops
//   at it, which is why they need no check for the end.
// - `raw` must receive every byte of the record once, escaped: whatever reads bytes must append them.
// - A new kind of value needs a case in `scanValue`, in `JSONSlot.isEmpty` and in `JSONValue`.

/// Reads one record: checks it, finds its values and copies it as the content of a JSON string.
struct RecordScanner {
  /// What was found.
  var fields: EventFields
  /// Deepest nesting that is accepted; the record itself is level 1.
  static let maximumDepth = 128
  /// Above this many members of one object, sameness of names is left to `JSONObject`.
  static let fewNames = 16

  private let keys: KeyTable
  /// The name that came last time after the name at an index; the last element: the first name.
  private var successors: [Int]
  /// Whether a line break is white space inside a record.
  private let allowsLineBreaks: Bool
  /// What was seen in the value at hand.
  private var valueIsCanonical = true
  private var sawLoneSurrogate = false

  init(keys: KeyTable, allowsLineBreaks: Bool = false) {
    self.keys = keys
    self.allowsLineBreaks = allowsLineBreaks
    fields = EventFields(count: keys.count)
    successors = Array(repeating: 0, count: keys.count + 1)
  }

  /// Reads the record whose `{` is at `start`; returns the offset behind its `}`.
  mutating func scan(
    _ text: Span<UInt8>, from start: Int, raw: inout OutputBuffer
  ) throws(JSONError) -> Int {
    precondition(text[text.count &- 1] == .lineFeed)
    fields.removeAll()
    guard text[start] == .openBrace else { throw JSONError(.notAnObject, at: start) }
    raw.append(.openBrace)
    var position = start &+ 1
    try skipSpace(text, &position, &raw)
    if text[position] == .closeBrace {
      raw.append(.closeBrace)
      return position &+ 1
    }
    var last = keys.count
    while true {
      // The name.
      guard text[position] == .quote else { throw JSONError(.unexpectedByte, at: position) }
      let expected = successors[last]
      var key = expected
      var name = JSONSlot()
      if let afterColon = keys.match(expected, text, at: position &+ 1) {
        keys.appendEscaped(expected, to: &raw)
        position = afterColon
      } else {
        (key, name) = try scanName(text, &position, &raw)
        if key >= 0 { successors[last] = key }
      }
      if key >= 0 { last = key }

      // The value.
      try skipSpace(text, &position, &raw)
      var slot = JSONSlot()
      slot.start = position
      slot.origin = position &- start
      valueIsCanonical = true
      sawLoneSurrogate = false
      slot.kind = try scanValue(text, &position, depth: 1, &raw)
      slot.end = position
      if !valueIsCanonical {
        slot.isCanonical = false
        slot.hasLoneSurrogate = sawLoneSurrogate
        fields.isCanonical = false
      }
      if key >= 0 {
        fields.set(key, slot)
      } else {
        append(unknown: JSONMember(name: name, value: slot), text)
      }

      // What follows.
      try skipSpace(text, &position, &raw)
      if text[position] == .comma {
        raw.append(.comma)
        position &+= 1
        try skipSpace(text, &position, &raw)
        continue
      }
      guard text[position] == .closeBrace else { throw unexpected(text, position) }
      raw.append(.closeBrace)
      return position &+ 1
    }
  }

  private mutating func append(unknown member: JSONMember, _ text: Span<UInt8>) {
    if !member.name.isCanonical || fields.unknown.count >= Self.fewNames {
      fields.isCanonical = false
    } else {
      for other in fields.unknown where text.equals(other.name.range, text, member.name.range) {
        fields.isCanonical = false
      }
    }
    fields.unknown.append(member)
  }

  /// Reads a name that was not the expected one, and its colon.
  @inline(never)
  private mutating func scanName(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> (Int, JSONSlot) {
    var name = JSONSlot()
    name.kind = .string
    name.start = position
    valueIsCanonical = true
    sawLoneSurrogate = false
    try scanString(text, &position, &raw)
    name.end = position
    name.isCanonical = valueIsCanonical
    name.hasLoneSurrogate = sawLoneSurrogate
    var key: Int
    if name.isCanonical {
      key = keys.find(text, name.content)
    } else {
      var plain = OutputBuffer(minimumCapacity: name.content.count)
      plain.appendCanonical(text, content: name.content)
      key = plain.withSpan { keys.find($0, 0..<$0.count) }
    }
    try scanColon(text, &position, &raw)
    return (key, name)
  }

  private mutating func scanColon(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    try skipSpace(text, &position, &raw)
    guard text[position] == .colon else { throw unexpected(text, position) }
    raw.append(.colon)
    position &+= 1
  }

  /// Reads a text that is to be one value of any kind; returns where it is.
  ///
  /// `range` ends behind a line break, the last byte of the text.
  mutating func scanSingle(_ text: Span<UInt8>, _ range: Range<Int>) throws(JSONError) -> Range<Int>
  {
    var unused = OutputBuffer()
    var position = range.lowerBound
    func skipEnd() {
      while position < range.upperBound, text[position].isWhiteSpace { position &+= 1 }
    }
    skipEnd()
    guard position < range.upperBound else { throw JSONError(.unexpectedByte, at: position &- 1) }
    let start = position
    _ = try scanValue(text, &position, depth: 0, &unused)
    let end = position
    skipEnd()
    guard position == range.upperBound else { throw JSONError(.textAfterRecord, at: position) }
    return start..<end
  }

  // MARK: Values

  /// Reads the value at `position`, inside `depth` objects or arrays.
  @inline(__always)
  private mutating func scanValue(
    _ text: Span<UInt8>, _ position: inout Int, depth: Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    let byte = text[position]
    if byte == .quote {
      try scanString(text, &position, &raw)
      return .string
    }
    if byte.isDigit || byte == .minus { return try scanNumber(text, &position, &raw) }
    return try scanOther(text, &position, depth: depth, &raw)
  }

  @inline(never)
  private mutating func scanOther(
    _ text: Span<UInt8>, _ position: inout Int, depth: Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    switch text[position] {
    case .openBrace: return try scanObject(text, &position, depth: depth &+ 1, &raw)
    case .openBracket: return try scanArray(text, &position, depth: depth &+ 1, &raw)
    case UInt8(ascii: "t"): return try scanLiteral("true", .boolean, text, &position, &raw)
    case UInt8(ascii: "f"): return try scanLiteral("false", .boolean, text, &position, &raw)
    case UInt8(ascii: "n"): return try scanLiteral("null", .null, text, &position, &raw)
    default: throw unexpected(text, position)
    }
  }

  private func scanLiteral(
    _ literal: StaticString, _ kind: JSONSlot.Kind,
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    let start = raw.count
    raw.append(literal)
    for offset in start..<raw.count {
      guard raw.withSpan({ $0[offset] }) == text[position] else {
        throw unexpected(text, position)
      }
      position &+= 1
    }
    return kind
  }

  /// RFC 8259, section 6: `-`, then `0` or digits without a leading zero, a fraction, an exponent.
  @inline(__always)
  private func scanNumber(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    let start = position
    if text[position] == .minus { position &+= 1 }
    let first = position
    while text[position].isDigit { position &+= 1 }
    let digits = position &- first
    var kind = JSONSlot.Kind.integer
    if digits == 0 || digits > 1 && text[first] == .zero { throw JSONError(.badNumber, at: first) }
    if text[position] == .dot || text[position] | 0x20 == UInt8(ascii: "e") {
      try scanFraction(text, &position)
      kind = .decimal
    }
    raw.append(text, start..<position)
    return kind
  }

  @inline(never)
  private func scanFraction(_ text: Span<UInt8>, _ position: inout Int) throws(JSONError) {
    func digits() throws(JSONError) {
      guard text[position].isDigit else { throw JSONError(.badNumber, at: position) }
      while text[position].isDigit { position &+= 1 }
    }
    if text[position] == .dot {
      position &+= 1
      try digits()
    }
    if text[position] | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if text[position] == .plus || text[position] == .minus { position &+= 1 }
      try digits()
    }
  }

  private mutating func scanArray(
    _ text: Span<UInt8>, _ position: inout Int, depth: Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    guard depth <= Self.maximumDepth else { throw JSONError(.tooDeep, at: position) }
    raw.append(.openBracket)
    position &+= 1
    try skipInnerSpace(text, &position, &raw)
    if text[position] != .closeBracket {
      while true {
        _ = try scanValue(text, &position, depth: depth, &raw)
        try skipInnerSpace(text, &position, &raw)
        guard text[position] == .comma else { break }
        raw.append(.comma)
        position &+= 1
        try skipInnerSpace(text, &position, &raw)
      }
      guard text[position] == .closeBracket else { throw unexpected(text, position) }
    }
    raw.append(.closeBracket)
    position &+= 1
    return .array
  }

  private mutating func scanObject(
    _ text: Span<UInt8>, _ position: inout Int, depth: Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot.Kind {
    guard depth <= Self.maximumDepth else { throw JSONError(.tooDeep, at: position) }
    raw.append(.openBrace)
    position &+= 1
    try skipInnerSpace(text, &position, &raw)
    var names = NameList()
    if text[position] != .closeBrace {
      while true {
        guard text[position] == .quote else { throw unexpected(text, position) }
        let start = position
        try scanString(text, &position, &raw)
        if valueIsCanonical, !names.add(start..<position, text) { valueIsCanonical = false }
        try skipInnerSpace(text, &position, &raw)
        guard text[position] == .colon else { throw unexpected(text, position) }
        raw.append(.colon)
        position &+= 1
        try skipInnerSpace(text, &position, &raw)
        _ = try scanValue(text, &position, depth: depth, &raw)
        try skipInnerSpace(text, &position, &raw)
        guard text[position] == .comma else { break }
        raw.append(.comma)
        position &+= 1
        try skipInnerSpace(text, &position, &raw)
      }
      guard text[position] == .closeBrace else { throw unexpected(text, position) }
    }
    raw.append(.closeBrace)
    position &+= 1
    return .object
  }

  /// The names of one object, as far as it has few.
  private struct NameList {
    private var starts = InlineArray<16, Int>(repeating: 0)
    private var ends = InlineArray<16, Int>(repeating: 0)
    private var count = 0

    /// False if the name is there already, or there are too many to tell.
    mutating func add(_ name: Range<Int>, _ text: Span<UInt8>) -> Bool {
      guard count < RecordScanner.fewNames else { return false }
      for index in 0..<count where text.equals(starts[index]..<ends[index], text, name) {
        return false
      }
      starts[count] = name.lowerBound
      ends[count] = name.upperBound
      count &+= 1
      return true
    }
  }

  // MARK: Strings

  /// Reads the string whose opening quote is at `position`.
  @inline(__always)
  private mutating func scanString(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    raw.append(word: 0x225C, length: 2)
    position &+= 1
    while position &+ 8 <= text.count {
      let word = text.word(at: position)
      let special = StringBytes.special(in: word)
      if special == 0 {
        raw.append(word: word, length: 8)
        position &+= 8
        continue
      }
      let plain = special.trailingZeroBitCount &>> 3
      raw.append(word: word, length: plain)
      position &+= plain
      if text[position] == .quote {
        raw.append(word: 0x225C, length: 2)
        position &+= 1
        return
      }
      try scanSpecial(text, &position, &raw)
    }
    try scanStringTail(text, &position, &raw)
  }

  /// The same byte by byte, for the last bytes of the text.
  @inline(never)
  private mutating func scanStringTail(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    while true {
      let byte = text[position]
      if byte == .quote {
        raw.append(word: 0x225C, length: 2)
        position &+= 1
        return
      }
      if StringBytes.special(in: UInt64(byte) | 0x2020_2020_2020_2000) != 0 {
        try scanSpecial(text, &position, &raw)
      } else {
        raw.append(byte)
        position &+= 1
      }
    }
  }

  /// Reads what is neither a quote nor plain: an escape, characters beyond ASCII, or an error.
  @inline(never)
  private mutating func scanSpecial(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    if text[position] == .backslash {
      let escape = try StringEscape(text, at: position)
      if escape.isLoneSurrogate { sawLoneSurrogate = true }
      if !escape.isCanonical { valueIsCanonical = false }
      for offset in position..<(position &+ escape.length) {
        if text[offset] == .backslash || text[offset] == .quote { raw.append(.backslash) }
        raw.append(text[offset])
      }
      position &+= escape.length
    } else if text[position] >= 0x80 {
      let start = position
      repeat {
        guard let length = StringBytes.scalarLength(text, at: position) else {
          throw JSONError(.invalidUTF8, at: position)
        }
        position &+= length
      } while text[position] >= 0x80
      raw.append(text, start..<position)
    } else {
      throw JSONError(
        text[position] == .lineFeed ? .lineBreakInRecord : .controlCharacterInString, at: position)
    }
  }

  // MARK: White space and errors

  @inline(__always)
  private func skipSpace(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    if _slowPath(text[position] <= .space) { try skipSpaceSlowly(text, &position, &raw) }
  }

  /// White space between the tokens of a value, which makes the value not canonical.
  @inline(__always)
  private mutating func skipInnerSpace(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    if _slowPath(text[position] <= .space) {
      valueIsCanonical = false
      try skipSpaceSlowly(text, &position, &raw)
    }
  }

  @inline(never)
  private func skipSpaceSlowly(
    _ text: Span<UInt8>, _ position: inout Int, _ raw: inout OutputBuffer
  ) throws(JSONError) {
    while true {
      switch text[position] {
      case .space: raw.append(.space)
      case .tab: raw.append(#"\t"#)
      case .carriageReturn: raw.append(#"\r"#)
      case .lineFeed:
        guard allowsLineBreaks, position &+ 1 < text.count else {
          throw JSONError(.lineBreakInRecord, at: position)
        }
        raw.append(#"\n"#)
      default: return
      }
      position &+= 1
    }
  }

  private func unexpected(_ text: Span<UInt8>, _ position: Int) -> JSONError {
    let byte = text[position]
    if byte == .lineFeed { return JSONError(.lineBreakInRecord, at: position) }
    if byte >= 0x80, StringBytes.scalarLength(text, at: position) == nil {
      return JSONError(.invalidUTF8, at: position)
    }
    return JSONError(.unexpectedByte, at: position)
  }
}
