/// Rules, compiled once, that say of each event which of them fire.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     let document = SekoiaNormalizer().normalize(event).document
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
  /// The conditions, by the places of their rules.
  private let programs: [ConditionProgram?]
  /// What is asked before anything else.
  let watch: DetectionWatch

  /// A detector of these rules.
  public init(rules: [DetectionRule] = BuiltInRules.all, indicators: IndicatorSet? = nil) {
    self.rules = rules
    self.indicators = indicators
    programs = rules.map { rule in rule.condition.map { ConditionProgram($0) } }
    let asksFeeds = rules.contains { $0.condition == nil }
    watch = DetectionWatch(
      gate: ConditionGate(rules.map(\.condition)),
      filter: asksFeeds ? indicators.map { IndicatorFilter($0) } : nil)
  }

  /// The rules that fire on a document, in the order of the rules.
  public func detections(in document: ECSEvent) -> [Detection] {
    var text = OutputBuffer(minimumCapacity: 1024)
    let subject = DetectionSubject(document, writingTo: &text)
    var fired: [Int] = []
    text.withSpan { text in fire(.max, subject, text, into: &fired) }
    return detections(of: fired, in: document)
  }

  /// The alerts of a document: one for each rule that fires.
  public func alerts(for document: ECSEvent) -> [ECSEvent] {
    detections(in: document).map { document.alert($0) }
  }

  /// The rules that fired, with what the feeds say about the document, which is asked here.
  func detections(of fired: [Int], in document: ECSEvent) -> [Detection] {
    var places = fired
    let matches = watch.filter == nil ? [] : indicators?.matches(in: document) ?? []
    if !matches.isEmpty { places += rules.indices.filter { rules[$0].condition == nil } }
    return places.sorted().map { place in
      Detection(rule: rules[place], indicators: rules[place].condition == nil ? matches : [])
    }
  }

  /// Whether an alert is to be expected: notes the places of the rules whose condition holds, and says
  /// whether one does, or whether an indicator matches but for the time.
  func fires(_ fields: borrowing Record, _ text: Span<UInt8>, into fired: inout [Int]) -> Bool {
    fired.removeAll(keepingCapacity: true)
    let candidates = watch.gate.candidates(fields, text)
    if candidates != 0 {
      fire(candidates, DetectionSubject(fields, text), text, into: &fired)
    }
    if !fired.isEmpty { return true }
    guard let indicators, watch.filter?.mayMatch(fields, text) ?? false else { return false }
    var probe = IndicatorProbe()
    return probe.finds(indicators, fields, text)
  }

  /// Notes the places of the rules whose condition holds, of those with the bits of candidates.
  private func fire(
    _ candidates: UInt64, _ subject: borrowing DetectionSubject, _ text: Span<UInt8>,
    into fired: inout [Int]
  ) {
    for (place, program) in programs.enumerated() {
      if let program, candidates & ConditionGate.bit(of: place) != 0,
        program.holds(for: subject, in: text)
      {
        fired.append(place)
      }
    }
  }
}
