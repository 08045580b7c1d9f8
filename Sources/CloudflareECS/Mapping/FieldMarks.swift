/// Maps a set of fields to the targets that copy them verbatim and the derivations that read them, as marks (bits).
///
/// There are too many sets of fields for one table. So the set is split into groups of six fields, each with a table
/// of 64 rows, and the rows are combined:
///
///     set of fields       …  001010 000110
///     row 6 of table 0       marks of fields 1 and 2
///     row 10 of table 1      marks of fields 7 and 9
///     combined               the marks of all four fields
struct FieldMarks: Sendable {
  /// The number of words with marks of targets; the words with marks of derivations follow.
  let targetWords: Int
  /// Marks of derivations that run for every record, in groups of four words.
  private var always: [SIMD4<UInt64>]
  /// For each group of words, the tables that are needed, one after the other.
  private var rows: [SIMD4<UInt64>]
  /// The number of rows for a group of words.
  private let stride: Int
  /// The fields that have a table. Others have no marks.
  private let known: SIMD2<UInt64>

  /// A table has 64 rows. The fields of a word of the set, of which there are two, have eleven tables.
  private static let fieldsOfTable = 6
  private static let rowsOfTable = 64
  private static let rowsOfWord = 11 * rowsOfTable

  init(_ derivations: Derivations, targets: Int) {
    targetWords = Self.words(targets)
    let groups = (targetWords + Self.words(derivations.all.count) + 3) / 4
    var marks = derivations.verbatims.map { (mark: $0.target, field: $0.field) }
    for (index, derivation) in derivations.all.enumerated() where derivation.runs == .usually {
      for field in derivations.neededFields(derivation) {
        marks.append((targetWords * 64 + index, field))
      }
    }
    // A record with a field beyond these is not regular, and does not use marks.
    marks.removeAll { $0.field >= RecordNotes.mostNames }
    var known = RecordNotes()
    for mark in marks where mark.field >= 0 { known.formUnion(RecordNotes(name: mark.field)) }
    self.known = known.bits
    let lastField = marks.map(\.field).max() ?? -1
    stride = lastField < 0 ? 0 : Self.row(of: lastField, 0) + Self.rowsOfTable
    always = Array(repeating: SIMD4(), count: groups)
    rows = Array(repeating: SIMD4(), count: groups * stride)
    for mark in marks { add(mark.mark, field: mark.field) }
  }

  /// A row of a field's table.
  private static func row(of field: Int, _ row: Int) -> Int {
    field / 64 * rowsOfWord + field % 64 / fieldsOfTable * rowsOfTable + row
  }

  /// The number of words for a number of marks.
  static func words(_ count: Int) -> Int { (count + 63) / 64 }

  private mutating func add(_ mark: Int, field: Int) {
    let (group, word) = (mark / 256, mark / 64 % 4)
    let bit: UInt64 = 1 << UInt64(mark % 64)
    guard field >= 0 else { return always[group][word] |= bit }
    for row in 0..<Self.rowsOfTable where row >> (field % 64 % Self.fieldsOfTable) & 1 == 1 {
      rows[group * stride + Self.row(of: field, row)][word] |= bit
    }
  }

  /// Sets the marks for a record that is not regular: one for each derivation that may give a value or an issue.
  @inline(never)
  func markAll(
    _ derivations: [Derivations.Derivation], _ record: borrowing Record,
    in values: inout TargetValues
  ) {
    values.clearMarks()
    for index in derivations.indices where derivations[index].runs != .last {
      let needed = derivations[index].neededField
      if needed < 0 || !record.slices[needed].isEmpty { values.mark(targetWords * 64 + index) }
    }
  }

  /// Sets the marks for the fields of a regular record.
  @inline(__always)
  func mark(_ fields: SIMD2<UInt64>, in values: inout TargetValues) {
    let (always, rows) = (always.span, rows.span)
    let fields = fields & known
    for group in always.indices {
      var marks = always[group]
      for half in 0..<2 {
        var rest = fields[half]
        var table = group &* stride &+ half &* Self.rowsOfWord
        while rest != 0 {
          marks |= rows[table &+ Int(truncatingIfNeeded: rest & 63)]
          rest &>>= 6
          table &+= Self.rowsOfTable
        }
      }
      values.setWords(group &* 4, marks)
    }
  }
}
