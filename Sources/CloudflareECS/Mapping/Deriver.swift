/// Stage 3: makes the value of every target of a table from one record, and finds all issues.
///
/// Both paths use it: the byte path copies the values into a document (``DocumentSteps``), the typed path
/// into an ``ECSEvent``. It is the only place where a transform runs. A transform gives a slice of the record,
/// or makes the value in the scratch buffer. A field that can be copied verbatim needs no transform: the
/// document is written from the record's own slice.
struct Deriver: ~Copyable {
  private let plan: Plan
  /// The plan's, here so that using them needs no look at the plan.
  private let derivations: [Derivations.Derivation]
  private let members: [Derivations.Member]
  private let rows: [Plan.Row]
  /// The value of each target, by its position in the document. A target that is copied verbatim has its value
  /// here only if the field's value had to be converted; otherwise `DocumentSteps` reads the record. A constant
  /// has an empty slice: its text is in the label of its step.
  private(set) var values: [ValueSlice]
  var workspace: Workspace
  private var memo: ValueMemo
  /// The elements of the array that is collected: room for those of any target.
  private var elements: [ValueSlice]
  /// Whether some values of verbatim targets were made.
  private var hasConverted = false

  /// A deriver for many records or, if it does not remember anything, for one at a time.
  init(_ plan: Plan, remembers: Bool = true) {
    self.plan = plan
    derivations = plan.derivations.all
    members = plan.derivations.members
    rows = plan.rows
    values = plan.targets.map { $0.constant == nil ? .absent : ValueSlice(.record, 0, 0) }
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
    workspace.begin()
    workspace.escapedCount = escaped.count
    if record.isRegular, !hasConverted {
      // Each retained once for a record, not for each derivation.
      let (derivations, members, rows) = (derivations, members, rows)
      for index in derivations.indices {
        derive(derivations[index], members.span, rows.span, record, text, escaped)
      }
    } else {
      deriveInOrder(record, text, escaped)
    }
  }

  /// As above, for a record with verbatim targets that must be converted, and for the record after such a one.
  /// Targets are made in the order of the document, so issues are too.
  @inline(never)
  private mutating func deriveInOrder(
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) {
    hasConverted = !record.isRegular
    let (derivations, members, rows) = (derivations, members, rows)
    let (makers, verbatims) = (plan.derivations.makers, plan.derivations.verbatims)
    for index in makers.indices {
      switch makers[index] {
      case .derivation(let index):
        derive(derivations[index], members.span, rows.span, record, text, escaped)
      case .verbatim(let index):
        let verbatim = verbatims[index]
        let slice = record.slices[verbatim.field]
        values[verbatim.target] =
          slice.tag == verbatim.tag || slice.isEmpty
          ? .absent : value(verbatim.row, record, text)
      }
    }
  }

  /// The value of a target of the record that was derived last.
  func value(of target: Int, _ record: borrowing Record) -> ValueSlice {
    for verbatim in plan.derivations.verbatims where verbatim.target == target {
      let slice = record.slices[verbatim.field]
      if slice.tag == verbatim.tag { return Self.value(of: verbatim, slice) }
    }
    return values[target]
  }

  private static func value(
    of verbatim: Derivations.Verbatim, _ slice: JSONSlice
  ) -> ValueSlice {
    ValueSlice(
      .record, slice.start &+ verbatim.inset, slice.length &- 2 &* verbatim.inset)
  }

  /// Fills in the values of verbatim targets, as slices of the record: the typed path takes all values from one
  /// array.
  mutating func fillVerbatims(_ record: borrowing Record) {
    hasConverted = true
    for verbatim in plan.derivations.verbatims {
      let slice = record.slices[verbatim.field]
      if slice.tag == verbatim.tag {
        values[verbatim.target] = Self.value(of: verbatim, slice)
      }
    }
  }

  /// Lends the values, and the buffer of those that are no slices of the record; the same call takes them
  /// back.
  mutating func swapValues(_ values: inout [ValueSlice], _ scratch: inout OutputBuffer) {
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
    if derivation.neededField >= 0, record.slices[derivation.neededField].isEmpty {
      for member in range { values[members[member].target] = .absent }
      return
    }
    switch derivation.mode {
    case .rows:
      derivation.rule.derive(
        members.extracting(range), rows, record, text, &workspace, &values)
    case .remembered:
      for member in range {
        values[members[member].target] = remembered(members[member].row, record, text)
      }
    case .first:
      var value = ValueSlice.absent
      for member in range where value.isAbsent {
        value = self.value(members[member].row, record, text)
      }
      values[members[range.lowerBound].target] = value
    case .collect:
      values[members[range.lowerBound].target] = collected(range, record, text, escaped)
    }
  }

  @inline(__always)
  private mutating func value(
    _ row: Int, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    rows[row].rule.value(rows[row], record, text, &workspace)
  }

  /// The value of a row that depends on nothing but the text of its field.
  private mutating func remembered(
    _ row: Int, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    let slice = record.slices[rows[row].field]
    guard slice.kind == .string, let found = memo.find(row, text, slice.content) else {
      return value(row, record, text)
    }
    if found.isKnown {
      let start = workspace.scratch.count
      return memo.append(found.entry, to: &workspace.scratch)
        ? workspace.made(from: start) : .absent
    }
    let issueCount = workspace.issues.count
    let value = value(row, record, text)
    // An issue must be found again.
    if workspace.issues.count > issueCount { return value }
    if value.isAbsent {
      memo.remember(nil, found.entry, row, text, slice.content)
    } else if let label = label(value, text) {
      memo.remember(label, found.entry, row, text, slice.content)
    }
    return value
  }

  private func label(_ value: ValueSlice, _ text: Span<UInt8>) -> Label? {
    value.source == .record
      ? Label(text, value.range) : workspace.scratch.withSpan { Label($0, value.range) }
  }

  // MARK: Arrays

  /// The elements that all rows of a target give, none twice, with separators between them.
  private mutating func collected(
    _ range: Range<Int>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> ValueSlice {
    var count = 0
    for member in range {
      let value = value(members[member].row, record, text)
      if !value.isAbsent, !isElement(value, count, text, escaped) {
        elements[count] = value
        count &+= 1
      }
    }
    guard count > 1 else { return count == 0 ? .absent : elements[0] }
    let shape = plan.targets[members[range.lowerBound].target].shape
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
        }
      }
      for offset in 0..<one.count where byte(one, offset) != byte(other, offset) { return false }
      return true
    }
  }
}
