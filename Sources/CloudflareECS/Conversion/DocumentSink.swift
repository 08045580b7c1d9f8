/// Takes records and makes documents of them, or, with a detector, alerts, or the rows of a report.
struct DocumentSink: ~Copyable, CountingSink {
  var output = OutputBuffer(minimumCapacity: 4096)
  var counts = ConversionCounts()
  var rejections = WaitingRejections()
  var parser: RecordParser
  var maker: DocumentMaker
  /// What precedes each document, in the bulk format.
  let action: BulkAction?
  private var filter: Boxed<FilterEvaluator>?
  /// What writes the rows of a report, or with a detector those of a summary, in place of documents.
  var rows: Boxed<ReportRowWriter>?
  /// With a detector.
  let detection: DetectionStage?
  /// For the call that is going on, if it does more than write one output.
  var pass: RecordPass

  init(
    _ table: MappingTable, format: NDJSONConverter.Options.Format, unwrapping member: String? = nil,
    filter: EventFilter? = nil, detector: Detector? = nil,
    limits: DetectionRule.Correlation.Limits = DetectionRule.Correlation.Limits(),
    rows: ReportLayout? = nil
  ) {
    let plan = table.plan
    maker = DocumentMaker(plan)
    pass = RecordPass(plan)
    parser = RecordParser(own: plan.ownFields, unwrapping: member)
    action = BulkAction(format, plan)
    self.filter = filter.map { Boxed(FilterEvaluator($0.compiled)) }
    detection = detector.map { DetectionStage($0, table, limits) }
    self.rows = rows.map { Boxed(ReportRowWriter($0)) }
    // The text of the record: the rows of a report hardly ever need it, the alerts of a detector do.
    if let rows, detector == nil {
      parser.scanner.copiesText = rows.plan.readsText || filter?.compiled.plan.readsText ?? false
    }
  }

  var plan: Plan { maker.plan }
  var hasDetector: Bool { detection != nil }

  @inline(__always)
  mutating func scan(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool)
    throws(JSONError) -> Int
  {
    try parser.read(text, from: start, allowsLineBreaks: allowsLineBreaks)
  }

  @inline(__always)
  mutating func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool { parser.mayWrap(text, start) }

  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace) {
    if RecordKind.isPlainEvent(parser.fields) { return accept(event: text, record, at: place) }
    acceptOther(text, record, at: place)
  }

  /// The same for a record that may be no event.
  @inline(never)
  private mutating func acceptOther(
    _ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace
  ) {
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
    } else if hasDetector {
      detect(text, record)
    } else if rows != nil {
      appendRow(text)
    } else {
      write(text)
    }
    if !parser.fields.isCanonical || !parser.fields.unknown.isEmpty { note(text) }
  }

  private mutating func passesFilter(_ text: Span<UInt8>) -> Bool {
    parser.withRecord(text) { record, text, escaped in
      filter?.lend { $0.holds(record, text, escaped: escaped) } ?? true
    }
  }

  private mutating func appendRow(_ text: Span<UInt8>) {
    counts.evaluated &+= 1
    parser.withRecord(text) { record, text, escaped in
      rows?.lend { $0.append(record, text, escaped: escaped, to: &output) }
    }
  }

  mutating func write(_ text: Span<UInt8>) {
    counts.documents &+= 1
    if parser.isPlain {
      Self.append(parser.fields, text, parser.raw, &maker, action, to: &output)
    } else {
      parser.withRecord(text) {
        maker.append($0, $1, escaped: $2, action: action, to: &output)
      }
    }
    output.append(.lineFeed)
    if maker.deriver.derived.workspace.issues.isEmpty { return }
    for issue in maker.deriver.derived.workspace.issues {
      counts.issues[issue.code, default: 0] &+= 1
    }
  }

  /// Appends the document of a record whose slices are slices of the input. (`withRecord` would copy the parser.)
  @inline(__always)
  private static func append(
    _ record: borrowing Record, _ text: Span<UInt8>, _ raw: borrowing OutputBuffer,
    _ maker: inout DocumentMaker, _ action: BulkAction?, to output: inout OutputBuffer
  ) {
    raw.withSpan { maker.append(record, text, escaped: $0, action: action, to: &output) }
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
