/// Finds the expressions that hold for one record after the other.
struct ExpressionEvaluator: ~Copyable, Sendable {
  private(set) var deriver: Deriver
  private let compiled: CompiledExpressions
  private let gate: TargetGate?
  private let always: [UInt64]
  /// A bit for each expression that may hold.
  private var candidates: [UInt64]
  /// The indices of the expressions that hold for the record that was evaluated last.
  private(set) var holding: [Int] = []

  init(_ compiled: CompiledExpressions) {
    deriver = Deriver(compiled.plan)
    self.compiled = compiled
    gate = compiled.gate.first
    always = compiled.gate.always
    candidates = always
  }

  /// Finds the expressions that hold for a record (``holding``).
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  mutating func evaluate(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    derive(record, text, escaped: escaped)
    evaluateDerived(record, text, escaped: escaped)
  }

  /// Derives the values of a record, those that expressions need and the others of the plan.
  @inline(__always)
  mutating func derive(_ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>) {
    deriver.derive(record, text, escaped: escaped)
  }

  /// As ``evaluate(_:_:escaped:)``, for the record whose values were derived last.
  mutating func evaluateDerived(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) {
    for word in candidates.indices { candidates[word] = always[word] }
    gate?.scan(&deriver, record, text, escaped, into: &candidates)
    if !holding.isEmpty { holding.removeAll(keepingCapacity: true) }
    for word in candidates.indices {
      var bits = candidates[word]
      while bits != 0 {
        let index = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        if compiled.gate.isExact[index] || holds(compiled.starts[index], record, text, escaped) {
          holding.append(index)
        }
      }
    }
  }

  private func holds(
    _ index: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    let node = compiled.nodes[index]
    switch node.operation {
    case .test(let test): return holds(compiled.tests[test], record, text, escaped)
    case .equalTargets(let one, let other, let isCased):
      return !texts(of: compiled.tests[one], record, text, escaped, isCased)
        .isDisjoint(with: texts(of: compiled.tests[other], record, text, escaped, isCased))
    case .not: return !holds(index &+ 1, record, text, escaped)
    case .all, .any:
      let decisive = if case .any = node.operation { true } else { false }
      var part = index &+ 1
      while part < node.end {
        if holds(part, record, text, escaped) == decisive { return decisive }
        part = compiled.nodes[part].end
      }
      return !decisive
    }
  }

  private func holds(
    _ test: TargetTest, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    withValue(of: test, record, text, escaped) { test.holds($0, $1) } ?? test.holdsIfAbsent
  }

  private func texts(
    of test: TargetTest, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ isCased: Bool
  ) -> Set<[UInt8]> {
    let texts = withValue(of: test, record, text, escaped) { test.texts($0, $1) } ?? []
    return Set(texts.map { text in text.utf8.map { isCased ? $0 : $0.lowercased } })
  }

  /// Calls a closure with the value of a target, as a range of a text; nil if it has none or an empty one.
  private func withValue<Result>(
    of test: TargetTest, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    if let constant = test.constant { return body(constant.span, 0..<constant.count) }
    if deriver.value(of: test.target, record).count == 0 { return nil }
    return deriver.withValue(of: test.target, record, text, escaped, body)
  }
}
