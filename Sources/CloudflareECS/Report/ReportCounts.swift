/// The counters of a report's columns, and the notes of its tables.
struct ReportCounts: Sendable {
  /// A value of the event that is counted, by column.
  private struct Value {
    /// Where its text is, and its hash. Empty: it has no value.
    var range = 0..<0
    var hash: UInt32 = 0
    /// Its entry, or -1 if it is not counted.
    var index = -1
    var isNew = false
  }

  /// By column of the layout.
  private(set) var counters: [ValueCounter]
  /// By table of the layout.
  private(set) var notes: [RowNotes]
  /// What all counters together may still take, in bytes.
  var bytesLeft: Int
  private let columns: [ReportLayout.Column]
  private let referenced: [Bool]
  private let tables: [(column: Int, notes: Int)]
  private var values: [Value]
  /// References to the event's values by column; 0 for none.
  private var references: [UInt32]

  /// What all counters of a report may take, in bytes. Values beyond it replace others, as those beyond the limits of
  /// one counter do.
  static let mostBytes = 80 << 20

  /// - Parameter counter: a counter without values, which has the limits of each column.
  init(_ layout: ReportLayout, _ counter: ValueCounter = ValueCounter()) {
    columns = layout.columns
    referenced = layout.referenced
    notes = layout.tables.map { RowNotes($0) }
    tables = layout.tables.indices.filter { !RowNotes(layout.tables[$0]).isEmpty }.map {
      (layout.tables[$0].column, $0)
    }
    counters = Array(repeating: counter, count: columns.count)
    values = Array(repeating: Value(), count: columns.count)
    references = Array(repeating: 0, count: columns.count)
    bytesLeft = Self.mostBytes
  }

  /// Counts the values of an event, which begin at an offset of a row. Returns the offset after them.
  mutating func add(
    _ rows: Span<UInt8>, from start: Int, weight: Int, time: Int64, isDenied: Bool
  ) -> Int {
    var offset = start
    for column in columns.indices {
      var count = 1
      if columns[column].isList {
        count = Int(truncatingIfNeeded: rows.word(at: offset))
        offset &+= 8
      }
      for _ in 0..<count {
        let word = rows.word(at: offset)
        let length = Int(UInt32(truncatingIfNeeded: word))
        offset &+= 8
        values[column] = Value(
          range: offset..<(offset &+ length), hash: UInt32(truncatingIfNeeded: word &>> 32))
        offset &+= length
        if length > 0, !columns[column].isDetail { countValue(rows, column, weight, time) }
      }
      if referenced[column] {
        let index = values[column].index
        references[column] = index < 0 ? 0 : counters[column].reference(to: index)
      }
    }
    for table in tables where values[table.column].index >= 0 {
      note(rows, table, weight: weight, time: time, isDenied: isDenied)
    }
    return offset
  }

  @inline(__always)
  private mutating func countValue(
    _ rows: Span<UInt8>, _ column: Int, _ weight: Int, _ time: Int64
  ) {
    let value = values[column]
    (values[column].index, values[column].isNew) = counters[column].add(
      rows, value.range, hash: value.hash, weight: weight, time: time, bytesLeft: &bytesLeft)
  }

  /// Notes the event for the value of a table.
  private mutating func note(
    _ rows: Span<UInt8>, _ table: (column: Int, notes: Int), weight: Int, time: Int64,
    isDenied: Bool
  ) {
    let value = values[table.column]
    // What is only shown beside a value is counted where it is needed: once for a row, as a rule.
    for place in notes[table.notes].details.indices {
      let column = notes[table.notes].details[place]
      guard columns[column].isDetail,
        notes[table.notes].lacks(place, value.index, isNew: value.isNew)
      else { continue }
      if !values[column].range.isEmpty { countValue(rows, column, weight, time) }
      let index = values[column].index
      references[column] = index < 0 ? 0 : counters[column].reference(to: index)
    }
    notes[table.notes].add(
      value.index, isNew: value.isNew, weight: weight, isDenied: isDenied, references)
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
