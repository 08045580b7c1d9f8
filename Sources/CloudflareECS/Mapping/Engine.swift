/// Runs a plan over the fields of one event: the only place where a row becomes a value.
///
/// Both paths use it. The byte path writes all steps into one document; the typed path writes output
/// by output and takes each value as a property. Values are canonical JSON slices of one text, so
/// most rows are a copy of bytes: a string that was escaped in the record is still escaped in the
/// document.
///
/// A value that cannot be converted is a problem, kept as numbers here and made into a
/// ``NormalizationIssue`` only where somebody asks.
struct Engine: ~Copyable {
  let plan: Plan
  /// The plan's parts, here so that using them needs no look at the plan.
  let literals: [UInt8]
  private let outputs: [Plan.Output]
  private let rows: [Plan.Row]
  let sourceIndices: [Int]

  /// What could not be converted, of the event at hand; each field and code once.
  private(set) var problems: [Problem] = []
  /// The host that was taken apart last, of the event at hand.
  var host = HostMemo()
  var hosts = HostCache()
  /// The field whose value is known to be an address, of the event at hand; -1 for none.
  var addressField = -1
  /// The actions that have a verdict.
  let actions = KeyTable(Verdict.names.map(\.0))
  /// The steps for shapes of events that came often.
  private var shapes = ShapeCache()
  var memo = ValueMemo()
  /// Where the groups that are open begin.
  private var groups = InlineArray<16, Int>(repeating: 0)
  /// How many groups may lie inside each other.
  static let deepestGroup = 16

  struct Problem: Equatable {
    var code: NormalizationIssue.Code
    var field: Int
    var offset: Int
  }

  /// Whether the event at hand got no `@timestamp`.
  var lacksTimestamp: Bool {
    problems.contains { $0.field == CloudflareField.datetime.index }
  }

  init(_ plan: Plan) {
    self.plan = plan
    literals = plan.literals
    outputs = plan.outputs
    rows = plan.rows
    sourceIndices = plan.sourceIndices
  }

  /// Forgets the event before.
  @inline(__always)
  mutating func begin() {
    if !problems.isEmpty { problems.removeAll(keepingCapacity: true) }
    host.field = -1
    addressField = -1
  }

  // MARK: Documents

  /// Appends the document of an event, without a line break.
  mutating func appendDocument(
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    begin()
    let start = document.count
    if let steps = shapes.steps(of: shape(fields, text), fields, plan) {
      if write(steps, fields, text, raw: raw, to: &document), problems.isEmpty { return }
      document.truncate(to: start)
    }
    // From the start, so that problems are found in the order of the document.
    if !problems.isEmpty { begin() }
    _ = write(plan.steps, fields, text, raw: raw, to: &document)
    if needsSecondPass {
      document.truncate(to: start)
      _ = write(plan.steps, fields, text, raw: raw, to: &document)
    }
  }

  /// The shape of an event, with what its host and its address are.
  @inline(__always)
  private mutating func shape(_ fields: borrowing EventFields, _ text: Span<UInt8>) -> Shape {
    var shape = fields.shape
    if plan.hostField >= 0 {
      readHost(plan.hostField, fields, text)
      shape.insert(hostParts: host.present)
    }
    if plan.addressField >= 0 {
      let slot = fields.slots[plan.addressField]
      if slot.tag == JSONSlot.tag(.string, epoch: fields.epoch),
        IPAddress(text.extracting(slot.content)) != nil
      {
        addressField = plan.addressField
        shape.insert(Shape(.address))
      }
    }
    return shape
  }

  /// Whether values that were written depend on problems that were found later.
  var needsSecondPass: Bool { plan.readsProblems && !problems.isEmpty }

  /// Writes the document by steps; false if they are those of a shape that is not the event's, and
  /// then whatever was written is to be taken back.
  private mutating func write(
    _ allSteps: [Plan.Step], _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    let steps = allSteps.span
    let allTexts = plan.texts
    let texts = allTexts.span
    let slots = fields.slots.span
    let stringTag = JSONSlot.tag(.string, epoch: fields.epoch)
    let integerTag = JSONSlot.tag(.integer, epoch: fields.epoch)
    document.append(.openBrace)
    var index = 0
    while true {
      index = document.appendMembers(
        steps, from: index, slots, host.slots.span, text, epoch: fields.epoch)
      guard index < steps.count else { break }
      defer { index &+= 1 }
      // A step is not copied: it is 64 bytes, of which most kinds need few.
      switch steps[index].kind {
      case .member:
        guard appendMember(steps[index], fields, text, to: &document) else { return false }
      case .label:
        document.takeBack(steps[index].overlaps)
        document.append(steps[index].label)
      case .record:
        document.takeBack(steps[index].overlaps)
        document.appendTextMember(steps[index].label, raw, 0, raw.count)
      case .rememberedRow:
        let slot = slots[Int(steps[index].source)]
        if slot.tag == stringTag,
          let (place, isKnown) = memo.find(Int(steps[index].row), text, slot.content), isKnown
        {
          if memo.value(at: place).count > 0 {
            document.append(steps[index].label)
            document.append(memo.value(at: place))
          }
        } else {
          appendAndRemember(steps[index], fields, text, raw: raw, to: &document)
        }
      case .row:
        _ = appendRow(steps[index], fields, text, raw: raw, to: &document)
      case .keyword:
        let slot = slots[Int(steps[index].source)]
        if slot.tag == stringTag {
          if slot.length > 2 {
            document.appendMember(steps[index].label, text, slot.start, slot.length)
          }
        } else if slot.epoch == fields.epoch {
          append(Int(steps[index].output), labelled: true, fields, text, raw: raw, to: &document)
        }
      case .integer:
        let slot = slots[Int(steps[index].source)]
        if slot.tag == integerTag, slot.length <= 18, text[slot.start] != .minus {
          document.appendMember(steps[index].label, text, slot.start, slot.length)
        } else if slot.epoch == fields.epoch {
          append(Int(steps[index].output), labelled: true, fields, text, raw: raw, to: &document)
        }
      case .host:
        let source = Int(steps[index].source)
        if host.field != source { readHost(source, fields, text) }
        let (start, length) = host[steps[index].part]
        if length > 0 { document.appendTextMember(steps[index].label, text, start, length) }
      case .optional:
        if slots[Int(steps[index].source)].epoch == fields.epoch {
          append(Int(steps[index].output), labelled: true, fields, text, raw: raw, to: &document)
        }
      case .value:
        append(Int(steps[index].output), labelled: true, fields, text, raw: raw, to: &document)
      case .literal:
        document.append(literals.span, texts[Int(steps[index].text)])
      case .open:
        groups[Int(steps[index].depth)] = document.count
        if steps[index].text < 0 {
          document.append(steps[index].label)
        } else {
          document.append(literals.span, texts[Int(steps[index].text)])
        }
      case .close:
        document.closeGroup(from: groups[Int(steps[index].depth)])
      }
    }
    if document.count == start &+ 1 {
      document.append(.closeBrace)
    } else {
      document.replaceLast(with: .closeBrace)
    }
    return true
  }

  /// Appends a member of any length; false if the value is not of its usual form.
  @inline(never)
  private func appendMember(
    _ step: Plan.Step, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let slot = step.readsHost ? host.slots[Int(step.source)] : fields.slots[Int(step.source)]
    let length = slot.length &- Int(step.skipped)
    guard slot.tag == step.tag | UInt32(fields.epoch) &<< 16, length >= Int(step.shortest) else {
      return false
    }
    if slot.kind == .integer, length > 18 || text[slot.start] == .minus { return false }
    document.takeBack(step.overlaps)
    document.append(step.label)
    document.append(text, (slot.start &+ Int(step.skipped))..<slot.end)
    document.append(word: UInt64(step.tail), length: Int(step.tailLength))
    return true
  }

  /// Appends the member that a step's one row makes; returns whether there is one.
  @inline(never)
  private mutating func appendRow(
    _ step: Plan.Step,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    document.append(step.label)
    let found = appendValue(rows[Int(step.row)], fields, text, raw: raw, to: &document)
    if found {
      if step.isList { document.append(.closeBracket) }
      document.append(.comma)
    } else {
      document.truncate(to: start)
      if step.source >= 0, fields[Int(step.source)] == nil { reportAbsent(rows[Int(step.row)]) }
    }
    return found
  }

  /// The same, and remembers what was made of the text.
  @inline(never)
  private mutating func appendAndRemember(
    _ step: Plan.Step,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    let start = document.count &+ step.label.count
    let found = appendRow(step, fields, text, raw: raw, to: &document)
    // Where there are problems, one may be of this row, and must be found again.
    guard found || problems.isEmpty, let slot = fields[Int(step.source)], slot.kind == .string,
      let (place, _) = memo.find(Int(step.row), text, slot.content)
    else { return }
    let value = found ? document.withSpan { Label($0, start..<$0.count) } : Label([])
    if let value { memo.remember(value, at: place, Int(step.row), text, slot.content) }
  }

  /// Appends the value of an output, with its name before and a comma behind it if `labelled`.
  /// Returns whether there was one.
  @discardableResult
  @inline(never)
  mutating func append(
    _ index: Int, labelled: Bool,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let output = outputs[index]
    if output.mode == .unmapped {
      return labelled
        ? appendUnmapped(fields, text, to: &document)
        : appendUnmappedObject(fields, text, to: &document)
    }
    // Most fields of most events are absent.
    if output.rows.count == 1 {
      let row = rows[output.rows.lowerBound]
      if row.sources.count == 1, fields[row.source] == nil {
        reportAbsent(row)
        return false
      }
    }
    let start = document.count
    if labelled { document.append(literals.span, output.label) }
    let found =
      output.mode == .collect
      ? collect(output, fields, text, raw: raw, to: &document)
      : appendFirst(output, fields, text, raw: raw, to: &document)
    if !found {
      document.truncate(to: start)
    } else if labelled {
      document.append(.comma)
    }
    return found
  }

  private mutating func appendFirst(
    _ output: Plan.Output,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    for index in output.rows {
      if appendValue(rows[index], fields, text, raw: raw, to: &document) { return true }
      document.truncate(to: start)
    }
    return false
  }

  /// An array of the values of all rows, none twice.
  private mutating func collect(
    _ output: Plan.Output,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    document.append(.openBracket)
    let first = document.count
    for index in output.rows {
      let start = document.count
      if appendValue(rows[index], fields, text, raw: raw, to: &document),
        !document.withSpan({ Self.contains($0, $0.count, first: first, value: start) })
      {
        document.append(.comma)
      } else {
        document.truncate(to: start)
      }
    }
    if document.count == first { return false }
    document.replaceLast(with: .closeBracket)
    return true
  }

  /// Whether the string from `value` to `end` is among those from `first` on.
  private static func contains(_ text: Span<UInt8>, _ end: Int, first: Int, value: Int) -> Bool {
    var start = first
    while start < value {
      var position = start &+ 1
      while text[position] != .quote { position &+= text[position] == .backslash ? 2 : 1 }
      if text.equals(start..<(position &+ 1), text, value..<end) { return true }
      start = position &+ 2
    }
    return false
  }

  /// All members that the table does not know, with a comma behind each.
  private mutating func appendUnmapped(
    _ fields: borrowing EventFields, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    for index in plan.unmapped {
      guard let slot = fields[index] else { continue }
      document.append(.quote)
      document.append(plan.field(index).name)
      document.append(#"":"#)
      document.append(text, slot.range)
      document.append(.comma)
    }
    for member in fields.unknown where !member.value.isEmpty {
      document.append(text, member.name.range)
      document.append(.colon)
      document.append(text, member.value.range)
      document.append(.comma)
    }
    return document.count > start
  }

  private mutating func appendUnmappedObject(
    _ fields: borrowing EventFields, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    document.append(.openBrace)
    let found = appendUnmapped(fields, text, to: &document)
    if found { document.replaceLast(with: .closeBrace) } else { document.truncate(to: start) }
    return found
  }

  // MARK: Problems

  mutating func report(_ code: NormalizationIssue.Code, _ field: Int, _ slot: JSONSlot?) {
    for problem in problems where problem.field == field && problem.code == code { return }
    problems.append(Problem(code: code, field: field, offset: slot?.origin ?? -1))
  }

  /// Only the absence of a Datetime is a problem.
  @inline(__always)
  private mutating func reportAbsent(_ row: Plan.Row) {
    if row.source == CloudflareField.datetime.index, case .timestamp = row.kind {
      report(.missingDatetime, row.source, nil)
    }
  }

  /// The problems of the event at hand.
  var issues: [NormalizationIssue] {
    problems.map { problem in
      NormalizationIssue(
        problem.code, field: plan.field(problem.field).name,
        offset: problem.offset < 0 ? nil : problem.offset)
    }
  }
}
