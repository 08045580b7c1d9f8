/// Says which targets have a value and which derivations are needed if a record has a set of fields: those that copy a
/// field of the set verbatim, and those that read one. Each target and each derivation is a bit.
///
/// There are too many sets of fields for one table. So the set is split into groups of six fields, each with a table
/// of 64 rows, and the rows are combined:
///
///     set of fields       …  001010 000110
///     row 6 of table 0       bits of fields 1 and 2
///     row 10 of table 1      bits of fields 7 and 9
///     combined               the bits of all four fields
struct FieldBits: Sendable {
  /// The number of words with bits of targets; the words with bits of derivations follow.
  let targetWords: Int
  /// Bits of derivations that run for every record, in groups of four words.
  private var always: [SIMD4<UInt64>]
  /// For each group of words, the tables that are needed, one after the other.
  private var rows: [SIMD4<UInt64>]
  /// The number of rows for a group of words.
  private let stride: Int
  /// The fields that have a table. Others have no bits.
  private let known: SIMD2<UInt64>

  /// A table has 64 rows. The fields of a word of the set, of which there are two, have eleven tables.
  private static let fieldsOfTable = 6
  private static let rowsOfTable = 64
  private static let rowsOfWord = 11 * rowsOfTable

  init(_ derivations: Derivations, targets: Int) {
    targetWords = Self.words(targets)
    let groups = (targetWords + Self.words(derivations.all.count) + 3) / 4
    var bits = derivations.verbatims.map { (bit: $0.target, field: $0.field) }
    for (index, derivation) in derivations.all.enumerated() where derivation.runs == .usually {
      for field in derivations.neededFields(derivation) {
        bits.append((targetWords * 64 + index, field))
      }
    }
    // A record with a field beyond these is not verbatim: it uses `setAll`.
    bits.removeAll { $0.field >= RecordNotes.mostNames }
    var known = RecordNotes()
    for bit in bits where bit.field >= 0 { known.formUnion(RecordNotes(name: bit.field)) }
    self.known = known.bits
    let lastField = bits.map(\.field).max() ?? -1
    stride = lastField < 0 ? 0 : Self.row(of: lastField, 0) + Self.rowsOfTable
    always = Array(repeating: SIMD4(), count: groups)
    rows = Array(repeating: SIMD4(), count: groups * stride)
    for bit in bits { add(bit.bit, field: bit.field) }
  }

  /// A row of a field's table.
  private static func row(of field: Int, _ row: Int) -> Int {
    field / 64 * rowsOfWord + field % 64 / fieldsOfTable * rowsOfTable + row
  }

  /// The number of words for a number of bits.
  static func words(_ count: Int) -> Int { (count + 63) / 64 }

  private mutating func add(_ bit: Int, field: Int) {
    let (group, word) = (bit / 256, bit / 64 % 4)
    let bit: UInt64 = 1 << UInt64(bit % 64)
    guard field >= 0 else { return always[group][word] |= bit }
    for row in 0..<Self.rowsOfTable where row >> (field % 64 % Self.fieldsOfTable) & 1 == 1 {
      rows[group * stride + Self.row(of: field, row)][word] |= bit
    }
  }

  /// Sets the bits for a record that is not verbatim: that of each derivation that may give a value or an issue.
  @inline(never)
  func setAll(
    _ derivations: [Derivations.Derivation], _ record: borrowing Record,
    in values: inout TargetValues
  ) {
    values.clearBits()
    for index in derivations.indices where derivations[index].runs != .afterIssues {
      let needed = derivations[index].neededField
      if needed < 0 || !record.slices[needed].isEmpty { values.setBit(targetWords * 64 + index) }
    }
  }

  /// Sets the bits for the fields of a verbatim record.
  @inline(__always)
  func set(_ fields: SIMD2<UInt64>, in values: inout TargetValues) {
    let (always, rows) = (always.span, rows.span)
    let fields = fields & known
    for group in always.indices {
      var bits = always[group]
      for half in 0..<2 {
        var rest = fields[half]
        var table = group &* stride &+ half &* Self.rowsOfWord
        while rest != 0 {
          bits |= rows[table &+ Int(truncatingIfNeeded: rest & 63)]
          rest &>>= 6
          table &+= Self.rowsOfTable
        }
      }
      values.setWords(group &* 4, bits)
    }
  }
}
