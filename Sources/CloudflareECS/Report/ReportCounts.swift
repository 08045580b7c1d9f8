/// The counters of a report's columns, and the notes of its tables.
struct ReportCounts: Sendable {
  /// A value of the event that is counted, by column.
  struct Value: Sendable {
    /// Where its text is in the row; 0 if it has no value. Only if it is counted where a table needs it.
    fileprivate var start: UInt32 = 0
    /// The number of its entry plus one; 0 if it is not counted.
    fileprivate var entry: UInt32 = 0
    /// The reference to it; 0 for none.
    fileprivate(set) var reference: UInt32 = 0
    fileprivate var isNew = false
  }

  /// By column of the layout.
  private(set) var counters: [ValueCounter]
  /// By table of the layout.
  private(set) var notes: [RowNotes]
  /// What all counters together may still take, in bytes.
  var bytesLeft: Int
  private let columns: [ReportLayout.Column]
  private let tables: [(column: Int, notes: Int)]
  private var values: [Value]

  /// What all counters of a report may take, in bytes. Values beyond it replace others, as those beyond the limits of
  /// one counter do.
  static let mostBytes = 80 << 20

  /// - Parameter counter: a counter without values, which has the limits of each column.
  init(_ layout: ReportLayout, _ counter: ValueCounter = ValueCounter()) {
    columns = layout.columns
    notes = layout.tables.map { RowNotes($0) }
    tables = layout.tables.indices.filter { !RowNotes(layout.tables[$0]).isEmpty }.map {
      (layout.tables[$0].column, $0)
    }
    counters = Array(repeating: counter, count: columns.count)
    values = Array(repeating: Value(), count: columns.count)
    bytesLeft = Self.mostBytes
  }

  /// Counts the values of an event, which begin at an offset of a row. Returns the offset after them.
  mutating func add(
    _ rows: Span<UInt8>, from start: Int, weight: Int, time: Int64, isDenied: Bool
  ) -> Int {
    var values: [Value] = []
    swap(&values, &self.values)
    let end = Self.count(
      rows, from: start, columns, &values, &counters, weight, time, bytesLeft: &bytesLeft)
    for place in tables.indices {
      let (column, table) = tables[place]
      let value = values[column]
      if value.entry == 0 { continue }
      let index = Int(value.entry) &- 1
      let isLacking = notes[table].add(
        index, isNew: value.isNew, weight: weight, isDenied: isDenied, values.span)
      if isLacking { noteDetails(of: index, table, rows, &values, weight, time) }
    }
    swap(&values, &self.values)
    return end
  }

  /// Counts the values of an event, except those that are only shown beside others. Returns the offset after them.
  ///
  /// It is given what it changes, so that this is known not to be shared, which would be checked at each change.
  @inline(__always)
  private static func count(
    _ rows: Span<UInt8>, from start: Int, _ columns: [ReportLayout.Column],
    _ values: inout [Value], _ counters: inout [ValueCounter], _ weight: Int, _ time: Int64,
    bytesLeft: inout Int
  ) -> Int {
    var values = values.mutableSpan
    var counters = counters.mutableSpan
    for column in values.indices { values[column] = Value() }
    var offset = start
    while true {
      let head = rows.word(at: offset)
      offset &+= 8
      let size = ReportRow.size(head)
      if size == 0 { return offset }
      let column = ReportRow.column(head)
      if columns[column].isDetail {
        values[column].start = UInt32(truncatingIfNeeded: offset)
      } else {
        let place = counters[column].add(
          rows, offset..<(offset &+ size), hash: ReportRow.hash(head), weight: weight, time: time,
          bytesLeft: &bytesLeft)
        values[column] = Value(
          entry: UInt32(truncatingIfNeeded: place.index &+ 1), reference: place.reference,
          isNew: place.isNew)
      }
      offset &+= size
    }
  }

  /// Notes what is shown beside an entry's value. What is only shown is counted where it is needed: once for a row, as
  /// a rule.
  @inline(never)
  private mutating func noteDetails(
    of index: Int, _ table: Int, _ rows: Span<UInt8>, _ values: inout [Value], _ weight: Int,
    _ time: Int64
  ) {
    for (place, column) in notes[table].details.enumerated() {
      let start = Int(values[column].start)
      if start > 0, notes[table].detail(place, of: index) == 0 {
        // Its hash is not in the row, as it is seldom needed.
        let range = start..<(start &+ ReportRow.size(rows.word(at: start &- 8)))
        values[column].reference =
          counters[column].add(
            rows, range, hash: UInt32(truncatingIfNeeded: SecretHash.hash(rows, range)),
            weight: weight, time: time, bytesLeft: &bytesLeft
          ).reference
      }
    }
    notes[table].addDetails(index, values.span)
  }

  /// Adds the counts of later events.
  mutating func add(_ other: ReportCounts) {
    var places: [[(index: Int, isNew: Bool)]] = []
    for column in counters.indices {
      places.append(counters[column].add(other.counters[column], bytesLeft: &bytesLeft))
    }
    let counters = counters
    for table in tables {
      notes[table.notes].add(other.notes[table.notes], at: places[table.column]) {
        reference, column in
        guard let from = other.counters[column].index(of: reference),
          places[column][from].index >= 0
        else { return 0 }
        return counters[column].reference(to: places[column][from].index)
      }
    }
  }
}
