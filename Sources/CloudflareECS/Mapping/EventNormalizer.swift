/// Converts typed events: writes each output of a plan and takes it as a property.
struct EventNormalizer: ~Copyable {
  private var engine: Engine
  private var fields: EventFields
  /// The event's JSON, and the values of the document one after the other.
  private var text = OutputBuffer(minimumCapacity: 4096)
  private var raw = OutputBuffer(minimumCapacity: 4096)
  private var values = OutputBuffer(minimumCapacity: 8192)
  /// Where in `values` each output is.
  private var ranges: [Range<Int>]

  init(_ plan: Plan) {
    engine = Engine(plan, remembers: false)
    fields = EventFields(count: CloudflareField.all.count + plan.ownFields.count)
    ranges = Array(repeating: 0..<0, count: plan.outputs.count)
  }

  mutating func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    readFields(of: event)
    writeValues()
    return NormalizedEvent(document: document(), issues: event.readingIssues + engine.issues)
  }

  private mutating func readFields(of event: FirewallEvent) {
    fields.removeAll()
    text.removeAll()
    text.append(event, recording: &fields)
    claimOwnFields()
    raw.removeAll()
    if let record = event.rawText {
      raw.append(jsonContent: record.utf8.span, 0..<record.utf8.count)
    } else {
      text.withSpan { raw.append(jsonContent: $0, 0..<$0.count) }
    }
  }

  /// Members with a name of the plan's own are fields, not unknown.
  private mutating func claimOwnFields() {
    guard !engine.plan.ownFields.isEmpty else { return }
    for (place, field) in engine.plan.ownFields.enumerated() {
      let name = JSONValue.string(field.name).json
      let found = fields.unknown.firstIndex { member in
        text.withSpan { $0.equals(member.name.range, name) }
      }
      guard let found else { continue }
      fields.set(CloudflareField.all.count + place, fields.unknown.remove(at: found).value)
    }
  }

  private mutating func writeValues() {
    engine.begin()
    writeValuesOnce()
    if engine.needsSecondPass { writeValuesOnce() }
  }

  private mutating func writeValuesOnce() {
    values.removeAll()
    text.withSpan { text in
      raw.withSpan { raw in
        for index in engine.plan.documentOrder {
          let start = values.count
          _ = engine.append(index, labelled: false, fields, text, raw: raw, to: &values)
          ranges[index] = start..<values.count
        }
      }
    }
  }

  private mutating func document() -> ECSEvent {
    var document = ECSEvent()
    var reader = ValueReader(plan: engine.plan, ranges: ranges)
    swap(&reader.values, &values)
    document.visit(&reader)
    reader.addLooseValues(to: &document)
    swap(&reader.values, &values)
    return document
  }
}

/// Gives each property its value, and puts values without a property into trees.
private struct ValueReader: ~Copyable, ECSFieldVisitor {
  var values = OutputBuffer(minimumCapacity: 0)
  private let plan: Plan
  private let ranges: [Range<Int>]
  private var leaf = 0

  init(plan: Plan, ranges: [Range<Int>]) {
    self.plan = plan
    self.ranges = ranges
  }

  private mutating func next() -> Range<Int>? {
    let output = plan.outputOfLeaf[leaf]
    leaf += 1
    return output < 0 || ranges[output].isEmpty ? nil : ranges[output]
  }

  private func value(_ range: Range<Int>) -> JSONValue {
    values.withSpan { JSONValue(scanned: $0, range) }
  }

  mutating func field(_ name: String, _ value: inout String?) {
    guard let range = next() else { return }
    value = values.withSpan { text in
      let content = (range.lowerBound + 1)..<(range.upperBound - 1)
      let escape = text.firstOffset(of: .backslash, in: content)
      return escape == content.upperBound
        ? String(text, content) : String(unescaping: text, content)
    }
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    guard let range = next() else { return }
    value = values.withSpan { Int64(digits: $0, range) }
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    guard let range = next() else { return }
    value = self.value(range).array?.compactMap(\.string) ?? []
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {}

  mutating func field(_ name: String, _ value: inout [JSONObject]) {}

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    value.visit(&self)
  }

  func addLooseValues(to document: inout ECSEvent) {
    for (output, path) in plan.looseOutputs where !ranges[output].isEmpty {
      let value = value(ranges[output])
      switch path[0] {
      case "cloudflare" where path.count > 1:
        add(value, to: &document.cloudflare, path.dropFirst())
      case "cloudflare_logpush" where path.count > 1:
        add(value, to: &document.cloudflareLogpush, path.dropFirst())
      default: add(value, to: &document.other, path[...])
      }
    }
  }

  private func add(_ value: JSONValue, to tree: inout JSONObject, _ path: ArraySlice<String>) {
    if path.last == "*" {
      // All at once: one by one, the time would grow with the square of their number.
      let parent = path.dropLast()
      let there = tree[path: parent]?.object?.members ?? []
      let object = JSONObject(lastOfEach: there + (value.object?.members ?? []))
      if parent.isEmpty { tree = object } else { tree[path: parent] = .object(object) }
    } else if path.count == 1 {
      tree.append(JSONObject.Member(name: path[path.startIndex], value: value))
    } else {
      tree[path: path] = value
    }
  }
}
