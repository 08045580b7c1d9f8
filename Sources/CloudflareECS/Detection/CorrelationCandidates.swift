/// The events of a part of the input on which conditions of correlation rules held. Whether the rules fire is known when
/// all events before them are counted.
package struct CorrelationCandidates: Sendable {
  private(set) var list: [CorrelationCounter.Candidate] = []
  private(set) var records: [UInt8] = []

  /// The bytes that are held, about.
  package var size: Int { records.count + 64 * list.count }

  mutating func add(
    _ rules: [(rule: Int, entry: CorrelationGroups.Entry)], _ record: Span<UInt8>, at offset: Int
  ) {
    let start = records.count
    records.append(copying: record)
    // As a record has it that is read.
    records.append(.lineFeed)
    for (rule, entry) in rules {
      list.append(
        CorrelationCounter.Candidate(
          rule: rule, entry: entry, offset: offset, record: start..<records.count))
    }
  }
}
