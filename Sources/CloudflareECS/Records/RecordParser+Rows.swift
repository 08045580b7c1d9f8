/// Rows of CSV and TSV as fields.
extension RecordParser {
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
      return RowColumn(
        key: key, isNumber: isNumber, isContainer: !isNumber && !isText, isEncoded: isEncoded,
        isKnown: key >= 0 || respelled != nil, name: name)
    }
  }

  /// Reads a row. An empty cell is absent.
  mutating func read(_ cells: [RowCells.Cell], _ text: Span<UInt8>, _ row: Range<Int>) {
    beginRow()
    escaped.append(jsonContent: text, row)
    for (cell, column) in zip(cells, columns) where !cell.range.isEmpty {
      let name = column.key < 0 ? canonical.append(name: column.name) : nil
      let slice = canonical.append(
        cell, column, text, origin: cell.range.lowerBound &- row.lowerBound)
      if slice.hasLoneSurrogate { fields.isCanonical = false }
      if let name {
        fields.unknown.append(JSONMember(name: name, value: slice))
      } else {
        fields.slices[column.key] = slice
        if column.key >= firstAlias { fields.hasOtherNames = true }
      }
    }
    endRow()
  }
}
