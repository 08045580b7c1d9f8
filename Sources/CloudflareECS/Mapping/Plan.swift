/// A mapping table, compiled: what to write in which order, without a name left to look up.
///
/// The order of a document is that of ``ECSEvent``'s fields; targets that have no property there stand
/// at the end of their object, in the order of the table. So the typed path, whose documents are
/// ``ECSEvent`` values, and the byte path write the same bytes.
///
/// A field marks the steps that read it. So what is looked at for an event is only what has something to
/// write; groups are begun with their first member and ended with their last.
final class Plan: Sendable {
  /// One row, its names turned into indices.
  struct Row: Sendable {
    var kind: Transform.Kind
    /// Index of the first field that the transform reads, or -1.
    var source: Int
    var sources: Range<Int>
    /// The transform's parameters, as JSON text in `literals`.
    var parameters: Range<Int>
  }

  /// All rows with one target.
  struct Output: Sendable {
    enum Mode { case first, collect, unmapped }
    var mode: Mode
    var rows: Range<Int>
    /// `"name":` in `literals`.
    var label: Range<Int>
  }

  /// An object of the document, or the document itself.
  struct Group: Sendable {
    /// `"name":{`
    var text: [UInt8] = []
    /// The groups around it, the outermost first, and it; but not the document.
    var path: [Int] = []
  }

  /// What stands between two members that come one after the other in different groups.
  struct Transition: Sendable {
    /// Empty where the text is too long for a label, and then in `literals`.
    var label = Label([])!
    var text = 0..<0
    /// Whether it begins in place of the comma behind the first member.
    var endsGroups = false
  }

  /// A step in writing a document: an output, or a part of one, or members that are always the same.
  struct Step: Sendable {
    enum Kind: UInt8, Sendable {
      /// Writes the label.
      case literal
      /// Writes the record.
      case record
      /// Writes what its one row makes.
      case row
      /// The same, for a row that is worth remembering.
      case remembered
      /// Writes an output.
      case output
    }
    /// What stands before the value: `"name":`, and what is always at its beginning.
    var label = Label([])!
    /// What is done if the value is not the usual.
    var kind: Kind
    var group: Int16
    var output: Int16 = -1
    var row: Int16 = -1
    /// The index of the slot that the usual value is a slice of.
    var source: Int16 = 0
    /// Whether that is one of the engine's derived slots: 1, or 0.
    var readsDerived: UInt8 = 0
    /// The form of its slot. A step without a usual value has one that no slot has.
    var form = Self.formOfNone
    /// What stands behind a value: up to sixteen bytes, the first one in the lowest bits, and their number.
    var tail = SIMD2<UInt64>()
    var tailLength: UInt8 = 0
    /// The group of the member before, if the label has what stands between it and this one.
    var joinedGroup: Int16 = -1
    /// How many bytes of the member before that takes back: its comma, where groups are ended.
    var takenBack: UInt8 = 0

    private static let formOfNone = UInt16.max
    /// Whether some values are the usual.
    var hasUsual: Bool { form != Self.formOfNone }
  }

  let rows: [Row]
  /// Indices of fields; rows have ranges of it.
  let sourceIndices: [Int]
  let outputs: [Output]
  let steps: [Step]
  let groups: [Group]
  /// So many groups have transitions; those of more are made when they are needed.
  let joinedGroups: Int
  /// What a document begins with, up to the record's text, if that is its first member and nothing has to
  /// be written twice; else empty.
  let beginning: [UInt8]
  /// From group to group: the index is that of the first, times `joinedGroups`, and of the second.
  let transitions: [Transition]
  /// Texts of the document, with room behind for wide copies.
  let literals: [UInt8]
  /// Fields of the table that Cloudflare's documentation does not list.
  let ownFields: [CloudflareField]
  /// Whether there is a row for `@timestamp`.
  let writesTimestamp: Bool
  /// Whether some values depend on what could not be converted elsewhere.
  let readsProblems: Bool
  /// Indices of the fields that the table does not read.
  let unmapped: [Int]
  /// What steps there are for an event, by what it has.
  let marks: PlanMarks
  /// The field whose host is taken apart, the one whose address is checked, and the one whose moment is
  /// read, before the steps are gone through; -1 for none.
  let hostField: Int
  let addressField: Int
  let timestampField: Int
  /// Fields whose text stands behind a prefix.
  let prefixedFields: [Int]
  /// The output of each leaf of the schema, or -1.
  let outputOfLeaf: [Int]
  /// All outputs, in the order of the document.
  let documentOrder: [Int]
  /// Outputs that have no property of their own, in the order of the document, with their paths.
  let looseOutputs: [(output: Int, path: [String])]

  init(_ table: [FieldMapping]) {
    var compiler = PlanCompiler(table)
    compiler.compile()
    rows = compiler.rows
    sourceIndices = compiler.sourceIndices
    outputs = compiler.outputs
    ownFields = compiler.ownFields
    unmapped = compiler.isMapped.indices.filter { !compiler.isMapped[$0] }
    hostField = compiler.hostField
    addressField = compiler.addressField
    timestampField = compiler.timestampField
    prefixedFields = compiler.prefixedFields
    steps = compiler.steps
    groups = compiler.groups
    joinedGroups = min(compiler.groups.count, 128)
    transitions = compiler.transitions(among: joinedGroups)
    literals = compiler.literals + Array(repeating: 0, count: OutputBuffer.readAhead)
    marks = PlanMarks(compiler)
    writesTimestamp = table.contains { $0.target == "@timestamp" }
    readsProblems = table.contains { $0.transform.readsProblems }
    let isBegunByRecord = !readsProblems && steps.first?.kind == .record && steps[0].group == 0
    beginning = isBegunByRecord ? [.openBrace] + steps[0].label.bytes : []
    outputOfLeaf = compiler.outputOfLeaf
    documentOrder = compiler.documentOrder
    let paths = Dictionary(uniqueKeysWithValues: compiler.looseOutputs.map { ($0.output, $0.path) })
    looseOutputs = compiler.documentOrder.compactMap { output in paths[output].map { (output, $0) }
    }
  }

  /// Number of fields that rows can read.
  var fieldCount: Int { CloudflareField.all.count + ownFields.count }

  /// The field at an index.
  func field(_ index: Int) -> CloudflareField {
    let listed = CloudflareField.all
    return index < listed.count ? listed[index] : ownFields[index - listed.count]
  }
}
