extension MappingTable {
  /// The table with only the rows of some targets.
  ///
  ///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
  ///     let table = SekoiaNormalizer().table
  ///     let brief = try table.selecting(["source.ip", "event.action", "url.*"])
  ///     brief.normalize(event).document.json
  ///     // {"event":{"action":"block"},"source":{"ip":"203.0.113.28"}}
  ///
  /// `url.*` stands for all targets below `url`. What is selected decides what is written, not what can be asked: an
  /// ``EventFilter`` and a ``Detector`` use the whole table. Members that the whole table does not read are written
  /// only if their target is selected; `cloudflare.*` includes `cloudflare.unmapped.*`. A table without the raw record
  /// keeps values that could not be converted among these members. The ``NDJSONConverter/Options/Format`` for an index
  /// writes the time and the names of a data stream, and the `event.id` of its identifiers, whatever is selected.
  ///
  /// - Throws: ``MappingTableError`` if the table has no such target.
  public func selecting(_ targets: [String]) throws(MappingTableError) -> MappingTable {
    let selected = try rows(of: targets)
    return reduced { selected.contains($0) }
  }

  /// The table without the rows of some targets: see ``selecting(_:)``.
  ///
  ///     try table.dropping(["message"]).rows.count == table.rows.count - 1      // true
  ///
  /// - Throws: ``MappingTableError`` if the table has no such target, or no row is left.
  public func dropping(_ targets: [String]) throws(MappingTableError) -> MappingTable {
    let dropped = try rows(of: targets)
    if dropped.count == Set(rows.map(\.target)).count {
      throw MappingTableError(row: nil, target: nil, "no target is left")
    }
    return reduced { !dropped.contains($0) }
  }

  private func reduced(_ isLeft: (String) -> Bool) -> MappingTable {
    MappingTable(
      checked: rows.filter { isLeft($0.target) }, addedFields: plan.addedFields,
      whole: wholeRows ?? rows)
  }

  /// The targets of the table that were named.
  private func rows(of names: [String]) throws(MappingTableError) -> Set<String> {
    let targets = rows.map(\.target)
    var found: Set<String> = []
    for name in names {
      let named = targets.filter {
        $0 == name || name.hasSuffix(".*") && $0.hasPrefix(name.dropLast())
      }
      if named.isEmpty {
        let nearest = Spelling.nearest(to: name, in: targets).map { ". Did you mean \($0)?" }
        throw MappingTableError(row: nil, target: nil, "no target '\(name)'\(nearest ?? "")")
      }
      found.formUnion(named)
    }
    return found
  }

  /// Whether the raw record is in the whole table and not in the rows.
  static func leavesOutOriginal(_ rows: [FieldMapping], of whole: [FieldMapping]?) -> Bool {
    func hasOriginal(_ rows: [FieldMapping]) -> Bool { rows.contains { $0.transform == .record } }
    return whole.map(hasOriginal) ?? false && !hasOriginal(rows)
  }

  /// The rows; without the raw record, values that could not be converted are among the unmapped members.
  static func keepingUnconverted(
    _ rows: [FieldMapping], of whole: [FieldMapping]?
  ) -> [FieldMapping] {
    guard leavesOutOriginal(rows, of: whole) else { return rows }
    return rows.map { row in
      var row = row
      if row.transform == .unmapped { row.transform = .unmapped(.withUnconverted) }
      return row
    }
  }

  /// The rows, and those that a data stream and identifiers need, in the order of the whole table.
  func rowsForIndex(hasIdentifiers: Bool) -> [FieldMapping] {
    guard let wholeRows else { return rows }
    let left = Set(rows.map(\.target))
    let isStream = dataStream != nil
    return wholeRows.filter { row in
      let isOfStream = row.target == "@timestamp" || row.target.hasPrefix("data_stream.")
      return left.contains(row.target) || isStream && isOfStream
        || hasIdentifiers && row.target == "event.id"
    }
  }

  /// The table that this one was selected from.
  package var whole: MappingTable {
    wholeRows.map { MappingTable(checked: $0, addedFields: plan.addedFields) } ?? self
  }
}
