/// Targets that have no property of their own, in the objects that they are in.
///
/// The objects and values are in one list, each object before what is in it, so that filling retains nothing but what is
/// filled:
///
///     a.b, a.c.d, e     →     a {   b   c {   d   e
///     end                     4     2   4     4   5
struct ValueTree: Sendable {
  private struct Node {
    let name: String
    /// The target of a value; -1 for an object.
    let target: Int
    /// The index after the last node that is inside.
    var end = 0
    /// The number of nodes that are inside, but not inside an inner object.
    var count = 0
  }

  /// Of many members, most are absent.
  private static let mostReserved = 16

  private var nodes: [Node] = []
  /// The number of nodes that are in no object.
  private var count = 0
  /// The objects that the last value is in.
  private var open: [Int] = []

  var isEmpty: Bool { nodes.isEmpty }

  /// Adds a target; those of one object are next to each other.
  mutating func add(_ target: Int, at path: ArraySlice<String>) {
    let objects = path.dropLast()
    let shared = zip(open, objects).prefix { nodes[$0].name == $1 }.count
    open.removeLast(open.count - shared)
    for name in objects.dropFirst(shared) {
      append(Node(name: name, target: -1))
      open.append(nodes.count - 1)
    }
    append(Node(name: path.last!, target: target))
    for index in open + [nodes.count - 1] { nodes[index].end = nodes.count }
  }

  private mutating func append(_ node: Node) {
    if let object = open.last { nodes[object].count += 1 } else { count += 1 }
    nodes.append(node)
  }

  /// Adds the values to an object, which has none of their names.
  func fill(_ object: inout JSONObject, from values: borrowing DocumentFiller) {
    fill(&object, 0..<nodes.count, count: count, from: values)
  }

  private func fill(
    _ object: inout JSONObject, _ range: Range<Int>, count: Int,
    from values: borrowing DocumentFiller
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let (target, end) = (nodes[index].target, nodes[index].end)
      var value: JSONValue?
      if target >= 0 {
        value = values.value(of: target)
      } else {
        var inner = JSONObject()
        fill(&inner, (index &+ 1)..<end, count: nodes[index].count, from: values)
        if !inner.isEmpty { value = .object(inner) }
      }
      if let value {
        if object.isEmpty { object.reserve(min(count, Self.mostReserved)) }
        object.append(JSONObject.Member(name: nodes[index].name, value: value))
      }
      index = end
    }
  }
}
