/// Puts targets into the order of the document: that of ``ECSEvent``'s fields, and targets that have no
/// property there at the end of their object, in the order of the table. An object in place of a group (`event.*`)
/// is where the group is.
struct DocumentOrder {
  private(set) var outputs: [PlanCompiler.Output] = []
  /// The place of the target of each leaf of the schema, or -1.
  private(set) var targetOfLeaf: [Int] = []

  init(_ unordered: [PlanCompiler.Output], _ table: [FieldMapping]) {
    let paths = unordered.map { $0.path.joined(separator: ".") }
    var isPlaced = Array(repeating: false, count: unordered.count)
    var placed: [Int] = []
    var leaves: [Int?] = []
    for entry in ECSSchema().entries {
      switch entry.kind {
      case .text, .integer, .texts:
        let found = unordered.indices.first {
          paths[$0] == entry.path
            && Self.fits(table[unordered[$0].places[0]], entry.kind)
        }
        leaves.append(found)
        if let found {
          isPlaced[found] = true
          placed.append(found)
        }
      case .tree, .trees, .endOfGroup:
        let prefix = entry.path.isEmpty ? "" : entry.path + "."
        for index in unordered.indices
        where !isPlaced[index]
          && (paths[index].hasPrefix(prefix)
            || entry.kind == .endOfGroup && paths[index] == entry.path
              && table[unordered[index].places[0]].type == .flattened)
        {
          isPlaced[index] = true
          placed.append(index)
        }
      }
    }
    outputs = Self.grouped(placed.map { unordered[$0] }[...], depth: 0)
    let places = Dictionary(
      uniqueKeysWithValues: outputs.enumerated().map { ($0.element.path, $0.offset) })
    targetOfLeaf = leaves.map { leaf in leaf.flatMap { places[unordered[$0].path] } ?? -1 }
  }

  /// An object is where its first value is: the others of the object follow it.
  private static func grouped(
    _ outputs: ArraySlice<PlanCompiler.Output>, depth: Int
  ) -> [PlanCompiler.Output] {
    var grouped: [PlanCompiler.Output] = []
    var rest = outputs
    while let first = rest.first {
      if first.path.count == depth + 1 {
        grouped.append(rest.removeFirst())
      } else {
        let same = rest.filter { $0.path.count > depth + 1 && $0.path[depth] == first.path[depth] }
        grouped += Self.grouped(same[...], depth: depth + 1)
        rest =
          rest.filter { $0.path.count <= depth + 1 || $0.path[depth] != first.path[depth] }[...]
      }
    }
    return grouped
  }

  private static func fits(_ row: FieldMapping, _ kind: ECSSchema.Kind) -> Bool {
    switch kind {
    case .text: row.type.isText && !row.isArray
    case .integer: row.type == .long && !row.isArray
    case .texts: row.type.isText && row.isArray && row.transform.result != .array
    case .tree, .trees, .endOfGroup: false
    }
  }
}
