/// The selections of a plan's templates that were made for earlier records, each at the place that a hash gives it.
struct TemplateSelections {
  /// A template, and what says which of its fields a record has.
  struct Key {
    /// The index of the template; its complement if the words are those of ``TemplateFields``.
    var template: Int
    var words: SIMD2<UInt64>

    @inline(__always)
    func equals(_ other: Key) -> Bool {
      let difference = words ^ other.words
      return template == other.template && difference[0] | difference[1] == 0
    }
  }

  private struct Entry {
    var key: Key
    var selection: TemplateSelection
  }

  private static let size = 64
  /// By template, the fields that it reads, as in ``Record/filledFields``; nil where that does not say enough of them,
  /// because one may have values of several kinds.
  private let fields: [SIMD2<UInt64>?]
  /// Made with the first selection.
  private var entries: [Entry?] = []

  init(_ plan: Plan) {
    var fields: [SIMD2<UInt64>?] = Array(repeating: nil, count: plan.optionTables.templates.count)
    for row in plan.rows where row.transform == TemplateTransform.self {
      fields[row.option] = Self.bits(plan.fieldIndices[row.fields], plan)
    }
    self.fields = fields
  }

  private static func bits(_ indices: ArraySlice<Int>, _ plan: Plan) -> SIMD2<UInt64>? {
    var bits = SIMD2<UInt64>()
    for index in indices {
      guard index < RecordNotes.mostNames, plan.field(index).kind.json != nil else { return nil }
      bits[index / 64] |= 1 << UInt64(index % 64)
    }
    return bits
  }

  /// The key of a template for a record; nil where its fields must be looked at.
  @inline(__always)
  func key(_ template: Int, _ record: borrowing Record) -> Key? {
    guard record.isVerbatim, let fields = fields[template] else { return nil }
    return Key(template: template, words: record.filledFields & fields)
  }

  /// The selection that was made for a key before.
  @inline(__always)
  func selection(_ key: Key) -> TemplateSelection? {
    let place = Self.place(key)
    guard place < entries.count, let entry = entries[place], entry.key.equals(key) else {
      return nil
    }
    return entry.selection
  }

  mutating func keep(_ selection: TemplateSelection, _ key: Key) {
    if entries.isEmpty { entries = Array(repeating: nil, count: Self.size) }
    entries[Self.place(key)] = Entry(key: key, selection: selection)
  }

  @inline(__always)
  private static func place(_ key: Key) -> Int {
    let mixed =
      key.words[0] ^ key.words[1] &* 3 ^ UInt64(truncatingIfNeeded: key.template) &* 5
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 58)
  }
}
