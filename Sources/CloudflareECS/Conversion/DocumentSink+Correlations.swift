/// Rules with a correlation: they fire on an event because of the events before it.
extension DocumentSink {
  /// Has the correlations count the record that was read last, and writes an alert for each one that fires. Where other
  /// converters have the events before, the record is kept until these are counted.
  /// - Parameter holding: the conditions that hold for it.
  mutating func correlate(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, _ holding: [Int]
  ) {
    var entries: [(rule: Int, entry: CorrelationGroups.Entry)] = []
    for (rule, parts) in detection?.conditionsOfCorrelations(holding) ?? [] {
      for (place, part) in parts.enumerated() {
        let isLast = place == parts.count - 1
        let entry = parser.withRecord(text) {
          detection?.correlations?.entry(rule, part, isLast: isLast, $0, $1, escaped: $2) ?? nil
        }
        if let entry { entries.append((rule, entry)) }
        if entry == nil, place == 0 { counts.uncorrelated &+= 1 }
      }
    }
    if entries.isEmpty { return }
    if detection?.defersCorrelations == true {
      detection?.candidates.add(entries, text.extracting(record), at: output.count)
      return
    }
    for (rule, entry) in entries {
      if let fired = fire(rule, entry) { writeAlerts(parser, text, of: [fired], asksFeeds: false) }
    }
  }

  /// The index of the rule if it fires on the next event.
  private mutating func fire(_ rule: Int, _ entry: CorrelationGroups.Entry) -> Int? {
    guard let result = detection?.correlations?.count(rule, entry) else { return nil }
    if result.isLate { counts.late &+= 1 }
    counts.forgottenGroups &+= result.forgotten
    return result.fires ? detection?.correlations?.ruleIndex(rule) : nil
  }

  /// Counts the events that another converter has kept, and inserts the alerts into its output.
  mutating func settle(
    _ candidates: CorrelationCandidates, _ parser: inout RecordParser,
    into documents: inout OutputBuffer
  ) {
    var all = OutputBuffer(minimumCapacity: 0)
    var done = 0
    for candidate in candidates.list {
      guard let rule = fire(candidate.rule, candidate.entry) else { continue }
      documents.withSpan { all.append($0, done..<candidate.offset) }
      done = candidate.offset
      let text = candidates.records.span.extracting(candidate.record)
      // It was read before.
      guard (try? parser.read(text, from: 0, allowsLineBreaks: true)) != nil else { continue }
      swap(&all, &output)
      writeAlerts(parser, text, of: [rule], asksFeeds: false)
      swap(&all, &output)
    }
    if all.count == 0 { return }
    documents.withSpan { all.append($0, done..<$0.count) }
    swap(&all, &documents)
  }
}
