/// Takes records and makes documents of them, or, with a detector, alerts.
struct DocumentSink: ~Copyable, RecordSink {
  var output = OutputBuffer(minimumCapacity: 4096)
  var counts = ConversionCounts()
  var rejections: [Rejection] = []
  private var unknownNames = NameCounts()
  private var reader: EventReader
  private var engine: Engine
  /// What stands before each document.
  private let action: [UInt8]
  /// The same, and what a document begins with whose first member is the record, which is read straight
  /// into it; with room behind for wide copies.
  private let beginning: [UInt8]
  private let beginningLength: Int
  /// Where such a document begins whose record was read, but not accepted yet; -1 for none.
  private var begun = -1
  private let detector: Detector?
  private let watch: DetectionWatch?
  /// What fired, until it is taken.
  var hits: [AlertHit] = []
  private var fired: [Int] = []

  init(_ plan: Plan, action: [UInt8], detector: Detector? = nil) {
    reader = EventReader(own: plan.ownFields, marks: plan.marks.fields)
    engine = Engine(plan)
    self.action = action
    self.detector = detector
    let isBegun = detector == nil && !plan.beginning.isEmpty
    let room = Array(repeating: 0 as UInt8, count: OutputBuffer.readAhead)
    beginning = isBegun ? action + plan.beginning + room : []
    beginningLength = isBegun ? action.count + plan.beginning.count : 0
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
    guard !beginning.isEmpty else {
      return try reader.read(text, from: start, allowsLineBreaks: allowsLineBreaks)
    }
    dropBegun()
    begun = output.count
    let beginning = beginning
    output.append(beginning.span, 0..<beginningLength)
    do throws(JSONError) {
      return try reader.read(
        text, from: start, allowsLineBreaks: allowsLineBreaks, copy: &output)
    } catch {
      dropBegun()
      throw error
    }
  }

  /// Takes a document back that was begun, but whose record was not accepted.
  mutating func dropBegun() {
    guard begun >= 0 else { return }
    output.truncate(to: begun)
    begun = -1
  }

  mutating func accept(_ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace) {
    if RecordKind.isPlainEvent(reader.fields) { return accept(text) }
    let kind = reader.withText(text) { RecordKind(reader.fields, $0) }
    if kind == .event { return accept(text) }
    dropBegun()
    if let refusal = kind.refusal {
      reject(
        text, record, NormalizationError(refusal.code, offset: 0, refusal.description), at: place)
    } else {
      skip()
    }
  }

  mutating func setColumns(_ names: [String]) { reader.setColumns(names) }

  mutating func accept(
    _ cells: [RowReader.Cell], _ text: Span<UInt8>, _ row: Range<Int>, at place: RecordPlace
  ) {
    dropBegun()
    reader.read(cells, text, row)
    accept(text, row, at: place)
  }

  private mutating func accept(_ text: Span<UInt8>) {
    counts.records &+= 1
    counts.accepted &+= 1
    if detector == nil { write(text) } else { detect(text) }
    if !reader.fields.isCanonical || !reader.fields.unknown.isEmpty { note(text) }
  }

  private mutating func write(_ text: Span<UInt8>) {
    counts.documents &+= 1
    if begun >= 0 {
      let start = begun &+ action.count
      begun = -1
      reader.withText(text) { engine.complete(from: start, reader.fields, $0, in: &output) }
    } else {
      let action = action
      output.append(action.span)
      reader.withText(text) { slices in
        reader.raw.withSpan { raw in
          engine.appendDocument(reader.fields, slices, raw: raw, to: &output)
        }
      }
    }
    output.append(.lineFeed)
    if engine.lacksTimestamp { counts.documentsWithoutTimestamp &+= 1 }
    if engine.problems.isEmpty { return }
    for problem in engine.problems { counts.issues[problem.code, default: 0] &+= 1 }
  }

  /// Asks the detector; only if something fires, a document is made for the alerts.
  private mutating func detect(_ text: Span<UInt8>) {
    let mayFire = reader.withText(text) { watch!.mayFire(reader.fields, $0) }
    if mayFire { writeAlerts(text) }
  }

  @inline(never)
  private mutating func writeAlerts(_ text: Span<UInt8>) {
    guard let detector,
      reader.withText(text, { detector.fires(reader.fields, $0, into: &fired) })
    else { return }
    let event = ECSEvent(members(text))
    for detection in detector.detections(of: fired, in: event) {
      // An alert has the record twice, as text and as members: room for both, made once.
      output.reserve(2 &* reader.raw.count)
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
    reader.withText(text) { slices in
      reader.raw.withSpan { raw in
        engine.appendDocument(reader.fields, slices, raw: raw, to: &document)
      }
    }
    // What this library wrote needs no check.
    return document.withSpan { JSONValue(scanned: $0, 0..<$0.count).object ?? JSONObject() }
  }

  /// Counts what was remarkable about an event.
  @inline(never)
  private mutating func note(_ text: Span<UInt8>) {
    if !reader.fields.isCanonical {
      for issue in reader.readingIssues(own: engine.plan.ownFields) {
        counts.issues[issue.code, default: 0] &+= 1
      }
    }
    if !reader.fields.unknown.isEmpty {
      reader.withText(text) { slices in
        for member in reader.fields.unknown { unknownNames.add(slices, member.name.content) }
      }
    }
  }

  mutating func reject(_ raw: Span<UInt8>, _ error: NormalizationError, at place: RecordPlace) {
    counts.records &+= 1
    counts.rejected &+= 1
    var bytes: [UInt8] = []
    bytes.append(copying: raw)
    rejections.append(
      Rejection(error: error, line: place.lines &+ 1, offset: place.bytes, raw: bytes))
  }

  mutating func skip() {
    counts.records &+= 1
    counts.skipped &+= 1
  }

  mutating func blank() { counts.blank &+= 1 }
}
