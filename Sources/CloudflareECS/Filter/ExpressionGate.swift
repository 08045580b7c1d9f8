/// Rules out most expressions for a record: an expression needs one of a few texts in the value of a target, or at least
/// a value, and those of all expressions are searched at once in each value (``TargetGate``).
///
/// An expression that may hold without any value, as with `not`, is always a candidate.
struct ExpressionGate: Sendable {
  /// A text that the value of a target needs to have.
  private struct Need: Hashable {
    let target: Int
    let text: RequiredText
  }

  /// The gate of the first target that has texts. Each gate has the next one; nil if no target has texts.
  private(set) var first: TargetGate?
  /// The expressions that are always candidates, one bit each.
  private(set) var always: [UInt64]
  /// By expression, whether it holds if it is a candidate: it asks whether a value equals one of some texts.
  let isExact: [Bool]

  init(
    _ starts: [Int], _ nodes: [CompiledExpressions.Node], _ tests: [TargetTest], _ plan: Plan
  ) {
    always = Array(repeating: 0, count: (starts.count + 63) / 64)
    isExact = starts.map { start in
      guard case .test(let index) = nodes[start].operation else { return false }
      return tests[index].hasExactTexts
    }
    var byTarget: [Int: [RequiredText: [Int]]] = [:]
    for (index, start) in starts.enumerated() {
      guard let needs = Self.needed(start, nodes, tests) else {
        always[index / 64] |= 1 << UInt64(index % 64)
        continue
      }
      for need in Set(needs) {
        byTarget[need.target, default: [:]][need.text, default: []].append(index)
      }
    }
    for (target, texts) in byTarget.sorted(by: { $0.key > $1.key }) {
      first = TargetGate(target, of: plan, texts, next: first)
    }
  }

  /// Texts of which a value has one if the expression holds; nil if it may hold without any.
  private static func needed(
    _ index: Int, _ nodes: [CompiledExpressions.Node], _ tests: [TargetTest]
  ) -> [Need]? {
    var parts: [[Need]?] = []
    var part = index + 1
    while part < nodes[index].end {
      parts.append(needed(part, nodes, tests))
      part = nodes[part].end
    }
    switch nodes[index].operation {
    case .equalTargets, .not: return nil
    case .any: return parts.contains { $0 == nil } ? nil : parts.flatMap { $0! }
    case .all:
      func rarity(_ needs: [Need]) -> Int { RequiredText.rarity(of: needs.map(\.text)) }
      return parts.compactMap(\.self).max { rarity($0) < rarity($1) }
    case .test(let index):
      let test = tests[index]
      let texts = test.requiredTexts
      return texts.isEmpty ? nil : texts.map { Need(target: test.target, text: $0) }
    }
  }
}
