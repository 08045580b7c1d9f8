/// Compiles rules once, then finds those that fire on each event.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
///     let detector = Detector()
///     detector.detections(in: document, of: event).map(\.rule.id)     // ["cloudflare-firewall-block"]
///     detector.alerts(for: document, of: event)[0].event.kind         // "alert"
///
/// ``NDJSONConverter`` runs a detector on bytes. The results are the same, and no document is made for
/// an event on which no rule fires.
public struct Detector: Sendable {
  /// The rules that run, in the order of evaluation.
  public let rules: [DetectionRule]
  /// The rules that cannot run: their conditions name a target that the table does not have, or compare it with a value
  /// of another type.
  public let unusableRules: [DetectionRule]
  /// The indicators of the loaded feeds, if any.
  public let indicators: IndicatorSet?
  /// The lowest level of detections. The rule of feeds has the level of the indicator.
  public let leastLevel: DetectionRule.Level
  /// What a condition is for.
  enum Use {
    /// The rule with this index fires.
    case rule(Int)
    /// A correlation counts the event: its index in ``correlations``, and that of the condition in it.
    case correlation(Int, condition: Int)
  }

  /// The compiled conditions; nil if no rule has one.
  let conditions: CompiledExpressions?
  /// What the conditions are for.
  let uses: [Use]
  /// The compiled correlations; nil if no rule has one.
  package let correlations: CompiledCorrelations?
  /// The check for indicators; nil if no rule asks for them.
  let watch: IndicatorWatch?
  /// Evaluators of the conditions for typed events. Each call borrows one.
  private let evaluators = Lanes<ExpressionEvaluator>()
  /// The tables of the rules' alerts.
  let alertPlans = AlertPlans()
  private let table: MappingTable

  /// Makes a detector of the given rules.
  ///
  ///     Detector(leastLevel: .high).rules.contains { $0.id == "cloudflare-firewall-block" }      // false
  ///
  /// - Parameters:
  ///   - rules: the rules to run.
  ///   - indicators: the indicators of feeds, for the rules without a condition.
  ///   - leastLevel: rules and indicators of lower levels give no detections.
  ///   - table: the table whose targets conditions name. A converter uses that of its normalizer.
  public init(
    rules: [DetectionRule] = BuiltInRules.all, indicators: IndicatorSet? = nil,
    leastLevel: DetectionRule.Level = .low, for table: MappingTable = SekoiaNormalizer().table
  ) {
    let rows = Self.rows(table)
    func isUsable(_ rule: DetectionRule) -> Bool {
      rule.conditions.allSatisfy(rows.know)
        && (rule.correlation?.names ?? []).allSatisfy { (try? rows.row(named: $0)) != nil }
    }
    let wanted = rules.filter { $0.isFeedRule || $0.level >= leastLevel }
    let rules = wanted.filter(isUsable)
    self.rules = rules
    unusableRules = wanted.filter { !isUsable($0) }
    self.indicators = indicators
    self.leastLevel = leastLevel
    self.table = table
    var uses: [Use] = []
    var correlations: [(index: Int, correlation: DetectionRule.Correlation)] = []
    for (index, rule) in rules.enumerated() {
      if let correlation = rule.correlation {
        uses += correlation.conditions.indices.map {
          .correlation(correlations.count, condition: $0)
        }
        correlations.append((index, correlation))
      } else if !rule.isFeedRule {
        uses.append(.rule(index))
      }
    }
    self.uses = uses
    conditions = uses.isEmpty ? nil : try? CompiledExpressions(rules.flatMap(\.conditions), rows)
    self.correlations = correlations.isEmpty ? nil : try? CompiledCorrelations(correlations, rows)
    let asksFeeds = rules.contains(where: \.isFeedRule)
    watch = asksFeeds ? indicators.map { IndicatorWatch($0) } : nil
  }

  /// What of the rules and indicators is not used with the table, and why, for people.
  ///
  ///     Detector(for: ElasticNormalizer().table).warnings      // []
  public var warnings: [String] {
    var warnings: [String] = []
    if !unusableRules.isEmpty {
      let names = unusableRules.map(\.id).joined(separator: ", ")
      warnings.append(
        "these rules are not run, because the profile lacks targets that they use: \(names)")
    }
    let targets = Set(table.rows.map(\.target))
    let lacking = watch == nil ? [] : ComparedValues.targets.filter { !targets.contains($0) }
    if !lacking.isEmpty {
      warnings.append(
        "indicators are not compared with \(lacking.joined(separator: ", ")), which the profile lacks"
      )
    }
    return warnings
  }

  /// The same rules and indicators for another table.
  package func adapted(to table: MappingTable) -> Detector {
    if table == self.table { return self }
    return Detector(
      rules: rules + unusableRules, indicators: indicators, leastLevel: leastLevel, for: table)
  }

  /// The names that conditions can use.
  static func rows(_ table: MappingTable) -> FilteredRows {
    FilteredRows(table, others: SigmaField.all.flatMap(\.rows))
  }

  /// The rules that fire on an event, in the order of the rules.
  ///
  /// Conditions read the event, through the detector's table; indicators are compared with the document. Rules with a
  /// ``DetectionRule/Correlation`` do not fire here: they need the events before, which a converter knows.
  ///
  /// - Parameters:
  ///   - document: the document of the event.
  ///   - event: the event of which the document was made.
  public func detections(in document: ECSEvent, of event: FirewallEvent) -> [Detection] {
    detections(of: conditionsHolding(for: event).compactMap(rule(of:)), in: document)
  }

  /// The alerts for an event, one for each rule that fires.
  public func alerts(for document: ECSEvent, of event: FirewallEvent) -> [ECSEvent] {
    detections(in: document, of: event).map { document.alert($0) }
  }

  /// The conditions that hold for an event.
  private func conditionsHolding(for event: FirewallEvent) -> [Int] {
    guard let conditions else { return [] }
    return evaluators.lend(make: { ExpressionEvaluator(conditions) }) { evaluator in
      event.withRecord(added: conditions.plan.addedFields) {
        evaluator.evaluate($0, $1, escaped: $2)
      }
      return evaluator.holding
    }
  }

  /// The index of the rule that fires if a condition holds; nil for a condition of a correlation.
  func rule(of condition: Int) -> Int? {
    if case .rule(let index) = uses[condition] { index } else { nil }
  }

  /// The detections of a document, from the indices of the rules that fire. Adds the feed rules if an indicator matches.
  func detections(of rules: [Int], in document: ECSEvent, asksFeeds: Bool = true) -> [Detection] {
    fired(rules, in: document, asksFeeds: asksFeeds).map(\.detection)
  }

  /// The same, with the index of each rule.
  func fired(
    _ rules: [Int], in document: ECSEvent, asksFeeds: Bool
  ) -> [(rule: Int, detection: Detection)] {
    var indices = rules
    let matches = watch == nil || !asksFeeds ? [] : indicators?.matches(in: document) ?? []
    if !matches.isEmpty { indices += self.rules.indices.filter { self.rules[$0].isFeedRule } }
    return indices.sorted().map { index in
      let rule = self.rules[index]
      return (index, Detection(rule: rule, indicators: rule.isFeedRule ? matches : []))
    }.filter { $0.detection.level >= leastLevel }
  }
}
