/// Rows of CSV and TSV as fields: each cell is written as the JSON value that it stands for.
extension RecordParser {
  /// A column: the index of its field, or the name of a member that is not known.
  struct Column {
    var key: Int
    /// Whether digits are a number.
    var isNumber: Bool
    /// Whether text in brackets may be an array or object.
    var isContainer: Bool
    var name: String
  }

  /// Takes the names of the columns of the rows that follow.
  mutating func setColumns(_ names: [String]) {
    columns = names.map { name in
      let text = Array(name.utf8)
      let key = scanner.names.find(text.span, 0..<text.count)
      let field = CloudflareField.named(name)
      let isNumber = key >= 0 && (field.kind == .integer || field.kind == .datetime)
      let isText = field.index >= 0 && field.kind == .string
      return Column(key: key, isNumber: isNumber, isContainer: !isNumber && !isText, name: name)
    }
  }

  /// Reads a row. An empty cell is absent; one that begins with a bracket and is JSON is an array or
  /// object; digits are a number where the field is one; everything else is text.
  mutating func read(_ cells: [RowReader.Cell], _ text: Span<UInt8>, _ row: Range<Int>) {
    beginRow()
    raw.append(jsonContent: text, row)
    for (cell, column) in zip(cells, columns) where !cell.range.isEmpty {
      var name: JSONSlice?
      if column.key < 0 {
        let start = canonical.count
        canonical.append(jsonString: column.name)
        name = JSONSlice(.string, start..<canonical.count, origin: -1)
      }
      let slice = append(cell, column, text, origin: cell.range.lowerBound &- row.lowerBound)
      if let name {
        fields.unknown.append(JSONMember(name: name, value: slice))
      } else {
        fields.slices[column.key] = slice
        if column.key >= firstAlias { fields.hasOtherNames = true }
      }
    }
    endRow()
  }

  private mutating func append(
    _ cell: RowReader.Cell, _ column: Column, _ text: Span<UInt8>, origin: Int
  ) -> JSONSlice {
    let start = canonical.count
    var kind = JSONSlice.Kind.string
    let first = text[cell.range.lowerBound]
    if column.isContainer, first == .openBrace || first == .openBracket,
      let value = container(cell, text)
    {
      let object = isListOfPairs(column.key) ? JSONObject(pairs: value) : nil
      canonical.append(object.map { .object($0) } ?? value)
      kind = first == .openBrace || object != nil ? .object : .array
    } else if column.isNumber, text.isJSONInteger(cell.range) {
      canonical.append(text, cell.range)
      kind = .integer
    } else {
      var plain = OutputBuffer(minimumCapacity: cell.range.count)
      plain.append(text, cell)
      canonical.append(.quote)
      plain.withSpan { canonical.append(jsonContent: $0, 0..<$0.count) }
      canonical.append(.quote)
    }
    var slice = JSONSlice(kind, start..<canonical.count, origin: origin)
    canonical.withSpan { slice.noteVerbatim($0) }
    return slice
  }

  private func container(_ cell: RowReader.Cell, _ text: Span<UInt8>) -> JSONValue? {
    var scanner = ValueScanner(allowsLineBreaks: true)
    return try? scanner.value(of: RowReader.text(of: cell, text))
  }
}

extension Span where Element == UInt8 {
  /// Whether the text is an integer as JSON writes it.
  fileprivate func isJSONInteger(_ range: Range<Int>) -> Bool {
    var first = range.lowerBound
    if self[first] == .minus { first &+= 1 }
    guard first < range.upperBound, self[first] != .zero || first &+ 1 == range.upperBound else {
      return false
    }
    for offset in first..<range.upperBound where !self[offset].isDigit { return false }
    return true
  }
}
