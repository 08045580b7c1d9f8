/// Stage 3: makes the value of every target of a table from one record, and finds all issues.
///
/// Both paths use it: the byte path copies the values into a document (``DocumentWriter``), the typed path
/// into an ``ECSEvent``. It is the only place where a transform runs. A transform gives a slice of the record,
/// or makes the value in the scratch buffer. A field that can be copied verbatim needs no transform: the
/// document is written from the record's own slice.
struct Deriver: ~Copyable {
  private let plan: Plan
  /// The plan's, here so that using them needs no look at the plan.
  private let derivations: [Derivations.Derivation]
  private let members: [Derivations.Member]
  private let rows: [Plan.Row]
  private let last: [Derivations.Last]
  private let marks: FieldMarks
  /// By target, if it is a verbatim copy.
  private let copies: [Derivations.Verbatim?]
  /// The values by target. A constant has none: its text is part of a gap.
  private(set) var values: TargetValues
  var workspace: Workspace
  private(set) var memo: ValueMemo
  /// The elements of the array that is collected: room for those of any target.
  private var elements: [ValueSlice]
  /// A deriver for many records or, if it does not remember anything, for one at a time.
  init(_ plan: Plan, remembers: Bool = true) {
    self.plan = plan
    derivations = plan.derivations.all
    members = plan.derivations.members
    rows = plan.rows
    last = plan.derivations.last
    marks = plan.marks
    var copies: [Derivations.Verbatim?] = Array(repeating: nil, count: plan.targets.count)
    for verbatim in plan.derivations.verbatims { copies[verbatim.target] = verbatim }
    self.copies = copies
    values = TargetValues(
      targets: plan.targets.count, derivations: plan.derivations.all.count)
    workspace = Workspace(plan, remembers: remembers)
    memo = ValueMemo(isUsed: remembers)
    elements = Array(
      repeating: .absent, count: plan.derivations.all.map(\.members.count).max() ?? 0)
  }

  /// Derives the values of a record.
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func derive(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    guard record.isRegular else { return deriveAll(record, text, escaped: escaped) }
    begin(escaped)
    values.areComplete = false
    marks.mark(record.plainFields, in: &values)
    // Retained once for each record, not for each derivation.
    let (members, rows) = (members, rows)
    var first = 0
    for word in marks.targetWords..<values.wordCount {
      var rest = values.word(word)
      while rest != 0 {
        let index = first &+ rest.trailingZeroBitCount
        derive(derivations[index], members.span, rows.span, record, text, escaped)
        rest &= rest &- 1
      }
      first &+= 64
    }
    if workspace.issues.isEmpty, record.unknown.isEmpty, plan.unmappedFields.isEmpty {
      for index in last.indices { values[last[index].target] = last[index].usual }
    } else if !last.isEmpty {
      deriveLast(record, text)
    }
    // So that the last value can be copied in wide blocks as well.
    workspace.scratch.appendZeros(OutputBuffer.readAhead)
  }

  /// Derives the values that depend on issues and on members that the table does not know.
  @inline(never)
  private mutating func deriveLast(_ record: borrowing Record, _ text: Span<UInt8>) {
    for last in last {
      let row = rows[derivations[last.derivation].row]
      values[last.target] = row.rule.value(row, record, text, &workspace)
    }
  }

  /// Forgets the record before.
  @inline(__always)
  private mutating func begin(_ escaped: Span<UInt8>) {
    workspace.begin()
    workspace.escapedCount = escaped.count
    memo.begin()
  }

  /// The same for a record with verbatim targets that must be converted, and for the typed path, which needs all
  /// values in ``values``. Targets are derived in the order of the document, so that issues are in that order too.
  @inline(never)
  mutating func deriveAll(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    begin(escaped)
    values.removeAll()
    values.areComplete = true
    let (derivations, members, rows) = (derivations, members, rows)
    let (makers, verbatims) = (plan.derivations.makers, plan.derivations.verbatims)
    for index in makers.indices {
      switch makers[index] {
      case .derivation(let index):
        let needed = derivations[index].neededField
        if needed < 0 || !record.slices[needed].isEmpty {
          derive(derivations[index], members.span, rows.span, record, text, escaped)
        }
      case .verbatim(let index):
        let verbatim = verbatims[index]
        let copy = verbatim.value(record)
        if !copy.isAbsent {
          values[verbatim.target] = copy
        } else if !record.slices[verbatim.field].isEmpty {
          values[verbatim.target] = value(rows[verbatim.row], record, text)
        }
      }
    }
  }

  /// The value of a target of the record that was derived last.
  @inline(__always)
  func value(of target: Int, _ record: borrowing Record) -> ValueSlice {
    guard !values.areComplete, let copy = copies[target] else { return values[target] }
    return copy.value(record)
  }

  /// Lends the values, and the buffer of those that are no slices of the record; the same call takes them
  /// back.
  mutating func swapValues(_ values: inout TargetValues, _ scratch: inout OutputBuffer) {
    swap(&values, &self.values)
    swap(&scratch, &workspace.scratch)
  }

  @inline(__always)
  private mutating func derive(
    _ derivation: Derivations.Derivation, _ members: Span<Derivations.Member>,
    _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) {
    let range = derivation.members
    switch derivation.mode {
    case .row:
      values[derivation.target] = derivation.rule.value(
        rows[derivation.row], record, text, &workspace)
    case .rows:
      derivation.rule.derive(
        members.extracting(range), rows, record, text, &workspace, &values)
    case .remembered:
      deriveRemembered(range, members, rows, record, text)
    case .first:
      var value = ValueSlice.absent
      for member in range where value.isAbsent && !members[member].isIdle(record) {
        value = self.value(rows[members[member].row], record, text)
      }
      values[derivation.target] = value
    case .collect:
      values[derivation.target] = collected(range, members, rows, record, text, escaped)
    }
  }

  @inline(__always)
  private mutating func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    row.rule.value(row, record, text, &workspace)
  }

  /// The values of rows that depend on nothing but the text of one field.
  @inline(__always)
  private mutating func deriveRemembered(
    _ range: Range<Int>, _ members: Span<Derivations.Member>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    let first = range.lowerBound
    let slice = record.slices[rows[members[first].row].field]
    let place =
      slice.tag == JSONSlice.verbatimTag(.string) ? memo.find(first, text, slice.content) : nil
    guard let place, place.first >= 0 else {
      return makeRemembered(range, members, rows, place, slice, record, text)
    }
    memo.copy(place, to: &values)
  }

  /// Makes values, and remembers them if `place` is not nil.
  @inline(never)
  private mutating func makeRemembered(
    _ range: Range<Int>, _ members: Span<Derivations.Member>, _ rows: Span<Plan.Row>,
    _ place: ValueMemo.Place?, _ slice: JSONSlice, _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    let issueCount = workspace.issues.count
    var canKeep = true
    for member in range {
      let value = value(rows[members[member].row], record, text)
      values[members[member].target] = value
      if !memo.canKeep(value) { canKeep = false }
    }
    // An issue must be found again.
    guard let place, canKeep, workspace.issues.count == issueCount else { return }
    memo.remember(place, range.lowerBound, text, slice.content)
    for member in range {
      let target = members[member].target
      let value = values[target]
      switch value.source {
      case .record: memo.add(value, for: target, of: text, to: place)
      case .scratch:
        workspace.scratch.withSpan { memo.add(value, for: target, of: $0, to: place) }
      case .none, .escapedRecord, .remembered: break
      }
    }
  }

  // MARK: Arrays

  /// The elements that all rows of a target give, none twice, with separators between them.
  @inline(__always)
  private mutating func collected(
    _ range: Range<Int>, _ members: Span<Derivations.Member>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> ValueSlice {
    var first = ValueSlice.absent
    for member in range where !members[member].isIdle(record) {
      let value = value(rows[members[member].row], record, text)
      if first.isAbsent {
        first = value
      } else if !value.isAbsent, !isEqual(first, value, text, escaped) {
        return joined(
          first, value, (member &+ 1)..<range.upperBound, members, rows, record, text, escaped)
      }
    }
    // The usual array: it has no more than one element.
    return first
  }

  /// The elements that are known, and those that further rows give.
  @inline(never)
  private mutating func joined(
    _ first: ValueSlice, _ second: ValueSlice, _ range: Range<Int>,
    _ members: Span<Derivations.Member>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> ValueSlice {
    (elements[0], elements[1]) = (first, second)
    var count = 2
    for member in range where !members[member].isIdle(record) {
      let value = value(rows[members[member].row], record, text)
      if !value.isAbsent, !isElement(value, count, text, escaped) {
        elements[count] = value
        count &+= 1
      }
    }
    let shape = plan.targets[members[range.lowerBound &- 1].target].shape
    let start = workspace.scratch.count
    for index in 0..<count {
      if index > 0 { workspace.scratch.append(shape.separator) }
      append(elements[index], text, escaped)
    }
    return workspace.made(from: start)
  }

  private func isElement(
    _ value: ValueSlice, _ count: Int, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    for index in 0..<count where isEqual(elements[index], value, text, escaped) { return true }
    return false
  }

  private mutating func append(_ value: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>) {
    switch value.source {
    case .none: break
    case .record: workspace.scratch.append(text, value.range)
    case .scratch: workspace.scratch.appendCopy(of: value.range)
    case .escapedRecord: workspace.scratch.append(escaped, value.range)
    case .remembered: memo.text.withSpan { workspace.scratch.append($0, value.range) }
    }
  }

  private func isEqual(
    _ one: ValueSlice, _ other: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    guard one.count == other.count else { return false }
    if one.source == .record, other.source == .record {
      return text.equals(one.range, text, other.range)
    }
    return workspace.scratch.withSpan { scratch in
      func byte(_ value: ValueSlice, _ offset: Int) -> UInt8 {
        switch value.source {
        case .none: 0
        case .record: text[value.range.lowerBound &+ offset]
        case .scratch: scratch[value.range.lowerBound &+ offset]
        case .escapedRecord: escaped[value.range.lowerBound &+ offset]
        case .remembered: 0
        }
      }
      for offset in 0..<one.count where byte(one, offset) != byte(other, offset) { return false }
      return true
    }
  }
}
