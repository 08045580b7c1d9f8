/// A mapping table, compiled: what to write in which order, without a name left to look up.
///
/// The order of a document is that of ``ECSEvent``'s fields; targets that have no property there stand
/// at the end of their object, in the order of the table. So the typed path, whose documents are
/// ``ECSEvent`` values, and the byte path write the same bytes.
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

  /// A step in writing a document.
  struct Step: Sendable {
    enum Kind: UInt8, Sendable {
      /// Writes `"name":{` of a group.
      case open
      /// Writes the group's `}`, or takes the group back if nothing was written in it.
      case close
      /// Writes members that are always the same.
      case literal
      /// Writes an output that is one field's text: most are.
      case keyword
      /// Writes an output that is one field's whole number.
      case integer
      /// Writes an output that is a part of one field's host, but not the port.
      case host
      /// Writes an output that needs a certain field, and whose absence is no problem.
      case optional
      /// Writes any other output.
      case value
      // In the steps of a shape only:
      /// Writes a label.
      case label
      /// Writes a value that must be there, as it is.
      case member
      /// Writes the record.
      case record
      /// Writes an output that one row is left of.
      case row
      /// The same, of a row that is worth remembering.
      case rememberedRow
    }
    /// A value's `"name":`, or that and `{` of a group, or that and the quote of a host's part; empty
    /// if it is too long.
    var label = Label([])!
    var kind: Kind
    /// Whether the label's first byte takes the place of the comma before it.
    var overlaps = false
    /// Whether a row's value becomes an array.
    var isList = false
    /// How many groups are open around it.
    var depth: UInt8
    /// Which part of a host it is.
    var part = HostPart.address
    /// Index of the field that an output reads, or -1.
    var source: Int16 = -1
    var row: Int16 = -1
    var output: Int16 = -1
    /// What a member's value must be: the tag of its slot but for the epoch, its least length, and how
    /// much longer it may be to be copied without another look. Other steps have no `reach`.
    var tag: UInt32 = 0
    var shortest: UInt8 = 0
    var reach: UInt8 = 0
    /// Bytes that are passed over before the value.
    var skipped: UInt8 = 0
    /// Whether `source` is a part of the host.
    var readsHost = false
    /// What stands behind the value: up to four bytes, and their number.
    var tail: UInt32 = 0
    var tailLength: UInt8 = 0
    /// Index in `texts` of a literal, or of a group's label that is too long.
    var text: Int16 = -1
  }

  let rows: [Row]
  /// Indices of fields; rows have ranges of it.
  let sourceIndices: [Int]
  let outputs: [Output]
  let steps: [Step]
  /// What steps write, in `literals`.
  let texts: [Range<Int>]
  /// Texts of the document, with room behind for wide copies.
  let literals: [UInt8]
  /// Fields of the table that Cloudflare's documentation does not list.
  let ownFields: [CloudflareField]
  /// Whether some values depend on what could not be converted elsewhere.
  let readsProblems: Bool
  /// Indices of the fields that the table does not read.
  let unmapped: [Int]
  /// The fields whose host, and whose address, are looked at before the steps for a shape are chosen;
  /// -1 for none.
  let hostField: Int
  let addressField: Int
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
    steps = compiler.steps
    texts = compiler.texts
    literals = compiler.literals + Array(repeating: 0, count: 64)
    ownFields = compiler.ownFields
    unmapped = compiler.isMapped.indices.filter { !compiler.isMapped[$0] }
    let hosts = Set(rows.filter { if case .host = $0.kind { true } else { false } }.map(\.source))
    // Only one host can be remembered at a time.
    hostField = hosts.count == 1 ? hosts.first! : -1
    addressField = rows.first { $0.kind == .address }?.source ?? -1
    readsProblems = table.contains { $0.transform.readsProblems }
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
