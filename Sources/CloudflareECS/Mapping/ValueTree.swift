/// Targets that have no property of their own, in the objects that they are in.
struct ValueTree: Sendable {
  private let name: String
  /// The target of a value; -1 for an object.
  private var target = -1
  private var children: [ValueTree] = []

  init(_ name: String = "") { self.name = name }

  var isEmpty: Bool { children.isEmpty }

  /// Adds a target; those of one object are next to each other.
  mutating func add(_ target: Int, at path: ArraySlice<String>) {
    guard let name = path.first else {
      self.target = target
      return
    }
    if let last = children.indices.last, children[last].name == name {
      children[last].add(target, at: path.dropFirst())
    } else {
      var child = ValueTree(name)
      child.add(target, at: path.dropFirst())
      children.append(child)
    }
  }

  /// Adds the values to an object, which has none of their names.
  func fill(_ object: inout JSONObject, from values: borrowing DocumentFiller) {
    if children.count > 4 { object.reserve(children.count) }
    // By index, as a child that is taken out is retained.
    for index in children.indices {
      if children[index].target < 0 {
        var inner = JSONObject()
        children[index].fill(&inner, from: values)
        if inner.isEmpty { continue }
        object.append(JSONObject.Member(name: children[index].name, value: .object(inner)))
      } else if let value = values.value(of: children[index].target) {
        object.append(JSONObject.Member(name: children[index].name, value: value))
      }
    }
  }
}
