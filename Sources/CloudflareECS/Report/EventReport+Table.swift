extension EventReport {
  /// One table of a report: the most frequent values, the most frequent first, equal ones in the order of their text.
  public struct Table: Hashable, Sendable {
    /// A value with its counts.
    public struct Row: Hashable, Sendable {
      /// The value of each target; nil for one that the events lack.
      public var values: [String?]
      /// Whether a value is longer than 1 KiB: only its beginning is here.
      public var isCut: Bool
      /// The events, or the most that they can be.
      public var count: Int
      /// The fewest that they can be; the same as the count if that is exact.
      public var least: Int
      /// Of these, the denied ones; nil if the table does not count them.
      public var denied: Int?
      /// The first time; nil if no event has a time. If the count is a bound, only since the value is kept.
      public var first: Timestamp?
      /// The last time.
      public var last: Timestamp?
      /// What belongs to the value, from its first event that has it: `as_name`, `description`.
      public var details: [Note]
      /// What more than half of the value's events have: `mostly_rule`.
      public var mostly: [Note]
    }

    /// Something beside a value, with its name in JSON.
    public struct Note: Hashable, Sendable {
      /// The name.
      public var name: String
      /// The value of each field; nil for one that the events lack.
      public var values: [String?]
    }

    /// The name in JSON.
    public var name: String
    /// The title for people.
    public var title: String
    /// The targets or fields whose values are counted.
    public var targets: [String]
    /// The number of distinct values, or of those that are kept.
    public var distinct: Int
    /// Whether all counts are exact.
    public var isExact: Bool
    /// The most frequent values.
    public var rows: [Row]
  }
}

extension EventReport {
  /// The tables that have at least one value: actions, then those of the report.
  public var tables: [Table] { counts.tables(layout, top: top) }
}

extension ReportCounts {
  /// The tables of a layout that have at least one value, with so many rows at most.
  func tables(_ layout: ReportLayout, top: Int) -> [EventReport.Table] {
    zip(layout.tables, notes).map { table($0, $1, top: top) }.filter { !$0.rows.isEmpty }
  }

  private func table(_ table: ReportLayout.Table, _ notes: RowNotes, top: Int) -> EventReport.Table
  {
    let counter = counters[table.column]
    return EventReport.Table(
      name: table.name, title: table.title, targets: table.targets, distinct: counter.count,
      isExact: counter.isExact,
      rows: counter.mostFrequent(top).map { row($0, table, counter, notes) })
  }

  private func row(
    _ index: Int, _ table: ReportLayout.Table, _ counter: ValueCounter, _ notes: RowNotes
  ) -> EventReport.Table.Row {
    let entry = counter.entries[index]
    let (values, isCut) = counter.withText(of: index) { ReportRow.values($0) }
    var row = EventReport.Table.Row(
      values: values, isCut: isCut, count: entry.count, least: entry.count - entry.error,
      first: entry.times.isEmpty ? nil : Timestamp(microseconds: entry.times.first),
      last: entry.times.isEmpty ? nil : Timestamp(microseconds: entry.times.last),
      details: [], mostly: [])
    if !table.mostly.isEmpty { row.denied = notes.denied(index) }
    for (place, detail) in table.details.enumerated() {
      if let value = value(notes.detail(place, of: index), detail.column) {
        row.details.append(EventReport.Table.Note(name: detail.name, values: [value]))
      }
    }
    for (place, mostly) in table.mostly.enumerated() {
      guard let references = notes.mostly(place, of: index, total: entry.count) else { continue }
      let values = zip(references, mostly.columns).map { value($0, $1) }
      // A value that is no longer kept cannot be shown.
      let isComplete = zip(references, values).allSatisfy { $0 == 0 || $1 != nil }
      if isComplete { row.mostly.append(EventReport.Table.Note(name: mostly.name, values: values)) }
    }
    return row
  }

  /// The text of a value of a column.
  private func value(_ reference: UInt32, _ column: Int) -> String? {
    let counter = counters[column]
    return counter.index(of: reference).flatMap { index in
      counter.withText(of: index) { ReportRow.values($0).values[0] }
    }
  }
}

extension ValueCounter {
  /// The entries with the highest counts, equal ones in the order of their texts.
  func mostFrequent(_ number: Int) -> [Int] {
    let kept = kept
    guard number > 0, !kept.isEmpty else { return [] }
    let lowest = leastCount(of: number, among: kept)
    // Texts are decoded only for what is shown, and for what has the count of the last that is shown.
    let found = kept.filter { entries[$0].count >= lowest }.map { index in
      (index: index, count: entries[index].count, key: withText(of: index, ReportRow.sortKey))
    }
    let sorted = found.sorted { one, other in
      if one.count != other.count { return one.count > other.count }
      guard let place = one.key.indices.first(where: { one.key[$0] != other.key[$0] }) else {
        return one.index < other.index
      }
      return one.key[place].lexicographicallyPrecedes(other.key[place])
    }
    return sorted.prefix(number).map(\.index)
  }

  /// The lowest of the highest counts, of which there are so many, of some entries. Only a few counts are kept and sorted at a time.
  private func leastCount(of number: Int, among indices: [Int]) -> Int {
    let most = min(number, indices.count)
    var highest: [Int] = []
    var lowest = Int.min
    for index in indices where entries[index].count > lowest {
      highest.append(entries[index].count)
      if highest.count == 2 * most {
        highest = Array(highest.sorted(by: >).prefix(most))
        lowest = highest[most - 1]
      }
    }
    return highest.sorted(by: >)[most - 1]
  }
}

extension ReportRow {
  /// The decoded values, for comparisons: absent ones come first.
  static func sortKey(_ text: Span<UInt8>) -> [[UInt8]] {
    values(text).values.map { $0.map { [1] + Array($0.utf8) } ?? [] }
  }
}
