/// One record as slices of one text: which value each field has, and the members that are no fields.
///
/// The text is the input, or a canonical copy of what the input says (``RecordParser``), or what a
/// ``FirewallEvent`` wrote. Nothing is decoded.
struct Record: Sendable {
  /// Where the record begins in the text.
  var start = 0
  /// The values by index: the schema's fields, those that a table adds, then the other names of fields.
  var slices: [JSONSlice]
  /// Members whose names are not known, in order.
  var unknown: [JSONMember] = []
  /// Members with a rewritten name of a field, and the index of the field. The field's value is in ``slices``.
  var respelled: [(member: JSONMember, field: Int)] = []
  /// Fields that have another name's value, since that of their own name is empty.
  var replaced: [Int] = []
  /// Whether every value is canonical, and no unknown name is there twice.
  var isCanonical = true
  /// Whether a field came by another name than its own.
  var hasOtherNames = false
  /// Whether each field that is not empty can be copied verbatim as a value of its kind
  /// (``NameTable/Entry/verbatimTag``).
  var isVerbatim = true
  /// A bit for each of the first fields (``RecordNotes/mostNames``) that is not empty. Valid for a verbatim record only.
  var filledFields = SIMD2<UInt64>()

  /// Whether the text may have a backslash.
  var mayHaveEscapes = true

  init(count: Int) {
    slices = Array(repeating: JSONSlice(), count: count)
  }

  /// Whether there is a field, also an empty one.
  var hasAny: Bool { slices.contains { !$0.isAbsent } }

  /// Whether a value, or the name of an unknown member, has half of a surrogate pair.
  var hasLoneSurrogate: Bool {
    slices.contains { $0.hasLoneSurrogate }
      || unknown.contains { $0.name.hasLoneSurrogate || $0.value.hasLoneSurrogate }
  }

  /// Makes everything absent.
  mutating func removeAll() {
    var slices = slices.mutableSpan
    slices.update(repeating: JSONSlice())
    if !unknown.isEmpty { unknown.removeAll(keepingCapacity: true) }
    if !respelled.isEmpty { respelled.removeAll(keepingCapacity: true) }
    if !replaced.isEmpty { replaced.removeAll(keepingCapacity: true) }
    start = 0
    isCanonical = true
    hasOtherNames = false
    isVerbatim = true
    filledFields = SIMD2()
    mayHaveEscapes = true
  }

  /// Takes over what was noted of the fields.
  @inline(__always)
  mutating func note(_ notes: RecordNotes) {
    isVerbatim = notes.isVerbatim
    filledFields = notes.names
  }

  /// Computes `isVerbatim` and `filledFields` again, after values have been replaced.
  mutating func noteFilledFields(_ entries: Span<NameTable.Entry>) {
    var notes = RecordNotes()
    for index in slices.indices where !slices[index].isEmpty {
      notes.formUnion(entries[index].notes(slices[index].tag))
    }
    note(notes)
  }

  /// The same values of the first `count` fields, as slices of the text from `start` on. Where they
  /// were in their record is forgotten.
  func copy(first count: Int, from start: Int) -> Record {
    var copy = Record(count: 0)
    copy.isCanonical = isCanonical
    copy.mayHaveEscapes = mayHaveEscapes
    copy.isVerbatim = isVerbatim
    copy.filledFields = filledFields
    copy.slices = Array(slices.prefix(count))
    var moved = copy.slices.mutableSpan
    for index in moved.indices where !moved[index].isAbsent {
      moved[index] = moved[index].moved(back: start).withoutOrigin
    }
    copy.unknown = unknown.map { member in
      JSONMember(
        name: member.name.moved(back: start).withoutOrigin,
        value: member.value.moved(back: start).withoutOrigin)
    }
    return copy
  }

  /// Whether a field is present under its own name, also with an empty value.
  /// - Parameter aliases: the index of the first other name of a field.
  func isSpelledExactly(_ index: Int, aliases: Int) -> Bool {
    guard isPresent(index) else { return false }
    if !hasOtherNames || replaced.contains(index) { return true }
    // Of a decoded value, only the origin stays.
    let origin = slices[index].origin(from: start)
    return !slices[aliases...].contains { !$0.isAbsent && $0.origin(from: start) == origin }
      && !respelled.contains { $0.member.value.origin(from: start) == origin }
  }

  /// Whether there is a value at an index, also an empty one.
  @inline(__always)
  func isPresent(_ index: Int) -> Bool { !slices[index].isAbsent }

  /// The value at an index, also an empty one.
  @inline(__always)
  func present(_ index: Int) -> JSONSlice? {
    let slice = slices[index]
    return slice.isAbsent ? nil : slice
  }

  /// The value at an index, if it is there and not empty.
  @inline(__always)
  subscript(index: Int) -> JSONSlice? {
    let slice = slices[index]
    return slice.isEmpty ? nil : slice
  }
}
