/// Outputs that have no property of their own, in the objects that they stand in.
struct ValueTree: Sendable {
  private let name: String
  /// The output of a value, or of all members without a row; -1 for an object.
  private var output = -1
  /// Whether the output is members of the object around it.
  private var isRest = false
  private var children: [ValueTree] = []

  init(_ name: String = "") { self.name = name }

  var isEmpty: Bool { children.isEmpty }

  /// Adds an output; those of one object stand together.
  mutating func add(_ output: Int, at path: ArraySlice<String>) {
    guard let name = path.first else {
      self.output = output
      isRest = self.name == "*"
      return
    }
    if let last = children.indices.last, children[last].name == name, name != "*" {
      children[last].add(output, at: path.dropFirst())
    } else {
      var child = ValueTree(name)
      child.add(output, at: path.dropFirst())
      children.append(child)
    }
  }

  /// Adds the values to an object, which has none of their names: members without a row that would take one
  /// are left out by the engine.
  func fill(_ object: inout JSONObject, from values: borrowing DocumentFiller) {
    if children.count > 4 { object.reserve(children.count) }
    // By place, as a child that is taken out is retained.
    for place in children.indices {
      let output = children[place].output
      if output < 0 {
        var inner = JSONObject()
        children[place].fill(&inner, from: values)
        if inner.isEmpty { continue }
        object.append(JSONObject.Member(name: children[place].name, value: .object(inner)))
      } else if let value = values.value(of: output) {
        if children[place].isRest {
          for member in value.object?.members ?? [] { object.append(member) }
        } else {
          object.append(JSONObject.Member(name: children[place].name, value: value))
        }
      }
    }
  }
}
