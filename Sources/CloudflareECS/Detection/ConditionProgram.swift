/// A compiled condition: a flat list of tests and operators, each operator before its operands.
///
/// A test compares case-folded bytes with the contents of a JSON string without decoding it. A text is
/// always escaped to the same bytes, so equal texts have equal bytes. The reverse does not hold: `\n`
/// ends with the byte `n`, but the value does not. So if the bytes match and the value has an escape,
/// the value is decoded and compared again. Nothing is decoded for a miss.
struct ConditionProgram: Sendable {
  private enum Operation {
    case equals, oneOf, contains, startsWith, endsWith, matches, all, any, not
  }

  private struct Node {
    var operation: Operation
    var field = DetectionField.action
    /// The offset and length of a test's text in `needles`. For `matches`, `start` is an index in
    /// `patterns`. The texts of `oneOf` are `equals` nodes after it, the shortest first.
    var start = 0
    var count = 0
    /// The index of the node after this one and its operands.
    var end = 0
  }

  private var nodes: [Node] = []
  private var needles: [UInt8] = []
  private var patterns: [TextPattern] = []

  init(_ condition: Condition) { add(condition) }

  private mutating func add(_ condition: Condition) {
    switch condition {
    case .equals(let field, let text): add(.equals, field, field.folded(text))
    case .contains(let field, let text): add(.contains, field, field.folded(text))
    case .startsWith(let field, let text): add(.startsWith, field, field.folded(text))
    case .endsWith(let field, let text): add(.endsWith, field, field.folded(text))
    case .oneOf(let field, let texts):
      let index = nodes.count
      nodes.append(Node(operation: .oneOf, field: field))
      let folded = texts.map { field.folded($0) }
      for text in folded.sorted(by: Self.precedes) { add(.equals, field, text) }
      nodes[index].end = nodes.count
    case .matches(let field, let pattern):
      nodes.append(
        Node(operation: .matches, field: field, start: patterns.count, end: nodes.count + 1))
      patterns.append(pattern)
    case .all(let parts): add(.all, parts)
    case .any(let parts): add(.any, parts)
    case .not(let part): add(.not, [part])
    }
  }

  private static func precedes(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count != other.count ? one.count < other.count : one.lexicographicallyPrecedes(other)
  }

  private mutating func add(_ operation: Operation, _ parts: [Condition]) {
    let index = nodes.count
    nodes.append(Node(operation: operation))
    for part in parts { add(part) }
    nodes[index].end = nodes.count
  }

  private mutating func add(_ operation: Operation, _ field: DetectionField, _ text: [UInt8]) {
    let start = needles.count
    needles += text
    nodes.append(
      Node(
        operation: operation, field: field, start: start, count: text.count, end: nodes.count + 1))
  }

  /// Whether the condition holds for a subject, whose values are slices of `text`.
  func holds(for subject: borrowing DetectionSubject, in text: Span<UInt8>) -> Bool {
    holds(0, nodes.span, needles.span, subject, text)
  }

  private func holds(
    _ index: Int, _ nodes: Span<Node>, _ needles: Span<UInt8>,
    _ subject: borrowing DetectionSubject, _ text: Span<UInt8>
  ) -> Bool {
    let node = nodes[index]
    switch node.operation {
    case .all, .any:
      // `any` ends at the first operand that holds, `all` at the first that does not.
      let decisive = node.operation == .any
      var part = index &+ 1
      while part < node.end {
        if holds(part, nodes, needles, subject, text) == decisive { return decisive }
        part = nodes[part].end
      }
      return !decisive
    case .not:
      return !holds(index &+ 1, nodes, needles, subject, text)
    case .oneOf:
      let value = subject[node.field]
      return node.field == .action
        ? isOne(of: (index &+ 1)..<node.end, nodes, needles, subject.action.span, value)
        : isOne(of: (index &+ 1)..<node.end, nodes, needles, text, value)
    case .matches, .equals, .contains, .startsWith, .endsWith:
      let value = subject[node.field]
      if value.isEmpty { return false }
      if node.field == .action { return test(node, needles, subject.action.span, value) }
      let isMatch = test(node, needles, text, value)
      guard isMatch || node.operation == .matches else { return false }
      let hasEscape = text.firstOffset(of: .backslash, in: value) < value.upperBound
      return hasEscape ? testDecoded(node, text, value) : isMatch
    }
  }

  @inline(__always)
  private func test(
    _ node: Node, _ needles: Span<UInt8>, _ text: Span<UInt8>, _ value: Range<Int>
  ) -> Bool {
    let count = node.count
    switch node.operation {
    case .matches:
      return patterns[node.start].matches(text, value)
    case .equals:
      return value.count == count && equals(node, needles, text, at: value.lowerBound)
    case .startsWith:
      return value.count >= count && equals(node, needles, text, at: value.lowerBound)
    case .endsWith:
      return value.count >= count && equals(node, needles, text, at: value.upperBound &- count)
    case .contains:
      var start = value.lowerBound
      while start &+ count <= value.upperBound {
        if equals(node, needles, text, at: start) { return true }
        start &+= 1
      }
      return false
    case .oneOf, .all, .any, .not:
      return false
    }
  }

  /// Whether a value equals one of the texts, by binary search. Nothing needs decoding: equal texts have
  /// equal escapes, and letters in escapes are in lower case.
  private func isOne(
    of texts: Range<Int>, _ nodes: Span<Node>, _ needles: Span<UInt8>, _ text: Span<UInt8>,
    _ value: Range<Int>
  ) -> Bool {
    if value.isEmpty { return false }
    var (low, high) = (texts.lowerBound, texts.upperBound)
    while low < high {
      let middle = (low &+ high) / 2
      let order = order(of: nodes[middle], needles, text, value)
      if order == 0 { return true }
      if order < 0 { low = middle &+ 1 } else { high = middle }
    }
    return false
  }

  /// Negative if a node's text is ordered before a value, positive if after, 0 if equal.
  private func order(
    of node: Node, _ needles: Span<UInt8>, _ text: Span<UInt8>, _ value: Range<Int>
  ) -> Int {
    if node.count != value.count { return node.count &- value.count }
    for offset in 0..<node.count {
      let byte = text[value.lowerBound &+ offset].lowercased
      let needle = needles[node.start &+ offset]
      if needle != byte { return Int(needle) &- Int(byte) }
    }
    return 0
  }

  @inline(__always)
  private func equals(
    _ node: Node, _ needles: Span<UInt8>, _ text: Span<UInt8>, at start: Int
  ) -> Bool {
    for offset in 0..<node.count
    where text[start &+ offset].lowercased != needles[node.start &+ offset] {
      return false
    }
    return true
  }

  /// Runs a test with both text and value decoded.
  private func testDecoded(_ node: Node, _ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    var plain = OutputBuffer(minimumCapacity: 256)
    plain.appendPlain(text, content: value)
    var needle = OutputBuffer(minimumCapacity: 64)
    var decoded = node
    decoded.start = node.operation == .matches ? node.start : 0
    if node.operation != .matches {
      needle.appendPlain(needles.span, content: node.start..<(node.start + node.count))
    }
    decoded.count = needle.count
    return plain.withSpan { plain in
      needle.withSpan { test(decoded, $0, plain, 0..<plain.count) }
    }
  }
}
