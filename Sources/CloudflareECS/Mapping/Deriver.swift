/// Stage 3: makes the values of one record that are no copies of fields, and finds what cannot be converted.
///
/// Both paths use it: the byte path copies the values into a document (``DocumentWriter``), the typed path
/// into an ``ECSEvent``. Only it and its ``DerivedValues`` run transforms. A transform gives a slice of the record, or of
/// its escaped copy, or makes the value in the scratch buffer; some values come from a cache. A field that can be copied
/// verbatim needs no transform: the document is written from the record's own slice.
struct Deriver: ~Copyable {
  private let plan: Plan
  /// Copied from the plan, which the loop then need not load.
  private let derivations: [Derivations.Derivation]
  private let targetRows: [Derivations.TargetRow]
  private let rows: [Plan.Row]
  private let issueReaders: [Derivations.IssueReader]
  private let fieldBits: FieldBits
  /// By target, if it is a verbatim copy.
  private let copies: [Derivations.Verbatim?]
  var derived: DerivedValues

  init(_ plan: Plan) {
    self.plan = plan
    derivations = plan.derivations.all
    targetRows = plan.derivations.targetRows
    rows = plan.rows
    issueReaders = plan.derivations.issueReaders
    fieldBits = plan.fieldBits
    var copies: [Derivations.Verbatim?] = Array(repeating: nil, count: plan.targets.count)
    for verbatim in plan.derivations.verbatims { copies[verbatim.target] = verbatim }
    self.copies = copies
    derived = DerivedValues(plan)
  }

  /// Derives the values of a record.
  ///
  /// A derivation is one row of the table, or several that run together; it has one target or several. Derivations run in
  /// the order of the document, each at its first target, and issues are found in that order. Those that read issues run
  /// last. For a record that is not verbatim, the values include copies of fields (``TargetValues/includeCopies``).
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func derive(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    derived.begin(record, escaped)
    derived.values.includeCopies = !record.isVerbatim
    if record.isVerbatim {
      fieldBits.set(record.filledFields, in: &derived.values)
    } else {
      fieldBits.setAll(derivations, record, in: &derived.values)
    }
    let (allTargetRows, allRows) = (targetRows, rows)
    let (targetRows, rows) = (allTargetRows.span, allRows.span)
    // The words of bits after those of the targets say which derivations run.
    var firstOfWord = 0
    for word in fieldBits.targetWords..<derived.values.wordCount {
      var rest = derived.values.word(word)
      while rest != 0 {
        let derivation = derivations[firstOfWord &+ rest.trailingZeroBitCount]
        rest &= rest &- 1
        let target = derivation.target
        switch derivation.mode {
        case .row:
          derived.values[target] = derivation.transform.value(
            rows[derivation.row], record, text, &derived.scratch)
        case .rows:
          derivation.transform.derive(
            targetRows.extracting(derivation.targetRows), rows, record, text, &derived.scratch,
            &derived.values)
        case .cached:
          derived.deriveCached(derivation.targetRows, targetRows, rows, record, text)
        case .first:
          derived.values[target] = derived.first(
            derivation.targetRows, targetRows, rows, record, text)
        case .collect:
          derived.values[target] = derived.collected(
            derivation.targetRows, targetRows, rows, record, text, escaped)
        }
      }
      firstOfWord &+= 64
    }
    if derived.scratch.issues.isEmpty, record.unknown.isEmpty, plan.unmappedFields.isEmpty {
      for index in issueReaders.indices {
        derived.values[issueReaders[index].target] = issueReaders[index].valueWithoutIssues
      }
    } else if !issueReaders.isEmpty {
      deriveIssueReaders(record, text)
    }
    // So that the last value can be copied in wide blocks as well.
    derived.scratch.buffer.appendZeros(OutputBuffer.readAhead)
  }

  /// Derives the values that depend on issues and on members that the table does not know.
  @inline(never)
  private mutating func deriveIssueReaders(_ record: borrowing Record, _ text: Span<UInt8>) {
    for reader in issueReaders {
      let row = rows[derivations[reader.derivation].row]
      derived.values[reader.target] = row.transform.value(row, record, text, &derived.scratch)
    }
  }

  /// The value of a target of the record that was derived last.
  @inline(__always)
  func value(of target: Int, _ record: borrowing Record) -> ValueSlice {
    guard !derived.values.includeCopies, let copy = copies[target] else {
      return derived.values[target]
    }
    return copy.value(record)
  }
}
