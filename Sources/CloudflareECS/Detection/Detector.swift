/// Compiles rules once, then finds those that fire on each event.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
///     let detector = Detector()
///     detector.detections(in: document).map(\.rule.id)        // ["cloudflare-firewall-block"]
///     detector.alerts(for: document)[0].event.kind            // "alert"
///
/// ``NDJSONConverter`` runs a detector on bytes. The results are the same, and no document is made for
/// an event on which no rule fires.
public struct Detector: Sendable {
  /// The rules, in the order of evaluation.
  public let rules: [DetectionRule]
  /// The indicators of the loaded feeds, if any.
  public let indicators: IndicatorSet?
  /// The lowest level of detections. The rule of feeds has the level of the indicator.
  public let leastLevel: DetectionLevel
  /// The compiled conditions, by the index of the rule.
  private let programs: [ConditionProgram?]
  /// The conditions of rules from files.
  let fileRules: CompiledExpressions?
  /// The indices of these rules.
  let fileRuleIndices: [Int]
  /// The fast check that comes before the conditions.
  let watch: DetectionWatch

  /// Makes a detector of the given rules.
  ///
  ///     Detector(leastLevel: .high).rules.contains { $0.id == "cloudflare-firewall-block" }      // false
  ///
  /// - Parameters:
  ///   - rules: the rules to run.
  ///   - indicators: the indicators of feeds, for the rules without a condition.
  ///   - leastLevel: rules and indicators of lower levels give no detections.
  ///   - table: for rules from files, the table whose targets they name. Rules that name others are left out.
  public init(
    rules: [DetectionRule] = BuiltInRules.all, indicators: IndicatorSet? = nil,
    leastLevel: DetectionLevel = .low, for table: MappingTable = SekoiaNormalizer().table
  ) {
    let rules = rules.filter { $0.isFeedRule || $0.level >= leastLevel }
    self.rules = rules
    self.leastLevel = leastLevel
    self.indicators = indicators
    programs = rules.map { rule in rule.condition.map { ConditionProgram($0) } }
    let rows = Self.rows(table)
    fileRuleIndices = rules.indices.filter { rules[$0].expression.map(rows.know) ?? false }
    fileRules =
      fileRuleIndices.isEmpty
      ? nil : try? CompiledExpressions(fileRuleIndices.compactMap { rules[$0].expression }, rows)
    let asksFeeds = rules.contains(where: \.isFeedRule)
    watch = DetectionWatch(
      gate: ConditionGate(rules.map(\.condition)),
      filter: asksFeeds ? indicators.map { IndicatorFilter($0) } : nil)
  }

  /// The names that rules from files can use.
  static func rows(_ table: MappingTable) -> FilteredRows {
    FilteredRows(table.whole, others: SigmaField.all.flatMap(\.rows))
  }

  /// The rules that fire on a document, in the order of the rules. Rules from files need the event, too.
  ///
  ///     let document = normalizer.normalize(event).document
  ///     let found = detector.detections(in: document, of: event)
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - event: the event of which the document was made.
  public func detections(in document: ECSEvent, of event: FirewallEvent? = nil) -> [Detection] {
    var text = OutputBuffer(minimumCapacity: 1024)
    let subject = DetectionSubject(document, writingTo: &text)
    var fired: [Int] = []
    text.withSpan { text in fire(.max, subject, text, into: &fired) }
    if let event, let fileRules {
      fired += fileRules.holding(for: event).map { fileRuleIndices[$0] }
    }
    return detections(of: fired, in: document)
  }

  /// The alerts for a document, one for each rule that fires. Rules from files need the event, too.
  public func alerts(for document: ECSEvent, of event: FirewallEvent? = nil) -> [ECSEvent] {
    detections(in: document, of: event).map { document.alert($0) }
  }

  /// The detections of a document, from the indices of the rules whose condition held. Adds the rules
  /// without a condition if an indicator matches.
  func detections(of fired: [Int], in document: ECSEvent) -> [Detection] {
    var indices = fired
    let matches = watch.filter == nil ? [] : indicators?.matches(in: document) ?? []
    if !matches.isEmpty { indices += rules.indices.filter { rules[$0].isFeedRule } }
    return indices.sorted().map { index in
      Detection(rule: rules[index], indicators: rules[index].isFeedRule ? matches : [])
    }.filter { $0.level >= leastLevel }
  }

  /// Whether a rule's condition holds, or an indicator matches if its times are ignored. Stores the
  /// indices of the rules whose condition holds in `fired`.
  func fires(_ fields: borrowing Record, _ text: Span<UInt8>, into fired: inout [Int]) -> Bool {
    fired.removeAll(keepingCapacity: true)
    let candidates = watch.gate.candidates(fields, text)
    if candidates != 0 {
      fire(candidates, DetectionSubject(fields, text), text, into: &fired)
    }
    if !fired.isEmpty { return true }
    guard let indicators, watch.filter?.mayMatch(fields, text) ?? false else { return false }
    return indicators.has(fields, text)
  }

  /// Adds the indices of the candidates whose condition holds to `fired`.
  private func fire(
    _ candidates: UInt64, _ subject: borrowing DetectionSubject, _ text: Span<UInt8>,
    into fired: inout [Int]
  ) {
    for (index, program) in programs.enumerated() {
      if let program, candidates & ConditionGate.bit(of: index) != 0,
        program.holds(for: subject, in: text)
      {
        fired.append(index)
      }
    }
  }
}
