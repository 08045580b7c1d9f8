/// Makes the steps of a plan shorter for events of one shape: what reads absent fields is left out, and
/// what is certain to be written around values becomes one label.
///
///     steps of the plan          open http, open request, method, bytes, close, open response, status, …
///     for method and status      label  "http":{"request":{"method":      value of the method
///                                label  },"response":{"status_code":      value of the status
///
/// The second label's first byte stands where the comma behind the first value was. A value that can fail
/// though its field is there (a host's part, a date) keeps a step that may write nothing, and so does
/// a group that has only such values.
struct ShapeCompiler {
  private(set) var steps: [Plan.Step] = []
  private let plan: Plan
  private let shape: Shape
  /// What is certain to come next, not written yet.
  private var pending: [UInt8] = []
  /// Whether its first byte takes the place of a comma.
  private var overlaps = false

  /// Whether a step writes something, for events of the shape.
  private enum Fate { case nothing, possible, certain }

  init(_ plan: Plan, _ shape: Shape) {
    self.plan = plan
    self.shape = shape
  }

  /// Makes the steps for events of the shape of `fields`.
  mutating func compile(_ fields: borrowing EventFields) {
    var fates: [Fate] = []
    for step in plan.steps { fates.append(fate(of: step, fields)) }
    for (index, step) in plan.steps.enumerated() where step.kind == .open {
      let end = plan.steps[index...].firstIndex { $0.kind == .close && $0.depth == step.depth }!
      let inside = fates[index...end]
      fates[index] =
        inside.contains(.certain) ? .certain : inside.contains(.possible) ? .possible : .nothing
      fates[end] = fates[index]
    }
    for (step, fate) in zip(plan.steps, fates) where fate != .nothing {
      add(step, isCertain: fate == .certain, fields)
    }
    flush()
  }

  // MARK: What a step writes

  private func fate(of step: Plan.Step, _ fields: borrowing EventFields) -> Fate {
    switch step.kind {
    case .literal: return .certain
    case .open, .close: return .nothing
    case .keyword, .integer, .host, .optional, .value:
      let output = plan.outputs[Int(step.output)]
      if output.mode == .unmapped { return .possible }
      if plan.rows[output.rows.lowerBound].kind == .record { return .certain }
      if rows(of: output, fields).isEmpty { return .nothing }
      return member(of: output, fields) == nil ? .possible : .certain
    case .label, .member, .record, .row, .rememberedRow:
      preconditionFailure("a step of a shape")
    }
  }

  /// The rows of an output that can have a value, or a problem.
  private func rows(of output: Plan.Output, _ fields: borrowing EventFields) -> [Int] {
    var kept: [Int] = []
    for index in output.rows {
      let row = plan.rows[index]
      var isRead = row.sources.isEmpty
      for source in row.sources where fields[plan.sourceIndices[source]] != nil { isRead = true }
      switch row.kind {
      case .sentence, .timestamp: isRead = true
      case .host(let part) where row.source == plan.hostField:
        isRead = shape.contains(.host(part))
      default: break
      }
      if isRead { kept.append(index) }
    }
    return kept
  }

  /// The step of an output whose value is certain to be a slice of the text, without its label.
  private func member(of output: Plan.Output, _ fields: borrowing EventFields) -> Plan.Step? {
    let rows = rows(of: output, fields)
    guard let first = rows.first, output.mode == .first || rows.count == 1 else { return nil }
    let row = plan.rows[first]
    guard row.source >= 0, let slot = fields[row.source] else { return nil }
    var step = Plan.Step(kind: .member, depth: 0, source: Int16(row.source))
    var kind = JSONSlot.Kind.string
    step.shortest = 3
    step.reach = UInt8(OutputBuffer.longestMember - 3)
    switch row.kind {
    case .keyword: break
    case .integer:
      kind = .integer
      step.shortest = 1
      step.reach = 17
    case .array: kind = .array
    case .object: kind = .object
    case .prefixed:
      // The text without its first quote, which stands before the prefix.
      step.skipped = 1
      step.shortest = 2
    case .address where row.source == plan.addressField && shape.contains(.address): break
    case .host(let part) where part != .port && row.source == plan.hostField:
      step.source = Int16(part.index)
      step.readsHost = true
      step.shortest = 1
      step.row = Int16(first)
      step.tag = JSONSlot.tag(.string, epoch: 0)
      return step
    default: return nil
    }
    step.row = Int16(first)
    step.tag = JSONSlot.tag(kind, epoch: 0)
    return slot.tag == JSONSlot.tag(kind, epoch: fields.epoch) ? step : nil
  }

  // MARK: Steps

  private mutating func add(
    _ step: Plan.Step, isCertain: Bool, _ fields: borrowing EventFields
  ) {
    switch step.kind {
    case .literal:
      pending += plan.literals[plan.texts[Int(step.text)]]
    case .open where isCertain:
      pending +=
        step.text < 0 ? step.label.bytes : Array(plan.literals[plan.texts[Int(step.text)]])
    case .close where isCertain:
      if pending.isEmpty { overlaps = true } else { pending.removeLast() }
      pending += [.closeBrace, .comma]
    case .value where plan.rows[plan.outputs[Int(step.output)].rows.lowerBound].kind == .record:
      let output = plan.outputs[Int(step.output)]
      pending += plan.literals[output.label] + [.quote]
      emit(Plan.Step(kind: .record, depth: step.depth))
    case .keyword, .integer, .host, .optional, .value:
      let output = plan.outputs[Int(step.output)]
      if isCertain, let member = member(of: output, fields) {
        addMember(member, output)
      } else {
        flush()
        steps.append(shortened(step, fields))
      }
    default:
      flush()
      steps.append(step)
    }
  }

  private mutating func addMember(_ member: Plan.Step, _ output: Plan.Output) {
    let row = plan.rows[Int(member.row)]
    var step = member
    var tail: [UInt8] = [.comma]
    pending += plan.literals[output.label]
    if output.mode == .collect {
      pending.append(.openBracket)
      tail.insert(.closeBracket, at: 0)
    }
    if row.kind == .prefixed {
      pending += [.quote] + plan.literals[row.parameters]
    } else if step.readsHost {
      pending.append(.quote)
      tail.insert(.quote, at: 0)
    }
    for (place, byte) in tail.enumerated() { step.tail |= UInt32(byte) << UInt32(place * 8) }
    step.tail = step.tail.littleEndian
    step.tailLength = UInt8(tail.count)
    emit(step)
  }

  /// A step of its one row, for an output of which one is left.
  private func shortened(_ step: Plan.Step, _ fields: borrowing EventFields) -> Plan.Step {
    let output = plan.outputs[Int(step.output)]
    guard output.mode != .unmapped else { return step }
    let rows = rows(of: output, fields)
    var label = Array(plan.literals[output.label])
    if output.mode == .collect { label.append(.openBracket) }
    guard rows.count == 1, let label = Label(label) else { return step }
    var step = step
    step.kind = plan.rows[rows[0]].kind.isWorthRemembering ? .rememberedRow : .row
    step.label = label
    step.source = Int16(plan.rows[rows[0]].source)
    step.isList = output.mode == .collect
    step.row = Int16(rows[0])
    return step
  }

  /// Adds a step with what is pending as its label.
  private mutating func emit(_ step: Plan.Step) {
    while pending.count > Label.longest { emitLabel(Label.longest) }
    var step = step
    step.label = Label(pending)!
    step.overlaps = overlaps
    steps.append(step)
    pending = []
    overlaps = false
  }

  private mutating func emitLabel(_ count: Int) {
    var step = Plan.Step(kind: .label, depth: 0)
    step.label = Label(pending.prefix(count))!
    step.overlaps = overlaps
    steps.append(step)
    pending.removeFirst(count)
    overlaps = false
  }

  private mutating func flush() {
    while !pending.isEmpty { emitLabel(min(pending.count, Label.longest)) }
  }
}
