/// How the values of a table's targets are made: what stage 3 runs through for each record.
///
/// A target whose row copies a field is a verbatim copy: where the field's value has the type of the target, there is
/// nothing to do. Its derivation runs only for a record that is not verbatim (``Record/isVerbatim``). All other rows are
/// gathered into derivations.
struct Derivations: Sendable {
  /// A target whose value is a verbatim copy of a field, if that has a value of its kind.
  struct Verbatim: Sendable {
    var target: Int
    var field: Int
    /// The tag of a slice that is the value as it is.
    var tag: UInt32

    /// The copy, if the record has a value of the kind.
    @inline(__always)
    func value(_ record: borrowing Record) -> ValueSlice {
      let slice = record.slices[field]
      return slice.tag == tag ? ValueSlice(.record, slice.start, slice.length) : .absent
    }
  }

  /// Targets that are derived together: rows of one transform that read the same field, or the rows of one target if it
  /// has several.
  struct Derivation: Sendable {
    enum Mode: Sendable {
      /// There is one row.
      case row
      /// Each row has a target of its own.
      case rows
      /// The same, and what rows make is worth caching.
      case cached
      /// The first row that has a value wins.
      case first
      /// Every row adds an element.
      case collect
    }
    enum Runs: Sendable {
      /// For records that have the fields that it needs.
      case usually
      /// Only for records that are not verbatim. In the others its target is a verbatim copy.
      case ifNotVerbatim
      /// After all others, and only for some records: see ``IssueReader``.
      case afterIssues
    }
    var mode: Mode
    var runs = Runs.usually
    var transform: any TransformDefinition.Type
    /// The field without which there is neither a value nor an issue, or -1.
    var neededField: Int
    /// The rows and their targets, as a range of ``Derivations/targetRows``.
    var targetRows = 0..<0
    /// The first of them.
    var row = 0
    var target = 0
  }

  /// A row of a derivation, and the target that it is for.
  struct TargetRow: Sendable {
    var row: Int
    var target: Int
    /// The row's.
    var option: Int
    /// The field without which the row gives neither a value nor an issue, or -1.
    var neededField: Int

    /// Whether the row certainly gives nothing.
    @inline(__always)
    func isIdle(_ record: borrowing Record) -> Bool {
      neededField >= 0 && record.slices[neededField].isEmpty
    }
  }

  /// A derivation of one row that reads issues. It runs after all others, and only if there are issues, or members or
  /// fields that the table does not read. Otherwise its target gets the usual value.
  struct IssueReader: Sendable {
    /// The index of the derivation.
    var derivation: Int
    var target: Int
    /// The value for a record without issues, of which the table reads everything.
    var valueWithoutIssues: ValueSlice
  }

  private(set) var verbatims: [Verbatim] = []
  /// In the order of the document, those that read issues last.
  private(set) var all: [Derivation] = []
  private(set) var targetRows: [TargetRow] = []
  /// Derivations that need not run for most records.
  private(set) var issueReaders: [IssueReader] = []

  /// Whether the value of a target is put together from texts of the record (``TransformDefinition/copiesRecord``).
  func copiesRecord(_ target: Int, _ rows: [Plan.Row]) -> Bool {
    let derivation = all.first { targetRows[$0.targetRows].contains { $0.target == target } }
    guard let derivation, [.row, .rows, .first].contains(derivation.mode) else { return false }
    return targetRows[derivation.targetRows].allSatisfy { rows[$0.row].transform.copiesRecord }
  }

  /// The fields without any of which a derivation gives neither a value nor an issue; -1 if it runs for every record.
  func neededFields(_ derivation: Derivation) -> Set<Int> {
    let fields = Set(targetRows[derivation.targetRows].map(\.neededField))
    return fields.contains(-1) ? [-1] : fields
  }

  /// A derivation whose rows may still come.
  private typealias Gathered = (derivation: Derivation, targetRows: [TargetRow])

  /// The targets' derivations, in the order of the document.
  struct Gatherer {
    private var verbatims: [Verbatim] = []
    private var gathered: [Gathered] = []

    /// Adds a row whose target is a verbatim copy of a field.
    mutating func add(
      _ verbatim: Verbatim, _ transform: any TransformDefinition.Type, _ targetRow: TargetRow
    ) {
      verbatims.append(verbatim)
      add(.row, transform, neededField: verbatim.field, [targetRow])
      gathered[gathered.count - 1].derivation.runs = .ifNotVerbatim
    }

    /// Adds rows of one target.
    mutating func add(
      _ mode: Derivation.Mode, _ transform: any TransformDefinition.Type, neededField: Int,
      _ targetRows: [TargetRow]
    ) {
      gathered.append(
        (Derivation(mode: mode, transform: transform, neededField: neededField), targetRows))
    }

    /// Adds a row that reads one field to the rows of the same transform and field, if there are some; rows that are
    /// cached are together whatever their transform.
    mutating func join(
      _ mode: Derivation.Mode, _ transform: any TransformDefinition.Type, _ targetRow: TargetRow
    ) {
      let neededField = targetRow.neededField
      let same = gathered.firstIndex {
        $0.derivation.mode == mode && $0.derivation.neededField == neededField
          && ($0.derivation.transform == transform || mode == .cached)
      }
      if let same, transform.fieldCount == 1...1 {
        gathered[same].targetRows.append(targetRow)
      } else {
        add(mode, transform, neededField: neededField, [targetRow])
      }
    }

    /// Lays all out. What reads issues comes last: then all are known.
    func arranged(_ rows: [Plan.Row]) -> Derivations {
      var result = Derivations()
      result.verbatims = verbatims
      func readsIssues(_ index: Int) -> Bool {
        gathered[index].targetRows.contains { rows[$0.row].transform.readsIssues }
      }
      let indices = gathered.indices
      for index in indices.filter({ !readsIssues($0) }) + indices.filter(readsIssues) {
        var derivation = gathered[index].derivation
        let targetRows = gathered[index].targetRows
        if targetRows.count == 1, derivation.mode == .rows { derivation.mode = .row }
        derivation.targetRows =
          result.targetRows.count..<(result.targetRows.count + targetRows.count)
        (derivation.row, derivation.target) = (targetRows[0].row, targetRows[0].target)
        result.targetRows += targetRows
        if derivation.mode == .row, rows[derivation.row].transform.readsIssues {
          derivation.runs = .afterIssues
          let literal = derivation.transform.valueWithoutIssues(rows[derivation.row])
          result.issueReaders.append(
            IssueReader(
              derivation: result.all.count, target: derivation.target,
              valueWithoutIssues: literal.map { ValueSlice(.scratch, $0) } ?? .absent))
        }
        result.all.append(derivation)
      }
      return result
    }
  }
}
