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
  private let steps: [Plan.Step]
  /// The same steps, each with the label that it had last time: what stood between it and the member
  /// before, and its own.
  private var joinedSteps: [Plan.Step]
  private let transitions: [Plan.Transition]
  private let joinedGroups: Int
  private let always: SmallSet
  private let firstRows: [Int]
  let prefixedFields: [Int]
  private let fieldCount: Int
  let sourceIndices: [Int]

  /// What could not be converted, of the event at hand; each field and code once.
  private(set) var problems: [Problem] = []
  /// Values that are no fields, of the event at hand; see ``DerivedSlot``.
  var derived = DerivedSlot.Slots(repeating: JSONSlot())
  /// The field whose host was taken apart last, of the event at hand; -1 for none.
  var hostField = -1
  var hostPort: Int?
  var hosts: HostCache
  /// The field whose value is known to be an address, of the event at hand; -1 for none.
  var addressField = -1
  var addressVersion = IPAddress.Version.v4
  /// The actions that have a verdict.
  let actions = Verdict.table
  var memo: ValueMemo

  struct Problem: Equatable {
    var code: NormalizationIssue.Code
    var field: Int
    var offset: Int
  }

  /// Whether the event at hand got no `@timestamp`.
  var lacksTimestamp: Bool {
    // Mutating, as an engine that is only read is copied for that.
    mutating get {
      !plan.writesTimestamp
        || !problems.isEmpty && problems.contains { $0.field == CloudflareField.datetime.index }
    }
  }

  /// An engine for many events or, if it does not remember anything, for one.
  init(_ plan: Plan, remembers: Bool = true) {
    self.plan = plan
    hosts = HostCache(isUsed: remembers)
    memo = ValueMemo(isUsed: remembers)
    literals = plan.literals
    outputs = plan.outputs
    rows = plan.rows
    steps = plan.steps
    // As many as there are marks, so that there is one for each.
    joinedSteps =
      plan.steps.prefix(PlanMarks.last)
      + Array(
        repeating: Plan.Step(kind: .literal, group: -1),
        count: max(SmallSet.capacity - plan.steps.count, SmallSet.capacity - PlanMarks.last))
    transitions = plan.transitions
    joinedGroups = plan.joinedGroups
    always = plan.marks.always
    firstRows = plan.marks.firstRows
    prefixedFields = plan.prefixedFields
    fieldCount = plan.fieldCount
    sourceIndices = plan.sourceIndices
    derived[DerivedSlot.nothing] = JSONSlot(
      tag: JSONSlot.tag(.string, epoch: 0, isUsual: true), 0, 0, origin: -1)
  }

  /// Forgets the event before.
  @inline(__always)
  mutating func begin() {
    if !problems.isEmpty { problems.removeAll(keepingCapacity: true) }
    hostField = -1
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
    var marked = marked(fields, text)
    document.append(.openBrace)
    write(marked, from: start, fields, text, raw: raw, to: &document)
    if needsSecondPass {
      document.truncate(to: start &+ 1)
      marked.insert(plan.marks.problems)
      removeFirstRows(from: &marked)
      write(marked, from: start, fields, text, raw: raw, to: &document)
    }
  }

  /// Completes a document that begins at `start`, whose first member, the record, only lacks its quote.
  mutating func complete(
    from start: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    in document: inout OutputBuffer
  ) {
    begin()
    document.endText()
    var marked = marked(fields, text)
    marked.remove(0)
    write(marked, from: start, fields, text, raw: Span(), to: &document)
  }

  /// The steps that have something to do; the host is taken apart for that, and the address read.
  @inline(__always)
  private mutating func marked(
    _ fields: borrowing EventFields, _ text: Span<UInt8>
  ) -> SmallSet {
    var marked = always
    marked.insert(fields.marks)
    if !fields.unknown.isEmpty { marked.insert(plan.marks.unmapped) }
    if plan.hostField >= 0 {
      marked.insert(readHost(plan.hostField, fields, text))
      if !problems.isEmpty {
        // All parts, so that the problem is found again in the order of the document.
        begin()
        marked.insert(plan.marks.host)
      }
    }
    if plan.addressField >= 0 { readAddress(plan.addressField, fields, text) }
    if plan.timestampField >= 0 { readSecond(plan.timestampField, fields, text) }
    readPrefixed(fields)
    removeFirstRows(from: &marked)
    return marked
  }

  /// A first row alone has nothing to do where all rows of its target are asked.
  @inline(__always)
  private mutating func removeFirstRows(from marked: inout SmallSet) {
    for first in firstRows where marked.contains(first &+ 1) { marked.remove(first) }
  }

  /// Whether values that were written depend on problems that were found later.
  var needsSecondPass: Bool { plan.readsProblems && !problems.isEmpty }

  /// Writes members behind the brace at `start`, and the brace that ends them.
  private mutating func write(
    _ marked: SmallSet, from start: Int,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    precondition(fields.count >= fieldCount)
    var rest = SmallSet.Remaining(marked)
    var group = 0
    while let index = document.appendMembers(
      joinedSteps.span, count: steps.count, &rest, &group, fields.slots.span, derived.span, text)
    {
      let last = index < PlanMarks.last ? index : steps.count &- 1
      var index = index
      repeat {
        writeStep(index, behind: start, &group, fields, text, raw: raw, to: &document)
        index &+= 1
      } while index <= last
    }
    if document.count == start &+ 1 {
      document.append(.closeBrace)
    } else {
      if group != 0 { appendTransition(from: group, to: 0, to: &document) }
      document.replaceLast(with: .closeBrace)
    }
  }

  /// Writes what one step does, if it is anything, and what stands between it and the member before.
  @inline(never)
  private mutating func writeStep(
    _ index: Int, behind start: Int, _ group: inout Int,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    let before = document.count
    let next = Int(steps[index].group)
    if next != group { appendTransition(from: group, to: next, to: &document) }
    if index < PlanMarks.last, steps[index].hasUsual,
      Int(joinedSteps[index].joinedGroup) != group
    {
      join(index, behind: group)
    }
    if append(index, fields, text, raw: raw, to: &document) {
      group = next
    } else if document.count > before {
      document.truncate(to: before)
      // Groups that were ended for nothing go on.
      if before > start &+ 1 { document.replaceLast(with: .comma) }
    }
  }

  /// Gives a step the label that its member has behind one of a group: most documents have the same
  /// groups.
  @inline(never)
  private mutating func join(_ index: Int, behind group: Int) {
    let next = Int(steps[index].group)
    guard max(group, next) < joinedGroups else { return }
    let transition = transitions[group &* joinedGroups &+ next]
    guard group == next || transition.label.count > 0,
      let label = Label(transition.label, steps[index].label)
    else { return }
    joinedSteps[index].label = label
    joinedSteps[index].joinedGroup = Int16(group)
    joinedSteps[index].takenBack = transition.endsGroups ? 1 : 0
  }

  /// Appends what stands between members of two groups. (It changes nothing here, but an engine that is
  /// only read is copied for that.)
  @inline(__always)
  private mutating func appendTransition(
    from group: Int, to next: Int, to document: inout OutputBuffer
  ) {
    guard max(group, next) < joinedGroups else {
      let (bytes, endsGroups) = plan.groups[group].transition(
        to: plan.groups[next], of: plan.groups)
      document.takeBack(endsGroups)
      document.append(bytes.span)
      return
    }
    let place = group &* joinedGroups &+ next
    document.takeBack(transitions[place].endsGroups)
    if transitions[place].label.count > 0 {
      document.append(transitions[place].label)
    } else {
      document.append(literals.span, transitions[place].text)
    }
  }

  /// Appends what a step writes; returns whether that is anything.
  @inline(__always)
  private mutating func append(
    _ index: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    switch steps[index].kind {
    case .literal:
      document.append(steps[index].label)
      return true
    case .record:
      document.appendTextMember(steps[index].label, raw)
      return true
    case .remembered:
      let slot = fields.slots[Int(steps[index].source)]
      guard slot.epoch == fields.epoch, slot.kind == .string, slot.length > 2,
        let (place, isKnown) = memo.find(Int(steps[index].row), text, slot.content), isKnown
      else {
        return appendAndRemember(steps[index], fields, text, raw: raw, to: &document)
      }
      if memo.value(at: place).count == 0 { return false }
      document.append(steps[index].label)
      document.append(memo.value(at: place))
    case .row:
      document.append(steps[index].label)
      let row = rows[Int(steps[index].row)]
      guard appendValue(row, fields, text, raw: raw, to: &document) else { return false }
    case .output:
      return append(
        Int(steps[index].output), labelled: true, fields, text, raw: raw, to: &document)
    }
    document.append(tail: steps[index].tail, Int(steps[index].tailLength))
    return true
  }

  /// Appends what the step of one row writes, and remembers what was made of the text.
  @inline(never)
  private mutating func appendAndRemember(
    _ step: Plan.Step,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    document.append(step.label)
    let start = document.count
    let found = appendValue(rows[Int(step.row)], fields, text, raw: raw, to: &document)
    // Where there are problems, one may be of this row, and must be found again.
    if found || problems.isEmpty, let slot = fields[Int(step.source)], slot.kind == .string,
      let (place, _) = memo.find(Int(step.row), text, slot.content),
      let value = found ? document.withSpan({ Label($0, start..<$0.count) }) : Label([])
    {
      memo.remember(value, at: place, Int(step.row), text, slot.content)
    }
    if found { document.append(tail: step.tail, Int(step.tailLength)) }
    return found
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
        ? appendUnmapped(index, fields, text, to: &document)
        : appendUnmappedObject(index, fields, text, to: &document)
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

  /// Whether the string or number from `value` to `end` is among those from `first` on.
  private static func contains(_ text: Span<UInt8>, _ end: Int, first: Int, value: Int) -> Bool {
    var start = first
    while start < value {
      let behind =
        text[start] == .quote
        ? text.endOfContent(from: start &+ 1) &+ 1 : text.firstOffset(of: .comma, in: start..<value)
      if text.equals(start..<behind, text, value..<end) { return true }
      start = behind &+ 1
    }
    return false
  }

  /// All members that the table does not know, with a comma behind each.
  private mutating func appendUnmapped(
    _ output: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    for index in plan.unmapped {
      let name = plan.field(index).name
      guard let slot = fields[index] else { continue }
      document.append(.quote)
      document.append(name)
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
    _ output: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    let start = document.count
    document.append(.openBrace)
    let found = appendUnmapped(output, fields, text, to: &document)
    if found { document.replaceLast(with: .closeBrace) } else { document.truncate(to: start) }
    return found
  }

  // MARK: Problems

  mutating func report(_ code: NormalizationIssue.Code, _ field: Int, _ slot: JSONSlot?) {
    for problem in problems where problem.field == field && problem.code == code { return }
    problems.append(Problem(code: code, field: field, offset: slot?.origin ?? -1))
  }

  /// Only the absence of a Datetime is a problem, where a row asked for it.
  @inline(__always)
  mutating func reportAbsent(_ row: Plan.Row) {
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
