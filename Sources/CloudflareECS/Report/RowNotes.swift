/// What a table notes for each of its values: how many events were denied, what is shown beside the value, and
/// candidates for what most of its events have. It has the same indices as the entries of the table's counter.
struct RowNotes: Sendable {
  let details: [Int]
  /// One or two columns.
  private let mostly: [(first: Int?, second: Int)]
  private var denied: [Int] = []
  /// References to values of other columns, as many as `details` for each entry; 0 for none.
  private var references: [UInt32] = []
  /// Whether an entry has no reference for some of its details.
  private var lacking: [Bool] = []
  private var candidates: [Candidates] = []

  init(_ table: ReportLayout.Table) {
    details = table.details.map(\.column)
    mostly = table.mostly.map { ($0.columns.count > 1 ? $0.columns[0] : nil, $0.columns.last!) }
  }

  var isEmpty: Bool { details.isEmpty && mostly.isEmpty }

  /// What the notes of an entry take, in bytes.
  var size: Int {
    9 + 4 * details.count + MemoryLayout<Candidates>.stride * mostly.count
  }

  /// Notes an event of an entry, without what is shown beside its value. Returns whether the entry lacks some of that.
  /// - Parameter values: the event's values by column.
  @inline(__always)
  mutating func add(
    _ index: Int, isNew: Bool, weight: Int, isDenied: Bool, _ values: Span<ReportCounts.Value>
  ) -> Bool {
    if isNew { begin(index) }
    if isDenied { denied[index] &+= weight }
    let weight = UInt32(clamping: weight)
    for place in mostly.indices {
      var key = UInt64(values[mostly[place].second].reference)
      if let first = mostly[place].first { key |= UInt64(values[first].reference) &<< 32 }
      candidates[index &* mostly.count &+ place].add(key, weight: weight)
    }
    return lacking[index]
  }

  /// Notes what is shown beside an entry's value, as far as the entry lacks it.
  /// - Parameter values: the event's values by column.
  mutating func addDetails(_ index: Int, _ values: Span<ReportCounts.Value>) {
    lacking[index] = false
    for place in details.indices where references[index * details.count + place] == 0 {
      let reference = values[details[place]].reference
      references[index * details.count + place] = reference
      if reference == 0 { lacking[index] = true }
    }
  }

  /// Adds the notes of a later part of the events.
  /// - Parameters:
  ///   - places: for each of the other's entries, the index here and whether it is new; -1 if it was not kept.
  ///   - renamed: the reference here to a value of a column, from the reference there.
  mutating func add(
    _ other: RowNotes, at places: [(index: Int, isNew: Bool)],
    renamed: (_ reference: UInt32, _ column: Int) -> UInt32
  ) {
    for (from, place) in places.enumerated() where place.index >= 0 {
      let index = place.index
      while index >= denied.count { begin(denied.count) }
      if place.isNew { begin(index) }
      denied[index] += other.denied[from]
      for detail in details.indices where references[index * details.count + detail] == 0 {
        references[index * details.count + detail] = renamed(
          other.detail(detail, of: from), details[detail])
      }
      lacking[index] = !details.isEmpty
      for (place, columns) in mostly.enumerated() {
        candidates[index * mostly.count + place].add(
          other.candidates[from * mostly.count + place]
        ) { key in
          let second = UInt64(renamed(UInt32(truncatingIfNeeded: key), columns.second))
          guard let first = columns.first else { return second }
          return UInt64(renamed(UInt32(truncatingIfNeeded: key >> 32), first)) << 32 | second
        }
      }
    }
  }

  /// Makes room for the notes of an entry, or forgets what was noted for its earlier value.
  private mutating func begin(_ index: Int) {
    if index == denied.count {
      if denied.count == denied.capacity { grow() }
      denied.append(0)
      lacking.append(!details.isEmpty)
      for _ in details { references.append(0) }
      for _ in mostly { candidates.append(Candidates()) }
      return
    }
    denied[index] = 0
    lacking[index] = !details.isEmpty
    for place in details.indices { references[index &* details.count &+ place] = 0 }
    for place in mostly.indices { candidates[index &* mostly.count &+ place] = Candidates() }
  }

  private mutating func grow() {
    let capacity = max(16, min(denied.count * 2, ValueCounter.mostValues))
    denied.reserveCapacity(capacity)
    lacking.reserveCapacity(capacity)
    references.reserveCapacity(capacity * details.count)
    candidates.reserveCapacity(capacity * mostly.count)
  }

  func denied(_ index: Int) -> Int { denied[index] }

  /// The reference of a detail; 0 for none.
  func detail(_ place: Int, of index: Int) -> UInt32 {
    references[index * details.count + place]
  }

  /// The references, by column of `mostly`, of what more than half of an entry's events have; nil for nothing.
  func mostly(_ place: Int, of index: Int, total: Int) -> [UInt32]? {
    guard let key = candidates[index * mostly.count + place].majority(of: total) else { return nil }
    return mostly[place].first == nil
      ? [UInt32(truncatingIfNeeded: key)]
      : [UInt32(truncatingIfNeeded: key >> 32), UInt32(truncatingIfNeeded: key)]
  }
}
