/// The correlations of a detector's rules, compiled for a table: the plan of the values that they group by and count.
package final class CompiledCorrelations: Sendable {
  struct Rule: Sendable {
    /// The index in ``Detector/rules``.
    let index: Int
    let correlation: DetectionRule.Correlation
    /// The indices of targets in the plan.
    let groupBy: [Int]
    let counted: Int?
  }

  let plan: Plan
  let rules: [Rule]
  /// The index of the time in the plan.
  let time: Int

  /// - Parameters:
  ///   - correlations: with the indices of their rules.
  ///   - rows: know all names.
  init(
    _ correlations: [(index: Int, correlation: DetectionRule.Correlation)], _ rows: FilteredRows
  ) throws(FilteredRows.Fault) {
    let time = Self.timeName(rows)
    let names = [time] + correlations.flatMap(\.correlation.names)
    let plan = rows.table(for: names).plan
    self.plan = plan
    self.time = plan.index(of: time)
    rules = correlations.map { index, correlation in
      Rule(
        index: index, correlation: correlation, groupBy: correlation.groupBy.map(plan.index),
        counted: correlation.countedField.map(plan.index))
    }
  }

  /// The name of the time: that of the table, or Cloudflare's if it has none.
  private static func timeName(_ rows: FilteredRows) -> String {
    (try? rows.row(named: "@timestamp")) == nil ? CloudflareField.datetime.name : "@timestamp"
  }
}
