/// The fields of ``ECSEvent``, in the order of its documents.
struct ECSSchema: Sendable {
  enum Kind { case text, integer, texts, tree, trees, endOfGroup }
  struct Entry { var path: String; var kind: Kind }

  /// Leaves in the order of a visit; an `endOfGroup` follows the leaves of each group.
  let entries: [Entry]

  init() {
    var lister = Lister()
    var event = ECSEvent()
    event.visit(&lister)
    entries = lister.entries + [Entry(path: "", kind: .endOfGroup)]
  }

  private struct Lister: ECSFieldVisitor {
    var entries: [Entry] = []
    var prefix = ""

    private mutating func add(_ name: String, _ kind: Kind) {
      entries.append(Entry(path: prefix + name, kind: kind))
    }
    mutating func field(_ name: String, _ value: inout String?) { add(name, .text) }
    mutating func field(_ name: String, _ value: inout Int64?) { add(name, .integer) }
    mutating func field(_ name: String, _ value: inout [String]) { add(name, .texts) }
    mutating func field(_ name: String, _ value: inout JSONObject) { add(name, .tree) }
    mutating func field(_ name: String, _ value: inout [JSONObject]) { add(name, .trees) }
    mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
      let outer = prefix
      prefix += name + "."
      value.visit(&self)
      prefix = outer
      add(name, .endOfGroup)
    }
  }
}
