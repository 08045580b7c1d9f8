/// The steps of a plan: what is certain to stand before and behind a value becomes a label and a tail.
extension PlanCompiler {
  /// Adds the document, or a group, and all that is in it.
  mutating func addGroup(_ node: Node, around: Plan.Group? = nil) {
    let index = groups.count
    groups.append(Plan.Group())
    if let around {
      groups[index].text = Array((JSONValue.string(node.name).json + ":{").utf8)
      groups[index].path = around.path + [index]
    }
    for child in node.children {
      guard let output = child.output else {
        addGroup(child, around: groups[index])
        continue
      }
      documentOrder.append(output)
      if let constant = constantText(outputs[output]) {
        addLiteral(constant, Int16(index))
      } else {
        addSteps(of: output, JSONValue.string(child.name).json + ":", Int16(index))
      }
    }
  }

  /// What stands between members, from group to group.
  mutating func transitions(among count: Int) -> [Plan.Transition] {
    var transitions = Array(repeating: Plan.Transition(), count: count * count)
    for (from, group) in groups.prefix(count).enumerated() {
      // A document goes on to a group behind, or to one that lies around.
      for (to, next) in groups.prefix(count).enumerated()
      where to > from || next.path.count < group.path.count {
        let text = group.transition(to: next, of: groups)
        let place = from * count + to
        transitions[place].endsGroups = text.endsGroups
        if let label = Label(text.bytes) {
          transitions[place].label = label
        } else {
          transitions[place].text = literal(text.bytes)
        }
      }
    }
    return transitions
  }

  /// Constants that stand side by side share a label.
  private mutating func addLiteral(_ text: [UInt8], _ group: Int16) {
    var rest = text[...]
    if let last = steps.last, last.kind == .literal, last.group == group {
      rest = last.label.bytes + rest
      steps.removeLast()
    }
    // Room for what ends the group before and begins this one.
    var most = max(Label.longest - groups[Int(group)].text.count - 3, 8)
    while !rest.isEmpty {
      var step = Plan.Step(
        label: Label(rest.prefix(most))!, kind: .literal, group: group,
        source: Int16(DerivedSlot.nothing), readsDerived: 1)
      step.form = JSONSlot.usualForm(.string)
      steps.append(step)
      rest = rest.dropFirst(most)
      most = Label.longest
    }
  }

  /// `"name":value,` of an output that never changes.
  private func constantText(_ output: Plan.Output) -> [UInt8]? {
    let row = rows[output.rows.lowerBound]
    guard output.mode == .first, row.kind == .constant || row.kind == .constants else { return nil }
    return literals[output.label] + literals[row.parameters] + [.comma]
  }

  /// Adds the step of an output, behind one for its first row, if that can be alone.
  private mutating func addSteps(of index: Int, _ name: String, _ group: Int16) {
    let output = outputs[index]
    let isSingle = output.rows.count == 1
    let all = Plan.Step(kind: .output, group: group, output: Int16(index))
    // A first row needs a mark of its own.
    if output.mode != .unmapped, isSingle || steps.count + 1 < PlanMarks.last,
      let step = rowStep(output.rows.lowerBound, all, name, output.mode)
    {
      if !isSingle { firstRows.append(steps.count) }
      steps.append(step)
      if isSingle { return }
    }
    steps.append(all)
  }

  /// A step that writes what one row makes; nil where a label is too short for what stands before it.
  private func rowStep(
    _ index: Int, _ step: Plan.Step, _ name: String, _ mode: Plan.Output.Mode
  ) -> Plan.Step? {
    let row = rows[index]
    var step = step
    var before = Array(name.utf8)
    var behind: [UInt8] = [.comma]
    if mode == .collect {
      before.append(.openBracket)
      behind.insert(.closeBracket, at: 0)
    }
    step.row = Int16(index)
    step.source = Int16(max(row.source, 0))
    step.kind = row.kind.isWorthRemembering ? .remembered : .row
    if row.kind == .record, mode == .first {
      step.kind = .record
      before.append(.quote)
    } else if row.source >= 0 {
      setUsual(of: row, &step, &before, &behind)
    }
    guard let label = Label(before) else { return nil }
    step.label = label
    step.tail = Label(behind)!.blocks.0
    step.tailLength = UInt8(behind.count)
    return step
  }

  /// Says what the usual value is, if it is a slice of the text. Where more of it is certain than its name,
  /// any other value is left to the output.
  private func setUsual(
    of row: Plan.Row, _ step: inout Plan.Step, _ before: inout [UInt8], _ behind: inout [UInt8]
  ) {
    var kind = JSONSlot.Kind.string
    switch row.kind {
    case .keyword: break
    case .array: kind = .array
    case .object: kind = .object
    case .integer: kind = .integer
    case .prefixed:
      // The text without its first quote, which stands before the prefix.
      guard let place = prefixedFields.firstIndex(of: row.source) else { return }
      before += [.quote] + literals[row.parameters]
      step.readsDerived = 1
      step.source = Int16(DerivedSlot.firstPrefixed + place)
      step.kind = .output
    case .address where row.source == addressField:
      step.readsDerived = 1
      step.source = Int16(DerivedSlot.address)
    case .timestamp(let precision) where row.source == timestampField:
      // The text up to the whole second, without what stands behind.
      step.readsDerived = 1
      step.source = Int16(DerivedSlot.second)
      step.kind = .output
      behind.insert(contentsOf: precision.wholeSecond.description.utf8, at: 0)
    case .host(let part) where part != .port && row.source == hostField:
      step.readsDerived = 1
      step.source = Int16(part.index)
      step.kind = .output
      // A part of a host has no quotes.
      before.append(.quote)
      behind.insert(.quote, at: 0)
    default: return
    }
    step.form = JSONSlot.usualForm(kind)
  }
}

extension Plan.Group {
  /// What ends groups and begins others between a member of this and the next one, of another group.
  func transition(
    to next: Plan.Group, of groups: [Plan.Group]
  ) -> (bytes: [UInt8], endsGroups: Bool) {
    let shared = zip(path, next.path).prefix { $0 == $1 }.count
    var bytes: [UInt8] = Array(repeating: .closeBrace, count: path.count - shared)
    if !bytes.isEmpty { bytes.append(.comma) }
    for begun in next.path.dropFirst(shared) { bytes += groups[begun].text }
    return (bytes, path.count > shared)
  }
}
