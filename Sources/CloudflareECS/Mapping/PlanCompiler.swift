/// Makes a plan of a table.
struct PlanCompiler {
  private let table: [FieldMapping]
  private(set) var rows: [Plan.Row] = []
  private(set) var sourceIndices: [Int] = []
  private(set) var outputs: [Plan.Output] = []
  /// The first row of each output.
  private var heads: [FieldMapping] = []
  var steps: [Plan.Step] = []
  var groups: [Plan.Group] = []
  /// The steps that write what the first of several rows makes, unless there is the next step, which
  /// does what all make.
  var firstRows: [Int] = []
  private(set) var literals: [UInt8] = []
  private(set) var ownFields: [CloudflareField] = []
  private(set) var isMapped: [Bool]
  private(set) var outputOfLeaf: [Int] = []
  var documentOrder: [Int] = []
  private(set) var looseOutputs: [(output: Int, path: [String])] = []

  /// The only field whose host is taken apart, or -1.
  private(set) var hostField = -1
  /// The first field whose address is checked, or -1.
  private(set) var addressField = -1
  /// The first field that a moment is read from, or -1.
  private(set) var timestampField = -1
  /// The fields whose text stands behind a prefix, as many as there are derived slots for.
  private(set) var prefixedFields: [Int] = []

  /// Objects and values of the document, as a tree.
  final class Node {
    let name: String
    var children: [Node] = []
    var output: Int?
    init(_ name: String) { self.name = name }
  }

  init(_ table: [FieldMapping]) {
    self.table = table
    isMapped = Array(repeating: false, count: CloudflareField.all.count)
  }

  mutating func compile() {
    addOutputs()
    let hosts = Set(rows.filter { if case .host = $0.kind { true } else { false } }.map(\.source))
    // Only one host can be remembered at a time.
    if hosts.count == 1 { hostField = hosts.first! }
    addressField = rows.first { $0.kind == .address }?.source ?? -1
    timestampField =
      rows.first { if case .timestamp = $0.kind { true } else { false } }?.source ?? -1
    let prefixed = rows.filter { $0.kind == .prefixed }.map(\.source)
    prefixedFields = Array(Set(prefixed).sorted().prefix(DerivedSlot.mostPrefixed))
    let document = arrange()
    addGroup(document)
    // An object stands where its first value would, whether that one is there or not.
    looseOutputs = documentOrder.compactMap { output in
      looseOutputs.first { $0.output == output }
    }
  }

  // MARK: Rows

  /// Gathers the rows of each target.
  private mutating func addOutputs() {
    var targets: [String] = []
    for row in table where !targets.contains(row.target) { targets.append(row.target) }
    for target in targets {
      let isUnmapped = target == "*" || target.hasSuffix(".*")
      if isUnmapped {
        let object = String(target.dropLast())
        precondition(
          object.count > 1 && !targets.contains { $0 != target && $0.hasPrefix(object) },
          "\(target): members without a row need an object of their own")
      }
      let same = table.filter { $0.target == target }
      let first = same[0]
      precondition(
        same.allSatisfy { $0.type == first.type && $0.isArray == first.isArray },
        "rows of the target \(target) differ in type")
      let start = rows.count
      for row in same {
        if let fault = Self.fault(of: row) { preconditionFailure("\(target): \(fault)") }
        add(row)
      }
      let mode: Plan.Output.Mode =
        isUnmapped ? .unmapped : first.isArray && !first.transform.givesArray ? .collect : .first
      let name = target.split(separator: ".").last.map(String.init) ?? ""
      outputs.append(
        Plan.Output(
          mode: mode, rows: start..<rows.count, label: literal(JSONValue.string(name).json + ":")))
      heads.append(first)
    }
  }

  /// What is wrong with a row in itself, for whoever wrote it.
  private static func fault(of row: FieldMapping) -> String? {
    if row.target.isEmpty
      || row.target.split(separator: ".", omittingEmptySubsequences: false).contains("")
    {
      return "is no path of names"
    }
    guard row.transform.sourceCount.contains(row.sources.count) else {
      return "\(row.transform.name) does not read \(row.sources.count) fields"
    }
    let fits =
      switch row.transform.result {
      case .text: row.type.isText
      case .integer: row.type == .long
      case .texts: row.type.isText && row.isArray
      case .array: row.isArray
      case .object: row.type == .flattened && !row.isArray
      case .members: row.type == .flattened && row.target.hasSuffix("*")
      }
    return fits ? nil : "\(row.transform.name) does not give what the type says"
  }

  private mutating func add(_ row: FieldMapping) {
    let start = sourceIndices.count
    for field in row.sources {
      let index = self.index(of: field)
      sourceIndices.append(index)
      isMapped[index] = true
    }
    let parameters: String =
      switch row.transform.kind {
      case .constants, .eventType:
        JSONValue.array(row.transform.parameters.map { .string($0) }).json
      case .constant: JSONValue.string(row.transform.parameters[0]).json
      case .kind: row.transform.parameters.map { JSONValue.string($0).json }.joined()
      default:
        String(JSONValue.string(row.transform.parameters.joined()).json.dropFirst().dropLast())
      }
    rows.append(
      Plan.Row(
        kind: row.transform.kind, source: sourceIndices.count > start ? sourceIndices[start] : -1,
        sources: start..<sourceIndices.count, parameters: literal(parameters)))
  }

  private mutating func index(of field: CloudflareField) -> Int {
    if field.index >= 0 { return field.index }
    if let place = ownFields.firstIndex(of: field) { return CloudflareField.all.count + place }
    ownFields.append(field)
    isMapped.append(false)
    return isMapped.count - 1
  }

  private mutating func literal(_ text: String) -> Range<Int> { literal(Array(text.utf8)) }

  mutating func literal(_ text: [UInt8]) -> Range<Int> {
    literals += text
    return literals.count - text.count..<literals.count
  }

  // MARK: Order

  /// Puts the outputs into the order of the document.
  private mutating func arrange() -> Node {
    let root = Node("")
    var placed = Array(repeating: false, count: outputs.count)

    func place(_ index: Int) {
      placed[index] = true
      var node = root
      for name in heads[index].target.split(separator: ".") {
        precondition(node.output == nil, "\(heads[index].target): a part of it is a value")
        if let child = node.children.first(where: { $0.name == name && name != "*" }) {
          node = child
        } else {
          let child = Node(String(name))
          node.children.append(child)
          node = child
        }
      }
      precondition(
        node.output == nil && node.children.isEmpty, "\(heads[index].target): is an object too")
      node.output = index
    }

    for entry in ECSSchema().entries {
      switch entry.kind {
      case .text, .integer, .texts:
        let found = outputs.indices.first {
          heads[$0].target == entry.path && Self.fits(heads[$0], entry.kind)
        }
        outputOfLeaf.append(found ?? -1)
        if let found { place(found) }
      case .tree, .trees, .endOfGroup:
        let prefix = entry.path.isEmpty ? "" : entry.path + "."
        for index in outputs.indices
        where !placed[index] && heads[index].target.hasPrefix(prefix) {
          place(index)
          looseOutputs.append((index, heads[index].target.split(separator: ".").map(String.init)))
        }
      }
    }
    return root
  }

  private static func fits(_ output: FieldMapping, _ kind: ECSSchema.Kind) -> Bool {
    switch kind {
    case .text: output.type.isText && !output.isArray
    case .integer: output.type == .long && !output.isArray
    case .texts: output.type.isText && output.isArray && output.transform.result != .array
    case .tree, .trees, .endOfGroup: false
    }
  }
}
