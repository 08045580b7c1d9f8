/// Alerts, in place of documents or beside them.
extension DocumentSink {
  /// Asks the detector; only if something fires, a document is made for the alerts.
  mutating func detect(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, _ record: Range<Int>
  ) {
    guard let detection else { return }
    counts.evaluated &+= 1
    let (holding, mayMatch) = parser.withRecord(text) {
      detection.evaluate($0, $1, escaped: $2)
    }
    if !mayMatch, holding.isEmpty { return }
    let rules = detection.firingRules(holding)
    if mayMatch || !rules.isEmpty { writeAlerts(parser, text, of: rules, asksFeeds: mayMatch) }
    if rules.count < holding.count { correlate(parser, text, record, holding) }
  }

  /// Writes the alerts of rules that fire on the record that was read last, and those of feeds if these are asked.
  @inline(never)
  mutating func writeAlerts(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, of rules: [Int], asksFeeds: Bool
  ) {
    if rowWriter != nil { return writeRows(parser, text, of: rules, asksFeeds: asksFeeds) }
    guard let detection else { return }
    if !asksFeeds, action == nil, extras.handler == nil, writeEach(parser, text, of: rules) {
      return
    }
    // For feeds, the bulk format, tables of selected targets and handlers: alerts differ from event to event.
    let document = ECSEvent(
      writtenMembers() ?? parser.withRecord(text) { maker.members($0, $1, escaped: $2) })
    var event = document
    let ofIndex = maker.deriver.derived.scratch.issues.map(\.code).filter(\.isOfIndex)
    let members = parser.withRecord(text) { detection.whole?.members($0, $1, escaped: $2) }
    if let members { event = ECSEvent(members) }
    // A time that the bulk format added is not the event's: the detector must not use it.
    if ofIndex.contains(.noTimestamp) { event.timestamp = nil }
    let detections = detection.detector.detections(of: rules, in: event, asksFeeds: asksFeeds)
    if detections.isEmpty { return }
    if extras.written == nil { for code in ofIndex { counts.issues[code, default: 0] &+= 1 } }
    for found in detections {
      // An alert has the record twice, as text and as members: room for both, made once.
      output.reserve(2 &* parser.escaped.count)
      if let action, action.append(event.event.id, rule: found.rule.id, to: &output) {
        counts.issues[.identifierTooLong, default: 0] &+= 1
      }
      output.append(document.alert(found))
      output.append(.lineFeed)
      counts.addAlert(found.level)
    }
  }

  /// Writes alerts as other documents are written, each by a table of its rule's own. Returns false, and writes nothing,
  /// if a rule has none.
  private mutating func writeEach(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, of rules: [Int]
  ) -> Bool {
    guard let detection, detection.whole == nil else { return false }
    for rule in rules where detection.document(of: rule) == nil { return false }
    for rule in rules.sorted() {
      guard let document = detection.document(of: rule) else { continue }
      parser.withRecord(text) { document.append($0, $1, escaped: $2, to: &output) }
      output.append(.lineFeed)
      counts.addAlert(detection.detector.rules[rule].level)
    }
    return true
  }

  /// Writes the rows of a summary in place of alerts.
  private mutating func writeRows(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, of rules: [Int], asksFeeds: Bool
  ) {
    guard let detection else { return }
    let detector = detection.detector
    if !asksFeeds {
      for rule in rules.sorted() { writeRow(parser, text, of: rule, detector.rules[rule].level) }
      return
    }
    let whole = parser.withRecord(text) { detection.whole?.members($0, $1, escaped: $2) }
    let event = ECSEvent(
      whole ?? parser.withRecord(text) { maker.members($0, $1, escaped: $2) })
    for (rule, found) in detector.fired(rules, in: event, asksFeeds: true) {
      writeRow(parser, text, of: rule, found.level, found.indicatorValues)
    }
  }

  private mutating func writeRow(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, of rule: Int,
    _ level: DetectionRule.Level, _ indicators: [String] = []
  ) {
    counts.addAlert(level)
    AlertSummary.begin(rule, level, to: &output)
    parser.withRecord(text) { record, text, escaped in
      rowWriter?.lend {
        $0.append(record, text, escaped: escaped, indicators: indicators, to: &output)
      }
    }
  }
}
