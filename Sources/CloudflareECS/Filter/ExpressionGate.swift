/// Rules out most expressions for a record: an expression needs one of a few literals, and those of all expressions are
/// searched at once in each value (``LiteralScanner``).
///
/// An expression for which no such literals are known, as with `not` or a number, is always a candidate.
struct ExpressionGate: Sendable {
  /// A literal that a value needs to contain.
  private struct Literal: Hashable {
    let target: Int
    let text: [UInt8]
  }

  /// The shortest literal that is searched.
  private static let least = 2

  /// The searches, one for each target that has literals.
  private(set) var targets: [TargetGate] = []
  /// The expressions that are always candidates, one bit each.
  private(set) var always: [UInt64]

  init(
    _ starts: [Int], _ nodes: [CompiledExpressions.Node], _ tests: [TargetTest], _ plan: Plan
  ) {
    always = Array(repeating: 0, count: (starts.count + 63) / 64)
    var byTarget: [Int: [[UInt8]: [Int]]] = [:]
    for (index, start) in starts.enumerated() {
      guard let literals = Self.needed(start, nodes, tests) else {
        always[index / 64] |= 1 << UInt64(index % 64)
        continue
      }
      for literal in Set(literals) {
        byTarget[literal.target, default: [:]][literal.text, default: []].append(index)
      }
    }
    targets = byTarget.sorted { $0.key < $1.key }
      .map { TargetGate($0.key, plan.targets[$0.key].shape, $0.value) }
  }

  /// Literals of which a value has one if the expression holds; nil if it may hold without any.
  private static func needed(
    _ index: Int, _ nodes: [CompiledExpressions.Node], _ tests: [TargetTest]
  ) -> [Literal]? {
    var parts: [[Literal]?] = []
    var part = index + 1
    while part < nodes[index].end {
      parts.append(needed(part, nodes, tests))
      part = nodes[part].end
    }
    switch nodes[index].operation {
    case .equalTargets, .not: return nil
    case .any: return parts.contains { $0 == nil } ? nil : parts.flatMap { $0! }
    case .all:
      func rarity(_ literals: [Literal]) -> Int { LiteralScanner.rarity(of: literals.map(\.text)) }
      return parts.compactMap(\.self).max { rarity($0) < rarity($1) }
    case .test(let index):
      let test = tests[index]
      guard test.constant == nil, let texts = test.requiredTexts,
        texts.allSatisfy({ $0.count >= least })
      else { return nil }
      return texts.map { Literal(target: test.target, text: $0) }
    }
  }
}

extension TargetTest {
  /// Texts of which a matching value contains one, letters A–Z in lower case; nil if they are not known.
  fileprivate var requiredTexts: [[UInt8]]? {
    switch operands {
    case .none, .numbers, .times, .addresses: nil
    case .texts(let texts): texts
    case .globs(let globs): globs.map(\.requiredText)
    case .expressions(let expressions):
      expressions.contains { $0.requiredTexts.isEmpty } ? nil : expressions.flatMap(\.requiredTexts)
    }
  }
}
