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

  private(set) var scanners: [LiteralScanner] = []
  /// The expressions that are always candidates, one bit each.
  private var always: [UInt64]

  init(_ starts: [Int], _ nodes: [CompiledExpressions.Node], _ tests: [TargetTest]) {
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
    for (target, literals) in byTarget.sorted(by: { $0.key < $1.key }) {
      // A scanner skips as many bytes as its shortest literal allows, so the short ones have their own.
      let short = literals.filter { $0.key.count < 5 }
      let long = literals.filter { $0.key.count >= 5 }
      for group in [short, long] where !group.isEmpty {
        scanners.append(LiteralScanner(target: target, group))
      }
    }
  }

  /// Sets the candidates to those that need no literal.
  @inline(__always)
  func begin(_ candidates: inout [UInt64]) {
    candidates.removeAll(keepingCapacity: true)
    candidates.append(contentsOf: always)
  }

  /// Adds the expressions for which a value has a literal.
  func scan(
    _ scanner: Int, _ text: Span<UInt8>, _ range: Range<Int>, into candidates: inout [UInt64]
  ) {
    // An escaped value has other bytes than the literals.
    if text.firstOffset(of: .backslash, in: range) < range.upperBound {
      scanners[scanner].addAll(to: &candidates)
    } else {
      scanners[scanner].scan(text, range, into: &candidates)
    }
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
      // The part whose shortest literal is the longest.
      func shortest(_ literals: [Literal]) -> Int { literals.map(\.text.count).min() ?? .max }
      return parts.compactMap(\.self).max { shortest($0) < shortest($1) }
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
    case .expressions(let expressions): expressions.map(\.requiredText)
    }
  }
}
