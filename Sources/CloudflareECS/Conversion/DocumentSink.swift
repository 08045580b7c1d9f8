/// Takes records and makes documents of them, or, with a detector, alerts, or the rows of a report.
struct DocumentSink: ~Copyable, CountingSink {
  var output = OutputBuffer(minimumCapacity: 4096)
  var counts = ConversionCounts()
  var rejections = WaitingRejections()
  var maker: DocumentMaker
  /// What precedes each document, in the bulk format.
  let action: BulkAction?
  private var filter: Boxed<FilterEvaluator>?
  /// What writes the rows of a report, or with a detector those of a summary, in place of documents.
  var rowWriter: Boxed<ReportRowWriter>?
  /// Evaluates rules; nil without a detector.
  let detection: DetectionStage?
  /// The handler and the second output of the call that is going on, if it has them.
  var extras: CallExtras
  /// Whether anything needs the record as it came, escaped. The rows of a report hardly ever do, the alerts of a detector
  /// do.
  let readsRecordText: Bool

  init(
    _ table: MappingTable, format: NDJSONConverter.Options.Format,
    filter: EventFilter? = nil, detector: Detector? = nil,
    limits: DetectionRule.Correlation.Limits = DetectionRule.Correlation.Limits(),
    rows: ReportLayout? = nil
  ) {
    let plan = table.plan
    maker = DocumentMaker(plan)
    extras = CallExtras(plan)
    action = BulkAction(format, plan)
    self.filter = filter.map { Boxed(FilterEvaluator($0.compiled)) }
    detection = detector.map { DetectionStage($0, table, limits) }
    rowWriter = rows.map { Boxed(ReportRowWriter($0)) }
    readsRecordText =
      detector != nil || plan.readsRecordText || filter?.compiled.plan.readsRecordText ?? false
  }

  var plan: Plan { maker.plan }
  var hasDetector: Bool { detection != nil }

  mutating func accept(
    _ parser: inout RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, isEvent: Bool,
    at place: RecordPlace
  ) {
    if !isEvent, !RecordKind.isCertainlyEvent(parser.fields),
      !takeEvent(parser, text, record, at: place)
    {
      return
    }
    countAccepted()
    if filter != nil, !passesFilter(parser, text) {
      counts.filtered &+= 1
    } else if extras.isUsed {
      convertWithExtras(&parser, text, record, at: place)
    } else if hasDetector {
      detect(parser, text, record)
    } else if rowWriter != nil {
      appendRow(parser, text)
    } else {
      parser.withRecord(text) {
        maker.append($0, $1, escaped: $2, action: action, to: &output)
      }
      endDocument()
    }
    if !parser.fields.isCanonical || !parser.fields.unknown.isEmpty {
      countReadingIssues(parser, text)
    }
  }

  private mutating func passesFilter(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>
  ) -> Bool {
    parser.withRecord(text) { record, text, escaped in
      filter?.lend { $0.holds(record, text, escaped: escaped) } ?? true
    }
  }

  private mutating func appendRow(_ parser: borrowing RecordParser, _ text: Span<UInt8>) {
    counts.evaluated &+= 1
    parser.withRecord(text) { record, text, escaped in
      rowWriter?.lend { $0.append(record, text, escaped: escaped, to: &output) }
    }
  }

  /// Ends the line of a document, and counts the document and its issues.
  @inline(__always)
  mutating func endDocument() {
    output.append(.lineFeed)
    counts.documents &+= 1
    if maker.deriver.derived.scratch.issues.isEmpty { return }
    for issue in maker.deriver.derived.scratch.issues {
      counts.issues[issue.code, default: 0] &+= 1
    }
  }

  /// Counts the issues of reading, and unknown names.
  @inline(never)
  private mutating func countReadingIssues(_ parser: borrowing RecordParser, _ text: Span<UInt8>) {
    if !parser.fields.isCanonical {
      for issue in parser.readingIssues(added: plan.addedFields) {
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
    if extras.handler != nil {
      extras.handler?.reject(rejection)
    } else if !rejections.add(rejection) {
      counts.forgotten &+= 1
    }
  }
}

extension ParserAndSink where Sink == DocumentSink {
  /// - Parameter member: the member of each record that contains the event; nil if the record is the event.
  init(_ sink: consuming DocumentSink, unwrapping member: String? = nil) {
    parser = RecordParser(added: sink.plan.addedFields, unwrapping: member)
    parser.scanner.copiesText = sink.readsRecordText
    self.sink = sink
  }
}
