/// A mapping table, compiled: what to derive and what to write in which order, without a name left to
/// look up.
///
/// The order of a document is that of ``ECSEvent``'s fields; targets that have no property there are at
/// the end of their object, in the order of the table. So the typed path, whose documents are
/// ``ECSEvent`` values, and the byte path write the same bytes.
final class Plan: Sendable {
  /// One row, its names turned into indices.
  struct Row: Sendable {
    var transform: any TransformDefinition.Type
    /// The index of the first field, or -1.
    var field: Int
    /// All fields, as a range of ``Plan/fieldIndices``.
    var fields: Range<Int>
    /// What the transform made of its parameters.
    var option: Int
    /// The parameters, as the content of JSON strings in ``Plan/literals``.
    var parameters: Range<Int>
  }

  /// One target of the document.
  struct Target: Sendable {
    /// The path, by names.
    var path: [String]
    var shape: TargetShape
    /// The value of a target that is the same in every document, as in a ``ValueSlice``.
    var constant: [UInt8]?
  }

  /// A function of the program.
  struct Custom: Sendable {
    var function: @Sendable ([JSONValue?]) -> JSONValue?
    var type: FieldMapping.TargetType
    var isArray: Bool
  }

  /// A target to which the program can give a value.
  struct Provided: Sendable {
    var target: String
    var type: FieldMapping.TargetType
    var isArray: Bool
  }

  /// What rows look up by their option.
  struct OptionTables: Sendable {
    var templates: [Template] = []
    var lookups: [Lookup] = []
    /// The functions of the program, with the type that each has to give.
    var customs: [Custom] = []
    /// The targets to which the program can give values.
    var provided: [Provided] = []
  }

  let rows: [Row]
  let fieldIndices: [Int]
  /// By the place in the document.
  let targets: [Target]
  /// How the values of targets are made.
  let derivations: Derivations
  /// The targets and derivations for a record's fields.
  let fieldBits: FieldBits
  let layout: DocumentLayout
  let optionTables: OptionTables
  /// Bytes that rows have, with room behind for wide copies.
  let literals: [UInt8]
  /// Fields of the table that the schema of records does not list.
  let addedFields: [CloudflareField]
  /// Fields that the table does not read.
  let unmappedFields: [Int]
  /// The target of each leaf of the ECS schema, or -1.
  let targetOfLeaf: [Int]

  init(_ compiler: PlanCompiler) {
    rows = compiler.rows
    fieldIndices = compiler.fieldIndices
    targets = compiler.targets
    derivations = compiler.derivations
    fieldBits = FieldBits(compiler.derivations, targets: compiler.targets.count)
    layout = DocumentLayout(compiler.targets, compiler.derivations.verbatims)
    optionTables = compiler.optionTables
    literals = compiler.literals + Array(repeating: 0, count: OutputBuffer.readAhead)
    addedFields = compiler.addedFields
    unmappedFields = compiler.isMapped.indices.filter { !compiler.isMapped[$0] }
    targetOfLeaf = compiler.targetOfLeaf
  }

  /// The number of fields that rows can read.
  var fieldCount: Int { CloudflareField.all.count + addedFields.count }

  /// Whether a row reads the text of the record.
  var readsRecordText: Bool { rows.contains { $0.transform.readsRecordText } }

  /// The index of a target that the table has, such as `url.path`.
  func index(of target: String) -> Int {
    let path = target.pathNames
    return targets.firstIndex { $0.path == path }!
  }

  /// The field at an index.
  func field(_ index: Int) -> CloudflareField {
    let listed = CloudflareField.all
    return index < listed.count ? listed[index] : addedFields[index - listed.count]
  }
}

extension String {
  /// The names of a path: `url.path` has two.
  var pathNames: [String] {
    utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
  }
}
