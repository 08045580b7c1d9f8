/// Finds the entry with the lowest count, the one with the lowest index among several: a binary heap.
///
/// Counts only increase, and most entries are never the lowest. So a node keeps the count that its entry had when it
/// was last looked at, and is brought up to date only when it comes to the top.
struct LowestCounts: Sendable {
  private struct Node: Sendable {
    var count: Int
    var index: UInt32

    func isBelow(_ other: Node) -> Bool {
      count < other.count || count == other.count && index < other.index
    }
  }

  private var nodes: [Node]

  init(_ entries: [ValueCounter.Entry]) {
    nodes = entries.enumerated().map { Node(count: $1.count, index: UInt32($0)) }
    for place in stride(from: nodes.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  mutating func add(_ index: Int, count: Int) {
    nodes.append(Node(count: count, index: UInt32(index)))
    var place = nodes.count - 1
    while place > 0, nodes[place].isBelow(nodes[(place - 1) / 2]) {
      nodes.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Removes the entry with the lowest count; nil if there is none.
  mutating func removeLowest(_ entries: [ValueCounter.Entry]) -> Int? {
    while let top = nodes.first {
      let index = Int(top.index)
      if entries[index].count == top.count {
        nodes[0] = nodes[nodes.count - 1]
        nodes.removeLast()
        sink(0)
        return index
      }
      nodes[0].count = entries[index].count
      sink(0)
    }
    return nil
  }

  private mutating func sink(_ start: Int) {
    guard start < nodes.count else { return }
    let node = nodes[start]
    var place = start
    while 2 &* place &+ 1 < nodes.count {
      var child = 2 &* place &+ 1
      if child &+ 1 < nodes.count, nodes[child &+ 1].isBelow(nodes[child]) { child &+= 1 }
      if node.isBelow(nodes[child]) { break }
      nodes[place] = nodes[child]
      place = child
    }
    nodes[place] = node
  }
}
