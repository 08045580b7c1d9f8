/// The conditions of a filter, compiled: the rows that they need as a plan, and a test for each.
final class CompiledFilter: Sendable {
  let plan: Plan
  let tests: [TargetTest]
  /// Evaluators for typed events. Each call borrows one.
  private let evaluators = Lanes<FilterEvaluator>()

  init(_ conditions: [String], _ rows: FilteredRows) throws(EventFilterError) {
    var parsed: [(condition: ConditionText, row: FieldMapping)] = []
    for text in conditions {
      let condition = try ConditionText(text)
      parsed.append((condition, try rows.row(for: condition)))
    }
    plan = rows.table(for: parsed.map(\.row.target)).plan
    var tests: [TargetTest] = []
    for (condition, row) in parsed { tests.append(try TargetTest(condition, row, plan)) }
    self.tests = tests
  }

  /// Whether all conditions hold for an event.
  func holds(for event: FirewallEvent) -> Bool {
    evaluators.lend(make: { FilterEvaluator(self) }) { evaluator in
      event.withRecord(added: plan.addedFields) { evaluator.holds($0, $1, escaped: $2) }
    }
  }
}
