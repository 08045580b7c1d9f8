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
  private let fieldBits: FieldBits
  /// By target, if it is a verbatim copy.
  private let copies: [Derivations.Verbatim?]
  var derived: DerivedValues

  init(_ plan: Plan) {
    self.plan = plan
    derivations = plan.derivations.all
    members = plan.derivations.members
    rows = plan.rows
    last = plan.derivations.last
    fieldBits = plan.fieldBits
    var copies: [Derivations.Verbatim?] = Array(repeating: nil, count: plan.targets.count)
    for verbatim in plan.derivations.verbatims { copies[verbatim.target] = verbatim }
    self.copies = copies
    derived = DerivedValues(plan)
  }

  /// Derives the values of a record. Derivations run in the order of the document, each at its first target, and issues
  /// are found in that order.
  ///
  /// All values of a record that is not verbatim are made (``TargetValues/areComplete``).
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func derive(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    derived.begin(record, escaped)
    derived.values.areComplete = !record.isVerbatim
    if record.isVerbatim {
      fieldBits.set(record.plainFields, in: &derived.values)
    } else {
      fieldBits.setAll(derivations, record, in: &derived.values)
    }
    let (allMembers, allRows) = (members, rows)
    let (members, rows) = (allMembers.span, allRows.span)
    var firstOfWord = 0
    for word in fieldBits.targetWords..<derived.values.wordCount {
      var rest = derived.values.word(word)
      while rest != 0 {
        let derivation = derivations[firstOfWord &+ rest.trailingZeroBitCount]
        rest &= rest &- 1
        let target = derivation.target
        switch derivation.mode {
        case .row:
          derived.values[target] = derivation.rule.value(
            rows[derivation.row], record, text, &derived.scratch)
        case .rows:
          derivation.rule.derive(
            members.extracting(derivation.members), rows, record, text, &derived.scratch,
            &derived.values)
        case .cached:
          derived.deriveCached(derivation.members, members, rows, record, text)
        case .first:
          derived.values[target] = derived.first(
            derivation.members, members, rows, record, text)
        case .collect:
          derived.values[target] = derived.collected(
            derivation.members, members, rows, record, text, escaped)
        }
      }
      firstOfWord &+= 64
    }
    if derived.scratch.issues.isEmpty, record.unknown.isEmpty, plan.unmappedFields.isEmpty {
      for index in last.indices { derived.values[last[index].target] = last[index].usual }
    } else if !last.isEmpty {
      deriveLast(record, text)
    }
    // So that the last value can be copied in wide blocks as well.
    derived.scratch.buffer.appendZeros(OutputBuffer.readAhead)
  }

  /// Derives the values that depend on issues and on members that the table does not know.
  @inline(never)
  private mutating func deriveLast(_ record: borrowing Record, _ text: Span<UInt8>) {
    for last in last {
      let row = rows[derivations[last.derivation].row]
      derived.values[last.target] = row.rule.value(row, record, text, &derived.scratch)
    }
  }

  /// The value of a target of the record that was derived last.
  @inline(__always)
  func value(of target: Int, _ record: borrowing Record) -> ValueSlice {
    guard !derived.values.areComplete, let copy = copies[target] else {
      return derived.values[target]
    }
    return copy.value(record)
  }
}
