/// Takes records and makes documents of them, or, with a detector, alerts, or the rows of a report.
struct DocumentSink: ~Copyable, CountingSink {
  var output = OutputBuffer(minimumCapacity: 4096)
  var counts = ConversionCounts()
  var rejections = WaitingRejections()
  var parser: RecordParser
  let plan: Plan
  var deriver: Deriver
  private var writer: DocumentWriter
  private let table: MappingTable
  /// What writes the alerts of a rule, by its index; nil where that is done by value.
  private var alertDocuments: [Int: AlertDocument?] = [:]
  /// For alerts, if documents have only some of the targets: the detector sees all.
  private var whole: WholeDocument?
  /// What precedes each document, in the bulk format.
  let action: BulkAction?
  private var filter: Boxed<FilterEvaluator>?
  let detector: Detector?
  private let watch: IndicatorWatch?
  private var rows: Boxed<ReportRowWriter>?
  /// For the call that is going on, if it does more than write one output.
  var pass: RecordPass
  /// What fired, until it is taken.
  var hits: [AlertHit] = []
  private var conditions: Boxed<ExpressionEvaluator>?
  /// The conditions that hold for the record.
  private(set) var holding: [Int] = []
  var correlations: CorrelationCounter?
  /// Whether other converters have events before these: then ``candidates`` are kept.
  var defersCorrelations = false
  var candidates = CorrelationCandidates()

  init(
    _ table: MappingTable, format: ConverterOptions.Format, unwrapping member: String? = nil,
    filter: EventFilter? = nil, detector: Detector? = nil,
    limits: CorrelationLimits = CorrelationLimits(),
    report: EventReport? = nil
  ) {
    plan = table.plan
    self.table = table
    pass = RecordPass(plan)
    parser = RecordParser(own: plan.ownFields, unwrapping: member)
    deriver = Deriver(plan)
    writer = DocumentWriter(plan.steps)
    action = BulkAction(format, plan)
    self.filter = filter.map { Boxed(FilterEvaluator($0.compiled)) }
    self.detector = detector
    watch = detector?.watch
    whole = detector == nil || table.wholeRows == nil ? nil : WholeDocument(table.whole.plan)
    conditions = detector?.conditions.map { Boxed(ExpressionEvaluator($0)) }
    correlations = detector?.correlations.map { CorrelationCounter($0, limits) }
    rows = report.map { Boxed(ReportRowWriter($0.layout)) }
  }

  var hasDetector: Bool { detector != nil }

  @inline(__always)
  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool)
    throws(JSONError) -> Int
  {
    try parser.read(text, from: start, allowsLineBreaks: allowsLineBreaks)
  }

  @inline(__always)
  func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool { parser.mayWrap(text, start) }

  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace) {
    if RecordKind.isPlainEvent(parser.fields) { return accept(event: text, record, at: place) }
    let kind = parser.kind(text)
    if kind == .event { return accept(event: text, record, at: place) }
    if let error = parser.refusal(kind, text) {
      reject(text, record, error, at: place)
    } else {
      skip()
    }
  }

  mutating func acceptEvent(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace) {
    accept(event: text, record, at: place)
  }

  private mutating func accept(
    event text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace
  ) {
    countAccepted()
    if filter != nil, !passesFilter(text) {
      counts.filtered &+= 1
    } else if pass.isUsed {
      convert(text, record, at: place)
    } else if rows != nil {
      appendRow(text)
    } else if detector == nil {
      write(text)
    } else {
      detect(text, record)
    }
    if !parser.fields.isCanonical || !parser.fields.unknown.isEmpty { note(text) }
  }

  private mutating func passesFilter(_ text: Span<UInt8>) -> Bool {
    parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        filter?.lend { $0.holds(parser.fields, text, escaped: escaped) } ?? true
      }
    }
  }

  private mutating func appendRow(_ text: Span<UInt8>) {
    counts.evaluated &+= 1
    parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        rows?.lend { $0.append(parser.fields, text, escaped: escaped, to: &output) }
      }
    }
  }

  mutating func write(_ text: Span<UInt8>) {
    counts.documents &+= 1
    appendDocument(text, hasAction: action != nil)
    output.append(.lineFeed)
    if deriver.workspace.issues.isEmpty { return }
    for issue in deriver.workspace.issues { counts.issues[issue.code, default: 0] &+= 1 }
  }

  /// Derives the values of the record that was read last, and appends them as a document.
  private mutating func appendDocument(_ text: Span<UInt8>, hasAction: Bool) {
    parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        deriver.derive(parser.fields, text, escaped: escaped)
        if hasAction { action?.append(&deriver, parser.fields, text, to: &output) }
        deriver.workspace.scratch.withSpan { scratch in
          deriver.memo.text.withSpan { remembered in
            writer.write(
              deriver.values, parser.fields, text, scratch: scratch, escaped: escaped,
              remembered: remembered, to: &output)
          }
        }
      }
    }
  }

  /// Asks the detector; only if something fires, a document is made for the alerts.
  mutating func detect(_ text: Span<UInt8>, _ record: Range<Int>) {
    counts.evaluated &+= 1
    holding.removeAll(keepingCapacity: true)
    let mayMatch = parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        conditions?.lend { $0.holding(parser.fields, text, escaped: escaped, into: &holding) }
      }
      return watch?.mayMatch(parser.fields, text) ?? false
    }
    if !mayMatch, holding.isEmpty { return }
    let rules = holding.compactMap { detector?.rule(of: $0) }
    if mayMatch || !rules.isEmpty { writeAlerts(text, of: rules, asksFeeds: mayMatch) }
    if rules.count < holding.count { correlate(text, record) }
  }

  @inline(never)
  mutating func writeAlerts(_ text: Span<UInt8>, of rules: [Int], asksFeeds: Bool) {
    guard let detector else { return }
    if !asksFeeds, action == nil, whole == nil, pass.handler == nil,
      rules.allSatisfy({ alertDocument(of: $0) != nil })
    {
      for rule in rules.sorted() { writeAlert(text, of: rule) }
      return
    }
    let document = ECSEvent(writtenMembers() ?? members(text))
    var event = document
    if whole != nil { event = ECSEvent(wholeMembers(text)) }
    // A time that the bulk format added is not the event's: the detector must not use it.
    let ofIndex = deriver.workspace.issues.map(\.code).filter(\.isOfIndex)
    if ofIndex.contains(.noTimestamp) { event.timestamp = nil }
    let detections = detector.detections(of: rules, in: event, asksFeeds: asksFeeds)
    if detections.isEmpty { return }
    if pass.written == nil { for code in ofIndex { counts.issues[code, default: 0] &+= 1 } }
    for detection in detections {
      // An alert has the record twice, as text and as members: room for both, made once.
      output.reserve(2 &* parser.raw.count)
      if let action, action.append(event.event.id, rule: detection.rule.id, to: &output) {
        counts.issues[.identifierTooLong, default: 0] &+= 1
      }
      output.append(document.alert(detection))
      output.append(.lineFeed)
      counts.alerts &+= 1
      hits.append(AlertHit(detection, event))
    }
  }

  /// The most rules whose alerts have a table of their own: it takes about 100 KiB.
  private static let mostAlertDocuments = 16

  private mutating func alertDocument(of rule: Int) -> AlertDocument? {
    if let known = alertDocuments[rule] { return known }
    let hasRoom = alertDocuments.count < Self.mostAlertDocuments
    let alerts = hasRoom ? detector.flatMap { table.alerts(of: $0.rules[rule]) } : nil
    let document = alerts.map { AlertDocument($0.plan) }
    if hasRoom { alertDocuments[rule] = .some(document) }
    return document
  }

  /// Writes the alert of a rule as other documents are written, by its own table.
  private mutating func writeAlert(_ text: Span<UInt8>, of rule: Int) {
    guard let alert = alertDocument(of: rule), let detector else { return }
    alert.swap(&deriver, &writer)
    appendDocument(text, hasAction: false)
    output.append(.lineFeed)
    let time = alert.time.flatMap { self.text(of: $0, text) }.flatMap { Timestamp($0) }
    let source = alert.source.flatMap { self.text(of: $0, text) }
    alert.swap(&deriver, &writer)
    counts.alerts &+= 1
    hits.append(AlertHit(detector.rules[rule], time: time, source: source))
  }

  /// The text of a target of the document that was written last.
  private func text(of target: Int, _ text: Span<UInt8>) -> String? {
    let value = deriver.value(of: target, parser.fields)
    return parser.withText(text) { text -> String? in
      switch value.source {
      case .none: nil
      case .record: String(unescaping: text, value.range)
      case .escapedRecord: parser.raw.withSpan { String(unescaping: $0, value.range) }
      case .scratch:
        deriver.workspace.scratch.withSpan { String(unescaping: $0, value.range) }
      case .remembered: deriver.memo.text.withSpan { String(unescaping: $0, value.range) }
      }
    }
  }

  /// The document of the record as values. It is written, and then read: for feeds, the bulk format, tables of selected
  /// targets and handlers, whose alerts differ from event to event.
  private mutating func members(_ text: Span<UInt8>) -> JSONObject {
    var document = OutputBuffer(minimumCapacity: 4096)
    swap(&document, &output)
    appendDocument(text, hasAction: false)
    swap(&document, &output)
    // What this library wrote needs no check.
    return document.withSpan { JSONValue(scanned: $0, 0..<$0.count).object ?? JSONObject() }
  }

  private mutating func wholeMembers(_ text: Span<UInt8>) -> JSONObject {
    whole?.swap(&deriver, &writer)
    defer { whole?.swap(&deriver, &writer) }
    return members(text)
  }

  /// Counts what was remarkable about an event.
  @inline(never)
  private mutating func note(_ text: Span<UInt8>) {
    if !parser.fields.isCanonical {
      for issue in parser.readingIssues(own: plan.ownFields) {
        counts.issues[issue.code, default: 0] &+= 1
      }
    }
    if !parser.fields.unknown.isEmpty {
      parser.withText(text) { slices in
        for member in parser.fields.unknown { counts.names.add(slices, member.name.content) }
      }
    }
  }

  mutating func keep(_ raw: [UInt8], _ error: NormalizationError, at place: RecordPlace) {
    let rejection = Rejection(
      error: error, line: place.lines &+ 1, offset: place.bytes, raw: raw)
    if pass.handler != nil {
      pass.handler?.reject(rejection)
    } else if !rejections.add(rejection) {
      counts.forgotten &+= 1
    }
  }
}
