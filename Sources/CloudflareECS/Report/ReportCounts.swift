/// The counters of a report's columns, and the notes of its tables.
struct ReportCounts: Sendable {
  /// A value of the event that is counted, by column.
  struct Value: Sendable {
    /// Where its text is, and its hash. Empty: it has no value.
    fileprivate var start: UInt32 = 0
    fileprivate var count: UInt16 = 0
    fileprivate var isNew = false
    fileprivate var hash: UInt32 = 0
    /// Its entry, or -1 if it is not counted.
    fileprivate var index: Int32 = -1
    /// The reference to it; 0 for none.
    fileprivate(set) var reference: UInt32 = 0
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
    // Taken out, so that they are known not to be shared, which would be checked at each change.
    var (allValues, allCounters) = ([Value](), [ValueCounter]())
    swap(&allValues, &self.values)
    swap(&allCounters, &self.counters)
    var values = allValues.mutableSpan
    var counters = allCounters.mutableSpan
    for column in values.indices { values[column] = Value() }
    var offset = start
    while true {
      let head = rows.word(at: offset)
      let size = UInt16(truncatingIfNeeded: head)
      offset &+= 8
      if size == 0 { break }
      let column = Int(head &>> 16 & 0xFFFF)
      values[column].start = UInt32(truncatingIfNeeded: offset)
      values[column].count = size
      values[column].hash = UInt32(truncatingIfNeeded: head &>> 32)
      offset &+= Int(size)
      if !columns[column].isDetail {
        count(&values[column], rows, &counters[column], weight, time)
      }
    }
    for table in tables where values[table.column].index >= 0 {
      let (index, isNew) = (Int(values[table.column].index), values[table.column].isNew)
      // What is only shown beside a value is counted where it is needed: once for a row, as a rule.
      for place in notes[table.notes].details.indices {
        let column = notes[table.notes].details[place]
        if columns[column].isDetail, values[column].count > 0,
          notes[table.notes].lacks(place, index, isNew: isNew)
        {
          count(&values[column], rows, &counters[column], weight, time)
        }
      }
      notes[table.notes].add(index, isNew: isNew, weight: weight, isDenied: isDenied, values.span)
    }
    swap(&allValues, &self.values)
    swap(&allCounters, &self.counters)
    return offset
  }

  /// Counts a value.
  @inline(__always)
  private mutating func count(
    _ value: inout Value, _ rows: Span<UInt8>, _ counter: inout ValueCounter, _ weight: Int,
    _ time: Int64
  ) {
    let start = Int(value.start)
    let place = counter.add(
      rows, start..<(start &+ Int(value.count)), hash: value.hash, weight: weight, time: time,
      bytesLeft: &bytesLeft)
    value.index = Int32(truncatingIfNeeded: place.index)
    (value.isNew, value.reference) = (place.isNew, place.reference)
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
