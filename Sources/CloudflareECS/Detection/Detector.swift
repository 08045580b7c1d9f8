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
  public let leastLevel: DetectionLevel
  /// The compiled conditions; nil if no rule has one.
  let conditions: CompiledExpressions?
  /// The indices of the rules that have a condition, in the order of ``conditions``.
  let conditionRules: [Int]
  /// The check for indicators; nil if no rule asks for them.
  let watch: IndicatorWatch?
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
    leastLevel: DetectionLevel = .low, for table: MappingTable = SekoiaNormalizer().table
  ) {
    let rows = Self.rows(table)
    func isUsable(_ rule: DetectionRule) -> Bool { rule.condition.map(rows.know) ?? true }
    let wanted = rules.filter { $0.isFeedRule || $0.level >= leastLevel }
    let rules = wanted.filter(isUsable)
    self.rules = rules
    unusableRules = wanted.filter { !isUsable($0) }
    self.indicators = indicators
    self.leastLevel = leastLevel
    self.table = table
    conditionRules = rules.indices.filter { !rules[$0].isFeedRule }
    conditions =
      conditionRules.isEmpty
      ? nil : try? CompiledExpressions(rules.compactMap(\.condition), rows)
    let asksFeeds = rules.contains(where: \.isFeedRule)
    watch = asksFeeds ? indicators.map { IndicatorWatch($0) } : nil
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
  /// Conditions read the event, through the detector's table; indicators are compared with the document.
  ///
  /// - Parameters:
  ///   - document: the document of the event.
  ///   - event: the event of which the document was made.
  public func detections(in document: ECSEvent, of event: FirewallEvent) -> [Detection] {
    detections(of: conditions?.holding(for: event) ?? [], in: document)
  }

  /// The alerts for an event, one for each rule that fires.
  public func alerts(for document: ECSEvent, of event: FirewallEvent) -> [ECSEvent] {
    detections(in: document, of: event).map { document.alert($0) }
  }

  /// The detections of a document, from the indices of the conditions that held. Adds the rules without a condition if
  /// an indicator matches.
  func detections(of conditions: [Int], in document: ECSEvent) -> [Detection] {
    var indices = conditions.map { conditionRules[$0] }
    let matches = watch == nil ? [] : indicators?.matches(in: document) ?? []
    if !matches.isEmpty { indices += rules.indices.filter { rules[$0].isFeedRule } }
    return indices.sorted().map { index in
      Detection(rule: rules[index], indicators: rules[index].isFeedRule ? matches : [])
    }.filter { $0.level >= leastLevel }
  }
}
