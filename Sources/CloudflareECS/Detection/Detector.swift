/// Rules, compiled once, that say of each event which of them fire.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer.normalize(event).document
///     let detector = Detector()
///     detector.detections(in: document).map(\.rule.id)        // ["cloudflare-firewall-block"]
///     detector.alerts(for: document)[0].event.kind            // "alert"
///
/// ``NDJSONConverter`` runs one over bytes: the verdicts are the same, and where nothing fires no
/// document is made.
public struct Detector: Sendable {
  /// The rules, in the order in which they are asked.
  public let rules: [DetectionRule]
  /// What the feeds say, if any were loaded.
  public let indicators: IndicatorSet?
  /// The conditions, with the places of their rules.
  private let programs: [(rule: Int, program: ConditionProgram)]
  private let feedRule: Int?

  /// A detector of these rules.
  public init(rules: [DetectionRule] = BuiltInRules.all, indicators: IndicatorSet? = nil) {
    self.rules = rules
    self.indicators = indicators
    programs = rules.enumerated().compactMap { place, rule in
      rule.condition.map { (place, ConditionProgram($0)) }
    }
    feedRule = indicators == nil ? nil : rules.firstIndex { $0.condition == nil }
  }

  /// The rules that fire on a document, in the order of the rules.
  public func detections(in document: ECSEvent) -> [Detection] {
    var text = OutputBuffer(minimumCapacity: 1024)
    let subject = DetectionSubject(document, writingTo: &text)
    var fired: [Int] = []
    text.withSpan { text in fire(subject, text) { fired.append($0) } }
    return detections(of: fired, in: document)
  }

  /// The alerts of a document: one for each rule that fires.
  public func alerts(for document: ECSEvent) -> [ECSEvent] {
    detections(in: document).map { document.alert($0) }
  }

  /// The rules that fired, with what the feeds say about the document, which is asked here.
  func detections(of fired: [Int], in document: ECSEvent) -> [Detection] {
    var places = fired
    var matches: [IndicatorMatch] = []
    if let feedRule, let indicators {
      matches = indicators.matches(in: document)
      if !matches.isEmpty { places.append(feedRule) }
    }
    return places.sorted().map { place in
      Detection(rule: rules[place], indicators: place == feedRule ? matches : [])
    }
  }

  /// Tells the places of the rules whose condition holds.
  @inline(__always)
  func fire(
    _ subject: borrowing DetectionSubject, _ text: Span<UInt8>, _ tell: (Int) -> Void
  ) {
    for index in programs.indices where programs[index].program.holds(for: subject, in: text) {
      tell(programs[index].rule)
    }
  }
}
