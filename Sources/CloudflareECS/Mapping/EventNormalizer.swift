/// The typed path: derives the values of an event's record, and makes each a property of a document.
struct EventNormalizer: ~Copyable, Sendable {
  private var filler: DocumentFiller
  /// The record as the content of a string, where an array may hold it.
  private var escaped = OutputBuffer(minimumCapacity: 0)
  private let needsEscaped: Bool
  /// Targets that have no property, by the object that they are in.
  private var cloudflare = ValueTree()
  private var cloudflareLogpush = ValueTree()
  private var other = ValueTree()
  private let addedFields: [CloudflareField]

  /// Above this many bytes, buffers are given back after the event.
  private static let largestKept = 1 << 18

  init(_ plan: Plan) {
    filler = DocumentFiller(plan)
    addedFields = plan.addedFields
    needsEscaped = plan.derivations.all.contains { derivation in
      derivation.mode == .collect
        && plan.derivations.targetRows[derivation.targetRows].contains {
          plan.rows[$0.row].transform == RecordTransform.self
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
  }

  mutating func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    let (read, raw) = event.reading
    filler.text = read.text
    filler.record = read.fields
    filler.record.claim(addedFields, read.text.utf8.span)
    filler.rawText = raw
    escaped.removeAll()
    if needsEscaped {
      escaped.append(jsonContent: raw.utf8.span, 0..<raw.utf8.count)
    }
    escaped.withSpan { filler.derive(escaped: $0) }
    var result = NormalizedEvent(document: ECSEvent(), issues: event.readingIssues)
    filler.fill(&result.document)
    if !cloudflare.isEmpty { cloudflare.fill(&result.document.cloudflare, from: filler) }
    if !cloudflareLogpush.isEmpty {
      cloudflareLogpush.fill(&result.document.cloudflareLogpush, from: filler)
    }
    if !other.isEmpty { other.fill(&result.document.other, from: filler) }
    if !filler.deriver.derived.scratch.issues.isEmpty {
      result.issues += filler.deriver.derived.scratch.normalizationIssues()
    }
    giveBack()
    return result
  }

  /// Gives the event and large buffers back. Short values stay in the caches.
  private mutating func giveBack() {
    filler.record = Record(count: 0)
    filler.text = ""
    filler.rawText = ""
    filler.deriver.derived.scratch.giveBack(above: Self.largestKept)
    if escaped.count > Self.largestKept { escaped = OutputBuffer(minimumCapacity: 0) }
  }
}
