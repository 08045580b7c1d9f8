/// Converts typed events: notes where the value of each output of a plan stands, and then makes each a
/// property.
///
/// A text that a row takes as it is stays where it is, in the event's record; everything else the
/// engine writes, as it would into a document. Constants are in every document from the start.
struct EventNormalizer: ~Copyable, Sendable {
  /// An output whose value depends on the event.
  private struct Step {
    enum Kind {
      /// The text of one field.
      case text
      /// The record.
      case record
      /// What the engine writes.
      case written
    }
    var kind: Kind
    var output: Int
    /// The field without which there is no value, nor a problem; or -1.
    var source: Int
  }

  private var engine: Engine
  private var filler: DocumentFiller
  private var steps: [Step] = []
  /// The record as the content of a string, where a row needs it so.
  private var raw = OutputBuffer(minimumCapacity: 0)
  private var needsRaw = false
  /// A document with the constants only.
  private var constants = ECSEvent()
  private var cloudflare = ValueTree()
  private var cloudflareLogpush = ValueTree()
  private var other = ValueTree()
  /// Names of the plan's own fields, as JSON.
  private var ownNames: [String]

  /// Normalizers of the tables that were used.
  static let lanes = Lanes<EventNormalizer>()

  /// Of more bytes the room is given back.
  private static let largestKept = 1 << 18

  init(_ plan: Plan) {
    engine = Engine(plan, remembers: false)
    filler = DocumentFiller(plan)
    ownNames = plan.ownFields.map { JSONValue.string($0.name).json }
    for (output, path) in plan.looseOutputs {
      switch path[0] {
      case "cloudflare" where path.count > 1: cloudflare.add(output, at: path.dropFirst())
      case "cloudflare_logpush" where path.count > 1:
        cloudflareLogpush.add(output, at: path.dropFirst())
      default: other.add(output, at: path[...])
      }
    }
    addSteps()
  }

  private mutating func addSteps() {
    let plan = engine.plan
    let leaves = Set(plan.outputOfLeaf)
    for output in plan.documentOrder {
      let rows = plan.outputs[output].rows
      let row = plan.rows[rows.lowerBound]
      var step = Step(kind: .written, output: output, source: -1)
      if rows.count == 1, row.sources.count == 1 {
        if case .timestamp = row.kind {} else { step.source = row.source }
      }
      if rows.count == 1, plan.outputs[output].mode == .first {
        switch row.kind {
        case .keyword: step.kind = .text
        case .record: step.kind = .record
        default: break
        }
      }
      if step.kind == .written {
        needsRaw = needsRaw || plan.rows[rows].contains { $0.kind == .record }
      }
      steps.append(step)
    }
    func isConstant(_ step: Step) -> Bool {
      let output = plan.outputs[step.output]
      let kind = plan.rows[output.rows.lowerBound].kind
      return leaves.contains(step.output) && output.mode == .first
        && (kind == .constant || kind == .constants)
    }
    let all = steps
    steps = all.filter(isConstant)
    placeValues(ReadRecord(writing: FirewallEvent()).fields)
    filler.fill(&constants)
    for step in steps { filler.places[step.output] = ValuePlace(.nowhere) }
    steps = all.filter { !isConstant($0) }
  }

  mutating func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    let record = event.record ?? ReadRecord(writing: event)
    filler.text = record.text
    filler.record = event.rawText ?? (event.record == nil ? record.text : event.json)
    raw.removeAll()
    if needsRaw { raw.append(jsonContent: filler.record.utf8.span, 0..<filler.record.utf8.count) }
    if ownNames.isEmpty {
      placeValues(record.fields)
    } else {
      var fields = record.fields
      claimOwn(&fields, record.text)
      placeValues(fields)
    }
    var result = NormalizedEvent(document: constants, issues: event.readingIssues)
    filler.fill(&result.document)
    fillTrees(of: &result.document)
    if !engine.problems.isEmpty { result.issues += engine.issues }
    giveBack()
    return result
  }

  /// Members with a name of the plan's own are fields, not unknown.
  private func claimOwn(_ fields: inout EventFields, _ text: String) {
    fields.add(ownNames.count)
    let text = text.utf8.span
    for (place, name) in ownNames.enumerated() {
      let found = fields.unknown.firstIndex { text.equals($0.name.range, name) }
      guard let found else { continue }
      fields.set(CloudflareField.all.count + place, fields.unknown.remove(at: found).value)
    }
  }

  private mutating func placeValues(_ fields: borrowing EventFields) {
    engine.begin()
    placeValuesOnce(fields)
    if engine.needsSecondPass { placeValuesOnce(fields) }
  }

  private mutating func placeValuesOnce(_ fields: borrowing EventFields) {
    filler.written.removeAll()
    let record = filler.text
    let text = record.utf8.span
    raw.withSpan { raw in
      for index in steps.indices {
        let step = steps[index]
        var place = ValuePlace(.nowhere)
        if step.kind == .record {
          place = ValuePlace(.record)
        } else if step.source >= 0, fields[step.source] == nil {
          // Most fields of most events are absent.
        } else if step.kind == .text, let slot = fields[step.source], slot.kind == .string {
          place = ValuePlace(.text, slot.range)
        } else {
          let start = filler.written.count
          _ = engine.append(
            step.output, labelled: false, fields, text, raw: raw, to: &filler.written)
          let end = filler.written.count
          if end > start { place = ValuePlace(.written, start..<end) }
        }
        filler.places[step.output] = place
      }
    }
  }

  private func fillTrees(of document: inout ECSEvent) {
    if !cloudflare.isEmpty { cloudflare.fill(&document.cloudflare, from: filler) }
    if !cloudflareLogpush.isEmpty {
      cloudflareLogpush.fill(&document.cloudflareLogpush, from: filler)
    }
    if !other.isEmpty { other.fill(&document.other, from: filler) }
  }

  /// Keeps nothing of the event.
  private mutating func giveBack() {
    filler.text = ""
    filler.record = ""
    if filler.written.count > Self.largestKept {
      filler.written = OutputBuffer(minimumCapacity: 4096)
    }
    if raw.count > Self.largestKept { raw = OutputBuffer(minimumCapacity: 0) }
  }
}
