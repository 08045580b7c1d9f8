/// The values of a record in canonical form. For JSON, it is a copy of the record, followed by the values that had to be
/// rewritten. For a row, it is the JSON values of the cells.
struct CanonicalCopy: ~Copyable, Sendable {
  private(set) var text = OutputBuffer(minimumCapacity: 4096)
  /// Where the record begins in its own text.
  private var start = 0

  /// Forgets the record before. A row has no text of its own here.
  mutating func begin() {
    text.removeAll()
    start = 0
  }

  /// Forgets the record before, and copies this one.
  mutating func begin(with source: Span<UInt8>, _ record: Range<Int>) {
    text.removeAll()
    text.append(source, record)
    start = record.lowerBound
  }

  // MARK: Values of JSON

  /// The slice of a value in the copy.
  /// - Parameter isEncoded: whether the value may be an encoded object, which is decoded.
  @inline(__always)
  mutating func slice(
    _ slice: JSONSlice, _ source: Span<UInt8>, isEncoded: Bool = false
  ) -> JSONSlice {
    slice.isCanonical && !isEncoded
      ? slice.moved(back: start) : rewritten(slice, source, isEncoded)
  }

  /// The slices of a member in the copy.
  mutating func member(_ member: JSONMember, _ source: Span<UInt8>) -> JSONMember {
    let name = slice(member.name, source)
    return JSONMember(name: name, value: slice(member.value, source))
  }

  /// Appends a value as it is to be.
  @inline(never)
  private mutating func rewritten(
    _ slice: JSONSlice, _ source: Span<UInt8>, _ isEncoded: Bool
  ) -> JSONSlice {
    let first = text.count
    var kind = slice.kind
    var hasLoneSurrogate = slice.hasLoneSurrogate
    if isEncoded,
      let object = JSONObject(
        encoded: JSONValue(scanned: source, slice.range), sawLoneSurrogate: &hasLoneSurrogate)
    {
      text.append(object)
      kind = .object
    } else if kind == .string {
      text.append(.quote)
      text.appendCanonical(source, content: slice.content)
      text.append(.quote)
    } else {
      text.append(JSONValue(scanned: source, slice.range))
    }
    return ended(kind, from: first, origin: slice.origin(from: start), hasLoneSurrogate)
  }

  /// Decodes an encoded object that is already here; nil if it is none.
  mutating func decoded(_ slice: JSONSlice) -> JSONSlice? {
    var hasLoneSurrogate = slice.hasLoneSurrogate
    let value = text.withSpan { JSONValue(scanned: $0, slice.range) }
    guard let object = JSONObject(encoded: value, sawLoneSurrogate: &hasLoneSurrogate) else {
      return nil
    }
    let first = text.count
    text.append(object)
    return ended(.object, from: first, origin: slice.origin(from: 0), hasLoneSurrogate)
  }

  /// The slice of what was appended.
  private func ended(
    _ kind: JSONSlice.Kind, from first: Int, origin: Int, _ hasLoneSurrogate: Bool
  ) -> JSONSlice {
    var slice = JSONSlice(kind, first..<text.count, origin: origin)
    slice.hasLoneSurrogate = hasLoneSurrogate
    text.withSpan { slice.noteVerbatim($0) }
    return slice
  }

  /// Of members with the same name, the last stays, at the first one's place.
  func lastOfEach(_ members: [JSONMember]) -> [JSONMember] {
    guard members.count > 1 else { return members }
    var places: [[UInt8]: Int] = [:]
    var kept: [JSONMember] = []
    for member in members {
      var name: [UInt8] = []
      text.withSpan { name.append(copying: $0.extracting(member.name.range)) }
      if let place = places[name] {
        kept[place] = member
      } else {
        places[name] = kept.count
        kept.append(member)
      }
    }
    return kept
  }

  // MARK: Cells of rows

  /// Appends the name of a column that is not known.
  mutating func append(name: String) -> JSONSlice {
    let first = text.count
    text.append(jsonString: name)
    return JSONSlice(.string, first..<text.count)
  }

  /// Appends the value that a cell stands for: an array or object if it begins with a bracket (or may be encoded) and is
  /// JSON, a number if the column is one of numbers, else text.
  mutating func append(
    _ cell: RowCells.Cell, _ column: RowColumn, _ source: Span<UInt8>, origin: Int
  ) -> JSONSlice {
    let first = text.count
    let byte = source[cell.range.lowerBound]
    let kind: JSONSlice.Kind
    var hasLoneSurrogate = false
    if column.isContainer, byte == .openBrace || byte == .openBracket || column.isEncoded,
      let value = container(cell, column, source, &hasLoneSurrogate)
    {
      text.append(value)
      kind = value.array == nil ? .object : .array
    } else if column.isNumber, let number = source.kindOfJSONNumber(cell.range) {
      text.append(source, cell.range)
      kind = number
    } else {
      var plain = OutputBuffer(minimumCapacity: cell.range.count)
      plain.append(source, cell)
      text.append(.quote)
      plain.withSpan { text.append(jsonContent: $0, 0..<$0.count) }
      text.append(.quote)
      kind = .string
    }
    return ended(kind, from: first, origin: origin, hasLoneSurrogate)
  }

  /// The array or object of a cell; nil if the cell has neither, or if it is nested too deeply for a member of a record.
  private func container(
    _ cell: RowCells.Cell, _ column: RowColumn, _ text: Span<UInt8>,
    _ hasLoneSurrogate: inout Bool
  ) -> JSONValue? {
    var scanner = ValueScanner(allowsLineBreaks: true)
    guard let value = try? scanner.value(of: RowReader.text(of: cell, text), depth: 1) else {
      return nil
    }
    guard value.array != nil || value.object != nil else { return nil }
    hasLoneSurrogate = scanner.sawLoneSurrogate
    return column.isEncoded ? JSONObject(encoded: value).map { .object($0) } ?? value : value
  }
}

extension Span where Element == UInt8 {
  /// The kind of the number that a text is in JSON: an integer or a decimal.
  fileprivate func kindOfJSONNumber(_ range: Range<Int>) -> JSONSlice.Kind? {
    let first = self[range.lowerBound] == .minus ? range.lowerBound &+ 1 : range.lowerBound
    // JSON has no zeros in front.
    if first &+ 1 < range.upperBound, self[first] == .zero, self[first &+ 1].isDigit { return nil }
    guard DecimalNumber(self, range) != nil else { return nil }
    for offset in first..<range.upperBound where !self[offset].isDigit { return .decimal }
    return .integer
  }
}
