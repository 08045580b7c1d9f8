/// A mapping table, compiled: what to derive and what to write in which order, without a name left to
/// look up.
///
/// The order of a document is that of ``ECSEvent``'s fields; targets that have no property there are at
/// the end of their object, in the order of the table. So the typed path, whose documents are
/// ``ECSEvent`` values, and the byte path write the same bytes.
final class Plan: Sendable {
  /// One row, its names turned into indices.
  struct Row: Sendable {
    var rule: any TransformRule.Type
    /// The index of the first field, or -1.
    var field: Int
    /// All fields, as a range of ``Plan/fieldIndices``.
    var fields: Range<Int>
    /// What the rule made of its parameters.
    var option: Int
    /// The parameters, as the content of JSON strings in ``Plan/literals``.
    var parameters: Range<Int>
  }

  /// A target whose value is a verbatim copy of a field, if that has a value of its kind.
  struct Verbatim: Sendable {
    var target: Int
    var row: Int
    var field: Int
    /// The tag of a slice that is the value as it is.
    var tag: UInt32
    /// What is left out of such a slice at both ends: a string's quotes.
    var inset: Int
  }

  /// Targets that are derived together: rows of one rule that read the same field; or the rows of one target,
  /// if it has several.
  struct Derivation: Sendable {
    enum Mode: Sendable {
      /// Each row has a target of its own.
      case rows
      /// The same, and what rows make is worth remembering.
      case remembered
      /// The first row that has a value wins.
      case first
      /// Every row adds an element.
      case collect
    }
    var mode: Mode
    var rule: any TransformRule.Type
    /// The field without which there is neither a value nor an issue, or -1.
    var neededField: Int
    /// The rows and their targets, as a range of ``Plan/members``.
    var members: Range<Int>
  }

  /// A row of a derivation, and the target that it is for.
  struct Member: Sendable {
    var row: Int
    var target: Int
    /// The row's.
    var option: Int
  }

  /// What makes the value of a target, in the order of the document.
  enum Maker: Sendable {
    case verbatim(Int)
    case derivation(Int)
  }

  /// One target of the document.
  struct Target: Sendable {
    /// The path, by names.
    var path: [String]
    var shape: TargetShape
    /// The value of a target that is the same in every document, as in a ``ValueSlice``.
    var constant: [UInt8]?
  }

  let rows: [Row]
  let fieldIndices: [Int]
  /// By the place in the document.
  let targets: [Target]
  /// In the order of the document.
  let verbatims: [Verbatim]
  /// In the order of the document, those that read issues last.
  let derivations: [Derivation]
  let members: [Member]
  /// The verbatim copies and the derivations, in the order in which issues are to be found.
  let makers: [Maker]
  let steps: DocumentSteps
  let templates: [Template]
  /// Bytes that rows have, with room behind for wide copies.
  let literals: [UInt8]
  /// Fields of the table that the schema of records does not list.
  let ownFields: [CloudflareField]
  /// Fields that the table does not read.
  let unmappedFields: [Int]
  /// The target `@timestamp`, if there is one.
  let timestampTarget: Int?
  /// The target of each leaf of the ECS schema, or -1.
  let targetOfLeaf: [Int]
  /// Normalizers of typed events, for calls to borrow.
  let normalizers = Lanes<EventNormalizer>()

  init(_ compiler: PlanCompiler) {
    rows = compiler.rows
    fieldIndices = compiler.fieldIndices
    targets = compiler.targets
    verbatims = compiler.verbatims
    derivations = compiler.derivations
    members = compiler.members
    makers = compiler.makers
    steps = DocumentSteps(compiler.targets, compiler.verbatims)
    templates = compiler.templates
    literals = compiler.literals + Array(repeating: 0, count: OutputBuffer.readAhead)
    ownFields = compiler.ownFields
    unmappedFields = compiler.isMapped.indices.filter { !compiler.isMapped[$0] }
    timestampTarget = compiler.targets.firstIndex { $0.path == ["@timestamp"] }
    targetOfLeaf = compiler.targetOfLeaf
  }

  /// The number of fields that rows can read.
  var fieldCount: Int { CloudflareField.all.count + ownFields.count }

  /// The field at an index.
  func field(_ index: Int) -> CloudflareField {
    let listed = CloudflareField.all
    return index < listed.count ? listed[index] : ownFields[index - listed.count]
  }
}
