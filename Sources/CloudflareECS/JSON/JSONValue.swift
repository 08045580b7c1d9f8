/// Any JSON value, kept without loss: numbers keep their text, members their order.
///
///     let value = try JSONValue(json: #"{"score": 2.50, "tags": ["a"]}"#)
///     value.json                  // {"score":2.50,"tags":["a"]}
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number, kept as its text.
  case number(JSONNumber)
  /// A string, decoded.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object, its members in order.
  case object(JSONObject)

  /// Reads a JSON text (RFC 8259): one value, which white space may surround.
  ///
  /// If a name repeats in an object, the last value is kept. A lone surrogate becomes U+FFFD.
  /// - Throws: ``NormalizationError``, with the offset in the text.
  public init(json text: String) throws(NormalizationError) {
    try self.init(json: text, addedDepth: 0)
  }

  /// Reads a text that may be nested deeper than a record by `addedDepth` levels.
  init(json text: String, addedDepth: Int) throws(NormalizationError) {
    var scanner = ValueScanner(allowsLineBreaks: true)
    do {
      self = try scanner.value(of: text, depth: -addedDepth)
    } catch {
      throw NormalizationError(error, recordStart: 0)
    }
  }

  /// The JSON text, without white space.
  public var json: String {
    var buffer = OutputBuffer(minimumCapacity: 256)
    buffer.append(self)
    return buffer.withSpan { String($0, 0..<$0.count) }
  }

  /// The text of a string; nil for other values.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The integer of a number without fraction and exponent that fits; nil for other values.
  public var integer: Int64? {
    if case .number(let number) = self { number.integer } else { nil }
  }

  /// The elements of an array; nil for other values.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object; nil for other values.
  public var object: JSONObject? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Whether this is `""`, `null`, `{}` or `[]`, which a mapping treats as absent.
  public var isEmpty: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .boolean, .number: false
    }
  }
}

extension JSONValue {
  /// Decodes the value in `range` of a text that was scanned.
  init(scanned text: Span<UInt8>, _ range: Range<Int>) {
    // Without the cut, a number would continue into digits after the range.
    var reader = JSONTreeReader(position: range.lowerBound)
    self = reader.value(text.extracting(0..<range.upperBound))
  }
}

/// Builds values from a text that was scanned, and is therefore valid.
private struct JSONTreeReader {
  var position: Int

  mutating func value(_ text: Span<UInt8>) -> JSONValue {
    switch text[position] {
    case .quote: return .string(string(text))
    case .openBrace: return .object(object(text))
    case .openBracket: return .array(array(text))
    case UInt8(ascii: "t"):
      position += 4
      return .boolean(true)
    case UInt8(ascii: "f"):
      position += 5
      return .boolean(false)
    case UInt8(ascii: "n"):
      position += 4
      return .null
    default:
      let start = position
      while position < text.count, Self.isNumberByte(text[position]) { position += 1 }
      return .number(JSONNumber(unchecked: String(text, start..<position)))
    }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == .minus || byte == .plus || byte == .dot
      || byte | 0x20 == UInt8(ascii: "e")
  }

  private mutating func string(_ text: Span<UInt8>) -> String {
    let start = position + 1
    position = text.endOfContent(from: start)
    defer { position += 1 }
    return String(unescaping: text, start..<position)
  }

  private mutating func array(_ text: Span<UInt8>) -> [JSONValue] {
    var elements: [JSONValue] = []
    position += 1
    while next(text) != .closeBracket {
      elements.append(value(text))
    }
    position += 1
    return elements
  }

  private mutating func object(_ text: Span<UInt8>) -> JSONObject {
    var members: [JSONObject.Member] = []
    position += 1
    while next(text) != .closeBrace {
      let name = string(text)
      _ = next(text)
      members.append(JSONObject.Member(name: name, value: value(text)))
    }
    position += 1
    return JSONObject(lastOfEach: members)
  }

  /// Skips white space, commas and colons, which the scanner has checked; returns the next byte.
  private mutating func next(_ text: Span<UInt8>) -> UInt8 {
    while text[position] <= .space || text[position] == .comma || text[position] == .colon {
      position += 1
    }
    return text[position]
  }
}

extension Span<UInt8> {
  /// The offset of the quote that ends the string whose content begins at `start`.
  func endOfContent(from start: Int) -> Int {
    var position = start
    var quote = firstOffset(of: .quote, in: start..<count)
    while true {
      let escape = firstOffset(of: .backslash, in: position..<quote)
      if escape == quote { return quote }
      position = escape &+ 2
      if position > quote { quote = firstOffset(of: .quote, in: position..<count) }
    }
  }
}

extension Span<UInt8> {
  /// Whether an array that was scanned contains neither an array nor an object.
  @inline(never)
  func isFlatArray(_ array: Range<Int>) -> Bool {
    var position = array.lowerBound &+ 1
    while position < array.upperBound {
      switch self[position] {
      case .quote: position = endOfContent(from: position &+ 1)
      case .openBracket, .openBrace: return false
      default: break
      }
      position &+= 1
    }
    return true
  }
}

extension String {
  /// The decoded content of a JSON string that was scanned.
  init(unescaping text: Span<UInt8>, _ content: Range<Int>) {
    if StringBytes.arePlain(text, content) {
      self.init(uncheckedASCII: text, content)
      return
    }
    if text.firstOffset(of: .backslash, in: content) == content.upperBound {
      self.init(text, content)
      return
    }
    var buffer = OutputBuffer(minimumCapacity: content.count)
    buffer.appendPlain(text, content: content)
    self = buffer.withSpan { String($0, 0..<$0.count) }
  }
}

extension ValueScanner {
  /// Reads a text that is one JSON value and will be nested in `depth` objects or arrays.
  mutating func value(of text: String, depth: Int = 0) throws(JSONError) -> JSONValue {
    var bytes = Array(text.utf8)
    bytes.append(.lineFeed)
    let span = bytes.span
    let range = try scanSingle(span, 0..<bytes.count, depth: depth)
    return JSONValue(scanned: span, range)
  }
}

extension OutputBuffer {
  /// Appends the JSON text of a value.
  mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append("null" as StaticString)
    case .boolean(true): append("true" as StaticString)
    case .boolean(false): append("false" as StaticString)
    case .number(let number): append(number.text)
    case .string(let text): append(jsonString: text)
    case .array(let elements):
      append(.openBracket)
      let elements = elements.span
      for index in elements.indices {
        if index > 0 { append(.comma) }
        append(elements[index])
      }
      append(.closeBracket)
    case .object(let members): append(members)
    }
  }

  /// Appends the JSON text of an object.
  mutating func append(_ object: JSONObject) {
    append(.openBrace)
    // Borrowed: a member that is copied is retained.
    let members = object.members.span
    for index in members.indices {
      if index > 0 { append(.comma) }
      append(jsonString: members[index].name)
      append(.colon)
      append(members[index].value)
    }
    append(.closeBrace)
  }
}
