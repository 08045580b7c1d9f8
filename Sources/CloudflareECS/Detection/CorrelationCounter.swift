/// Finds the correlation rules that fire on one event after the other.
struct CorrelationCounter: ~Copyable, Sendable {
  /// An event on which a condition of a rule held, until the events before it are known.
  struct Candidate: Sendable {
    /// The index in ``CompiledCorrelations/rules``.
    let rule: Int
    let entry: CorrelationGroups.Entry
    /// The offset in the documents at which an alert belongs.
    let offset: Int
    /// The record, as a range of the records of all candidates.
    let record: Range<Int>
  }

  private let compiled: CompiledCorrelations
  private var deriver: Deriver
  private var groups: CorrelationGroups
  private var key = OutputBuffer(minimumCapacity: 256)
  private let limits: DetectionRule.Correlation.Limits

  init(_ compiled: CompiledCorrelations, _ limits: DetectionRule.Correlation.Limits) {
    self.compiled = compiled
    self.limits = limits
    deriver = Deriver(compiled.plan)
    groups = CorrelationGroups(limits)
  }

  /// Begins anew, without any groups.
  mutating func forgetGroups() { groups = CorrelationGroups(limits) }

  /// The index of the rule in ``Detector/rules``.
  func ruleIndex(_ rule: Int) -> Int { compiled.rules[rule].index }

  /// Whether it matters which conditions of the rule held on an event. If not, one of them stands for all.
  func tellsConditionsApart(_ rule: Int) -> Bool {
    compiled.rules[rule].correlation.kind == .temporal
  }

  /// What a rule needs to know of a record on which one of its conditions held; nil if it has no time, or no value of a
  /// field that groups or is counted.
  /// - Parameters:
  ///   - rule: the index in ``CompiledCorrelations/rules``.
  ///   - condition: the index of the condition in the correlation.
  ///   - isLast: whether no further condition of the rule held that is counted.
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func entry(
    _ rule: Int, _ condition: Int, isLast: Bool, _ record: borrowing Record, _ text: Span<UInt8>,
    escaped: Span<UInt8>
  ) -> CorrelationGroups.Entry? {
    let rule = (number: rule, compiled: compiled.rules[rule])
    deriver.derive(record, text, escaped: escaped)
    let time = deriver.withValue(of: compiled.time, record, text, escaped) {
      Timestamp($0.extracting($1))
    }
    key.removeAll()
    key.append(word: UInt64(rule.number), length: 8)
    for target in rule.compiled.groupBy {
      guard append(target, record, text, escaped) else { return nil }
    }
    guard let time = time ?? nil else { return nil }
    let group = key.withSpan { SecretHash.hash($0, 0..<$0.count) }
    var value: UInt64?
    if let target = rule.compiled.counted {
      key.removeAll()
      guard append(target, record, text, escaped) else { return nil }
      value = key.withSpan { SecretHash.hash($0, 0..<$0.count) }
    } else if rule.compiled.correlation.kind == .temporal {
      value = UInt64(condition)
    }
    return CorrelationGroups.Entry(
      group: group, time: time.microseconds, value: value, isLast: isLast)
  }

  /// Appends the value of a target and its length. Returns false if it has none.
  private mutating func append(
    _ target: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    var key = OutputBuffer(minimumCapacity: 0)
    swap(&key, &self.key)
    defer { swap(&key, &self.key) }
    func add(_ value: Span<UInt8>, _ range: Range<Int>) {
      key.append(word: UInt64(range.count), length: 8)
      key.append(value, range)
    }
    if let constant = compiled.plan.targets[target].constant {
      add(constant.span, 0..<constant.count)
      return true
    }
    return deriver.withValue(of: target, record, text, escaped) { value, range in
      if range.isEmpty { return false }
      add(value, range)
      return true
    } ?? false
  }

  /// Counts the next event of a rule.
  mutating func count(_ rule: Int, _ entry: CorrelationGroups.Entry) -> CorrelationGroups.Result {
    groups.count(entry, for: compiled.rules[rule].correlation)
  }
}
