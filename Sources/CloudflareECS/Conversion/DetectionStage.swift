/// What a sink needs to tell which rules and indicators a record matches, and the events that wait for
/// correlations.
///
/// It is a class so that a sink without a detector is no larger for it. Only that sink, which cannot be copied, has it: so
/// it may go to another thread with it.
final class DetectionStage: @unchecked Sendable {
  let detector: Detector
  private let table: MappingTable
  private let watch: IndicatorWatch?
  private let conditions: Boxed<ExpressionEvaluator>?
  /// If documents have only some of the table's targets: the detector sees all.
  var whole: DocumentMaker?
  /// What writes the alerts of a rule, by its index; nil where that is done by value.
  private var documents: [Int: AlertDocument?] = [:]
  var correlations: CorrelationCounter?
  /// Whether other converters have events before these: then ``candidates`` are kept.
  var defersCorrelations = false
  var candidates = CorrelationCandidates()

  init(_ detector: Detector, _ table: MappingTable, _ limits: DetectionRule.Correlation.Limits) {
    self.detector = detector
    self.table = table
    watch = detector.watch
    conditions = detector.conditions.map { Boxed(ExpressionEvaluator($0)) }
    whole = table.wholeRows == nil ? nil : DocumentMaker(table.whole.plan)
    correlations = detector.correlations.map { CorrelationCounter($0, limits) }
  }

  /// Finds the conditions that hold for a record, and whether feeds may know something in it.
  @inline(__always)
  func evaluate(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) -> (holding: [Int], mayMatch: Bool) {
    let holding = conditions?.lend {
      $0.evaluate(record, text, escaped: escaped)
      return $0.holding
    }
    return (holding ?? [], watch?.mayMatch(record, text) ?? false)
  }

  /// The rules that fire by themselves because of the conditions that hold; other conditions are for correlations.
  func firingRules(_ holding: [Int]) -> [Int] { holding.compactMap { detector.rule(of: $0) } }

  /// Of the conditions that hold, those that are counted, by correlation. An event counts once for a correlation, however
  /// many of its conditions hold; only `temporal` tells these apart.
  func conditionsOfCorrelations(_ holding: [Int]) -> [(rule: Int, parts: [Int])] {
    var result: [(rule: Int, parts: [Int])] = []
    for condition in holding.sorted() {
      guard case .correlation(let rule, let part) = detector.uses[condition] else { continue }
      if result.last?.rule != rule {
        result.append((rule, [part]))
      } else if correlations?.tellsConditionsApart(rule) ?? false {
        result[result.count - 1].parts.append(part)
      }
    }
    return result
  }

  /// The events for correlations since the last call.
  func takeCandidates() -> CorrelationCandidates {
    var taken = CorrelationCandidates()
    swap(&taken, &candidates)
    return taken
  }

  /// What writes the alerts of a rule, if that can be done without values.
  func document(of rule: Int) -> AlertDocument? {
    if let known = documents[rule] { return known }
    let plan = detector.alertPlans.plan(of: rule, detector.rules, table)
    let document = plan.map { AlertDocument($0) }
    documents[rule] = .some(document)
    return document
  }
}
