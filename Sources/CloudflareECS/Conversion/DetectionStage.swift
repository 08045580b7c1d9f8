/// What a sink needs to tell which rules and indicators a record matches, and what of it waits to be taken.
///
/// It is a class so that a sink without a detector is no larger for it. Only that sink, which cannot be copied, has it: so
/// it may go to another thread with it.
final class DetectionStage: @unchecked Sendable {
  let detector: Detector
  private let table: MappingTable
  private let watch: IndicatorWatch?
  private var conditions: Boxed<ExpressionEvaluator>?
  /// The conditions that hold for the record.
  private(set) var holding: [Int] = []
  /// If documents have only some of the table's targets: the detector sees all.
  var whole: DocumentMaker?
  /// What writes the alerts of a rule, by its index; nil where that is done by value.
  private var documents: [Int: AlertDocument?] = [:]
  var correlations: CorrelationCounter?
  /// Whether other converters have events before these: then ``candidates`` are kept.
  var defersCorrelations = false
  var candidates = CorrelationCandidates()
  /// What fired, until it is taken.
  var hits: [AlertHit] = []

  init(_ detector: Detector, _ table: MappingTable, _ limits: CorrelationLimits) {
    self.detector = detector
    self.table = table
    watch = detector.watch
    conditions = detector.conditions.map { Boxed(ExpressionEvaluator($0)) }
    whole = table.wholeRows == nil ? nil : DocumentMaker(table.whole.plan)
    correlations = detector.correlations.map { CorrelationCounter($0, limits) }
  }

  /// Finds the conditions that hold for a record. Returns whether feeds may know something in it.
  @inline(__always)
  func evaluate(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) -> Bool {
    holding.removeAll(keepingCapacity: true)
    conditions?.lend { $0.holding(record, text, escaped: escaped, into: &holding) }
    return watch?.mayMatch(record, text) ?? false
  }

  /// The rules that fire by themselves because of the conditions that hold; other conditions are for correlations.
  func firingRules() -> [Int] { holding.compactMap { detector.rule(of: $0) } }

  /// What fired since the last call.
  func takeHits() -> [AlertHit] {
    guard !hits.isEmpty else { return [] }
    defer { hits.removeAll() }
    return hits
  }

  /// The events for correlations since the last call.
  func takeCandidates() -> CorrelationCandidates {
    var taken = CorrelationCandidates()
    swap(&taken, &candidates)
    return taken
  }

  /// The most rules whose alerts have a table of their own: it takes about 100 KiB.
  private static let mostDocuments = 16

  /// What writes the alerts of a rule, if that can be done without values.
  func document(of rule: Int) -> AlertDocument? {
    if let known = documents[rule] { return known }
    let hasRoom = documents.count < Self.mostDocuments
    let alerts = hasRoom ? table.alerts(of: detector.rules[rule]) : nil
    let document = alerts.map { AlertDocument($0.plan) }
    if hasRoom { documents[rule] = .some(document) }
    return document
  }
}
