/// Takes records and makes documents of them, or, with a detector, alerts.
struct DocumentSink: ~Copyable, CountingSink {
  var output = OutputBuffer(minimumCapacity: 4096)
  var counts = ConversionCounts()
  var rejections: [Rejection] = []
  private var unknownNames = NameCounts()
  private var parser: RecordParser
  private let plan: Plan
  private var deriver: Deriver
  private var writer: DocumentWriter
  /// What precedes each document.
  private let action: [UInt8]
  private let detector: Detector?
  private let watch: DetectionWatch?
  /// What fired, until it is taken.
  var hits: [AlertHit] = []
  private var fired: [Int] = []

  init(_ plan: Plan, action: [UInt8], detector: Detector? = nil) {
    self.plan = plan
    parser = RecordParser(own: plan.ownFields)
    deriver = Deriver(plan)
    writer = DocumentWriter(plan.steps)
    self.action = action
    self.detector = detector
    watch = detector?.watch
  }

  /// The counts, with those of names.
  var allCounts: ConversionCounts {
    var all = counts
    unknownNames.forEach { name, count in all.add(unknown: name, count) }
    return all
  }

  mutating func clearNames() { unknownNames = NameCounts() }

  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool)
    throws(JSONError) -> Int
  {
    try parser.read(text, from: start, allowsLineBreaks: allowsLineBreaks)
  }

  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace) {
    if RecordKind.isPlainEvent(parser.fields) { return accept(text) }
    let kind = parser.withText(text) { RecordKind(parser.fields, $0) }
    if kind == .event { return accept(text) }
    if let refusal = kind.refusal {
      reject(
        text, record, NormalizationError(refusal.code, offset: 0, refusal.description), at: place)
    } else {
      skip()
    }
  }

  mutating func setColumns(_ names: [String]) { parser.setColumns(names) }

  mutating func accept(
    _ cells: [RowReader.Cell], _ text: Span<UInt8>, _ row: Range<Int>, at place: RecordPlace
  ) {
    parser.read(cells, text, row)
    accept(text, row, at: place)
  }

  private mutating func accept(_ text: Span<UInt8>) {
    countAccepted()
    if watch == nil { write(text) } else { detect(text) }
    if !parser.fields.isCanonical || !parser.fields.unknown.isEmpty { note(text) }
  }

  private mutating func write(_ text: Span<UInt8>) {
    counts.documents &+= 1
    if !action.isEmpty { appendAction() }
    appendDocument(text)
    output.append(.lineFeed)
    if !hasTimestamp { counts.documentsWithoutTimestamp &+= 1 }
    if deriver.workspace.issues.isEmpty { return }
    for issue in deriver.workspace.issues { counts.issues[issue.code, default: 0] &+= 1 }
  }

  private mutating func appendAction() {
    let action = action
    output.append(action.span)
  }

  /// Whether the document that was written last has an `@timestamp`.
  private var hasTimestamp: Bool {
    plan.timestampTarget.map { deriver.hasValue($0) } ?? false
  }

  /// Derives the values of the record that was read last, and appends them as a document.
  private mutating func appendDocument(_ text: Span<UInt8>) {
    parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        deriver.derive(parser.fields, text, escaped: escaped)
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
  private mutating func detect(_ text: Span<UInt8>) {
    let mayFire = parser.withText(text) { watch!.mayFire(parser.fields, $0) }
    if mayFire { writeAlerts(text) }
  }

  @inline(never)
  private mutating func writeAlerts(_ text: Span<UInt8>) {
    guard let detector,
      parser.withText(text, { detector.fires(parser.fields, $0, into: &fired) })
    else { return }
    let event = ECSEvent(members(text))
    for detection in detector.detections(of: fired, in: event) {
      // An alert has the record twice, as text and as members: room for both, made once.
      output.reserve(2 &* parser.raw.count)
      output.append(event.alert(detection))
      output.append(.lineFeed)
      counts.alerts &+= 1
      hits.append(AlertHit(detection, event))
    }
  }

  /// The document of the record as values. It is written, and then read: alerts are too rare for a way of their
  /// own through the table.
  private mutating func members(_ text: Span<UInt8>) -> JSONObject {
    var document = OutputBuffer(minimumCapacity: 4096)
    swap(&document, &output)
    appendDocument(text)
    swap(&document, &output)
    // What this library wrote needs no check.
    return document.withSpan { JSONValue(scanned: $0, 0..<$0.count).object ?? JSONObject() }
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
        for member in parser.fields.unknown { unknownNames.add(slices, member.name.content) }
      }
    }
  }

  mutating func keep(_ raw: [UInt8], _ error: NormalizationError, at place: RecordPlace) {
    rejections.append(
      Rejection(error: error, line: place.lines &+ 1, offset: place.bytes, raw: raw))
  }
}
