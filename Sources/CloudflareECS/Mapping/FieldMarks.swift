/// Maps a set of fields to the targets that copy them verbatim and the derivations that read them, as marks (bits).
///
/// There are too many sets of fields for one table. So the set is split into groups of four fields, each with a table
/// of sixteen rows, and the rows are combined:
///
///     set of fields       …  1010 0110
///     row 6 of table 0       marks of fields 1 and 2
///     row 10 of table 1      marks of fields 5 and 7
///     combined               the marks of all four fields
struct FieldMarks: Sendable {
  /// The number of words with marks of targets; the words with marks of derivations follow.
  let targetWords: Int
  /// Marks of derivations that run for every record, in groups of four words.
  private var always: [SIMD4<UInt64>]
  /// For each group, 32 tables of 16 rows.
  private var rows: [SIMD4<UInt64>]

  init(_ derivations: Derivations, targets: Int) {
    targetWords = Self.words(targets)
    let groups = (targetWords + Self.words(derivations.all.count) + 3) / 4
    always = Array(repeating: SIMD4(), count: groups)
    rows = Array(repeating: SIMD4(), count: groups * 512)
    for verbatim in derivations.verbatims { add(verbatim.target, field: verbatim.field) }
    let last = Set(derivations.last.map(\.derivation))
    for (index, derivation) in derivations.all.enumerated() where !last.contains(index) {
      for field in derivations.neededFields(derivation) {
        add(targetWords * 64 + index, field: field)
      }
    }
  }

  /// The number of words for a number of marks.
  static func words(_ count: Int) -> Int { (count + 63) / 64 }

  private mutating func add(_ mark: Int, field: Int) {
    let (group, word) = (mark / 256, mark / 64 % 4)
    let bit: UInt64 = 1 << UInt64(mark % 64)
    guard field >= 0 else { return always[group][word] |= bit }
    // A record with such a field is not regular, and does not use marks.
    guard field < RecordNotes.mostNames else { return }
    for row in 0..<16 where row >> (field % 4) & 1 == 1 {
      rows[group * 512 + field / 4 * 16 + row][word] |= bit
    }
  }

  /// Sets the marks for a set of fields.
  @inline(__always)
  func mark(_ fields: SIMD2<UInt64>, in values: inout TargetValues) {
    let (always, rows) = (always.span, rows.span)
    for group in always.indices {
      var marks = always[group]
      for half in 0..<2 {
        var rest = fields[half]
        var table = group &* 512 &+ half &* 256
        while rest != 0 {
          marks |= rows[table &+ Int(truncatingIfNeeded: rest & 15)]
          rest &>>= 4
          table &+= 16
        }
      }
      values.setWords(group &* 4, marks)
    }
  }
}
