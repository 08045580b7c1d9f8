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

  /// Adds the values to an object.
  ///
  /// Members without a row may have the name of something else. Of the two the later one stays, except
  /// for a value in the outermost object.
  func fill(
    _ object: inout JSONObject, from values: borrowing DocumentFiller, isOutermost: Bool = true
  ) {
    if children.count > 4 { object.reserve(children.count) }
    var mayCollide = !object.isEmpty
    for place in children.indices {
      let output = children[place].output
      if output < 0 {
        fillGroup(children[place], in: &object, from: values, mayCollide)
      } else if let value = values.value(of: output) {
        if children[place].isRest {
          Self.add(value.object?.members ?? [], to: &object)
          mayCollide = true
        } else if mayCollide, !isOutermost {
          object[children[place].name] = value
        } else {
          object.append(JSONObject.Member(name: children[place].name, value: value))
        }
      }
    }
  }

  private func fillGroup(
    _ group: ValueTree, in object: inout JSONObject, from values: borrowing DocumentFiller,
    _ mayCollide: Bool
  ) {
    var inner = (mayCollide ? object[group.name]?.object : nil) ?? JSONObject()
    group.fill(&inner, from: values, isOutermost: false)
    if inner.isEmpty { return }
    if mayCollide {
      object[group.name] = .object(inner)
    } else {
      object.append(JSONObject.Member(name: group.name, value: .object(inner)))
    }
  }

  private static func add(_ members: [JSONObject.Member], to object: inout JSONObject) {
    if members.count <= 8 {
      for member in members { object[member.name] = member.value }
    } else {
      // One by one, the time would grow with the square of their number.
      object = JSONObject(lastOfEach: object.members + members)
    }
  }
}
