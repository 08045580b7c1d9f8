/// Rows of CSV and TSV as fields: each cell is written as the JSON value that it stands for.
extension RecordParser {
  /// A column: the index of its field, or the name of a member that is not known.
  struct Column {
    var key: Int
    /// Whether text that looks like a number becomes a number.
    var isNumber: Bool
    /// Whether text in brackets may be an array or object.
    var isContainer: Bool
    /// Whether the field's object may be encoded.
    var isEncoded: Bool
    var name: String
  }

  /// Takes the names of the columns of the rows that follow.
  mutating func setColumns(_ names: [String]) {
    columns = names.map { name in
      let text = Array(name.utf8)
      let key = scanner.names.find(text.span, 0..<text.count)
      let respelled = key < 0 ? FoldedNames.listed.find(name)?.field : nil
      let field = respelled.map { CloudflareField.all[$0] } ?? CloudflareField.named(name)
      let isNumber = field.index >= 0 && (field.kind == .integer || field.kind == .datetime)
      let isText = field.index >= 0 && field.kind == .string
      let isEncoded = respelled == encodedField || key >= 0 && isEncodedField(key)
      return Column(
        key: key, isNumber: isNumber, isContainer: !isNumber && !isText, isEncoded: isEncoded,
        name: name)
    }
  }

  /// Reads a row. An empty cell is absent; one that begins with a bracket and is JSON is an array or
  /// object; a number if the field is a number; everything else is text.
  mutating func read(_ cells: [RowCells.Cell], _ text: Span<UInt8>, _ row: Range<Int>) {
    beginRow()
    raw.append(jsonContent: text, row)
    for (cell, column) in zip(cells, columns) where !cell.range.isEmpty {
      var name: JSONSlice?
      if column.key < 0 {
        let start = canonical.count
        canonical.append(jsonString: column.name)
        name = JSONSlice(.string, start..<canonical.count)
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
    _ cell: RowCells.Cell, _ column: Column, _ text: Span<UInt8>, origin: Int
  ) -> JSONSlice {
    let start = canonical.count
    let first = text[cell.range.lowerBound]
    let kind: JSONSlice.Kind
    var hasLoneSurrogate = false
    if column.isContainer, first == .openBrace || first == .openBracket || column.isEncoded,
      let value = container(cell, column, text, &hasLoneSurrogate)
    {
      canonical.append(value)
      kind = value.array == nil ? .object : .array
      if hasLoneSurrogate { fields.isCanonical = false }
    } else if column.isNumber, let number = text.kindOfJSONNumber(cell.range) {
      canonical.append(text, cell.range)
      kind = number
    } else {
      var plain = OutputBuffer(minimumCapacity: cell.range.count)
      plain.append(text, cell)
      canonical.append(.quote)
      plain.withSpan { canonical.append(jsonContent: $0, 0..<$0.count) }
      canonical.append(.quote)
      kind = .string
    }
    var slice = JSONSlice(kind, start..<canonical.count, origin: origin)
    slice.hasLoneSurrogate = hasLoneSurrogate
    canonical.withSpan { slice.noteVerbatim($0) }
    return slice
  }

  /// The array or object of a cell; nil if it is nested too deeply for a member of a record.
  private func container(
    _ cell: RowCells.Cell, _ column: Column, _ text: Span<UInt8>, _ hasLoneSurrogate: inout Bool
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
