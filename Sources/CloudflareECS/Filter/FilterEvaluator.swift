/// Evaluates the conditions of a filter for one record after the other.
struct FilterEvaluator: ~Copyable, Sendable {
  private var deriver: Deriver
  private let tests: [TargetTest]

  init(_ filter: CompiledFilter) {
    deriver = Deriver(filter.plan)
    tests = filter.tests
  }

  /// Whether all conditions hold for a record.
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func holds(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) -> Bool {
    deriver.derive(record, text, escaped: escaped)
    for test in tests where !holds(test, record, text, escaped) { return false }
    return true
  }

  private func holds(
    _ test: TargetTest, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    if let constant = test.constant { return test.holds(constant.span, 0..<constant.count) }
    return deriver.withValue(of: test.target, record, text, escaped) { test.holds($0, $1) }
      ?? test.holdsIfAbsent
  }
}
