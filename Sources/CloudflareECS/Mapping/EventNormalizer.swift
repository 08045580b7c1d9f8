/// The typed path: derives the values of an event's record, and makes each a property of a document.
///
/// Constants are in every document from the start.
struct EventNormalizer: ~Copyable, Sendable {
  private var deriver: Deriver
  private var filler: DocumentFiller
  /// The record as the content of a string, where an array may hold it.
  private var escaped = OutputBuffer(minimumCapacity: 0)
  private let needsEscaped: Bool
  /// A document with the constants only.
  private var constants = ECSEvent()
  /// Targets that have no property, by the object that they are in.
  private var cloudflare = ValueTree()
  private var cloudflareLogpush = ValueTree()
  private var other = ValueTree()
  private let ownFields: [CloudflareField]

  /// Above this many bytes, buffers are given back after the event.
  private static let largestKept = 1 << 18

  init(_ plan: Plan) {
    deriver = Deriver(plan, remembers: false)
    filler = DocumentFiller(plan)
    ownFields = plan.ownFields
    needsEscaped = plan.derivations.all.contains { derivation in
      derivation.mode == .collect
        && plan.derivations.members[derivation.members].contains {
          plan.rows[$0.row].rule == RecordTransform.self
        }
    }
    let leaves = Set(plan.targetOfLeaf)
    for (index, target) in plan.targets.enumerated() where !leaves.contains(index) {
      switch target.path[0] {
      case "cloudflare" where target.path.count > 1:
        cloudflare.add(index, at: target.path.dropFirst())
      case "cloudflare_logpush" where target.path.count > 1:
        cloudflareLogpush.add(index, at: target.path.dropFirst())
      default: other.add(index, at: target.path[...])
      }
    }
    var document = ECSEvent()
    filler.fill(&document, onlyConstants: true)
    constants = document
  }

  mutating func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    let read = event.record ?? ReadRecord(writing: event)
    filler.text = read.text
    filler.mayHaveEscapes = read.fields.mayHaveEscapes
    filler.rawText = event.rawText ?? (event.record == nil ? read.text : event.json)
    escaped.removeAll()
    if needsEscaped {
      escaped.append(jsonContent: filler.rawText.utf8.span, 0..<filler.rawText.utf8.count)
    }
    if ownFields.isEmpty {
      derive(read.fields)
    } else {
      var record = read.fields
      record.claim(ownFields, read.text.utf8.span)
      derive(record)
    }
    var result = NormalizedEvent(document: constants, issues: event.readingIssues)
    deriver.derived.swapValues(&filler.values, &filler.scratch)
    filler.fill(&result.document, onlyConstants: false)
    if !cloudflare.isEmpty { cloudflare.fill(&result.document.cloudflare, from: filler) }
    if !cloudflareLogpush.isEmpty {
      cloudflareLogpush.fill(&result.document.cloudflareLogpush, from: filler)
    }
    if !other.isEmpty { other.fill(&result.document.other, from: filler) }
    deriver.derived.swapValues(&filler.values, &filler.scratch)
    if !deriver.derived.workspace.issues.isEmpty {
      result.issues += deriver.derived.workspace.normalizationIssues()
    }
    giveBack()
    return result
  }

  private mutating func derive(_ record: borrowing Record) {
    let text = filler.text
    escaped.withSpan { deriver.deriveAll(record, text.utf8.span, escaped: $0) }
  }

  /// Keeps nothing of the event.
  private mutating func giveBack() {
    filler.text = ""
    filler.rawText = ""
    deriver.derived.workspace.giveBack(above: Self.largestKept)
    if escaped.count > Self.largestKept { escaped = OutputBuffer(minimumCapacity: 0) }
  }
}
