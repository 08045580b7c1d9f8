/// Finds the rules that may fire on an event, from the lengths and the outer bytes of its values.
///
/// Nearly every event fires no rule, so the common case is to rule all of them out quickly. Each rule
/// has one bit, and a few tests of which at least one must pass for the rule to fire (for `all`, the
/// tests of one of its parts). Each field of such tests has five tables of bits: for the first two bytes
/// of the value, for its last two, and for its length. A rule is a candidate if its bit is set in all
/// five entries for a value; the candidates' conditions are then evaluated.
///
/// A rule that may fire although no test passes, as with `not`, is always a candidate. With more than 64
/// rules, some share a bit.
struct ConditionGate: Sendable {
  /// A test that a rule needs, reduced to the outer bytes and the length of the value.
  private struct NeededTest {
    var field: DetectionField
    /// The first two bytes and the last two; nil where the test allows any byte.
    var bytes: [UInt8?]
    /// The smallest length of the value.
    var count: Int
    /// Whether the value has exactly that length.
    var isWhole: Bool
  }

  /// A field that has tables, and the index of its value in a record.
  private struct GatedField {
    var field: DetectionField
    var recordIndex: Int
  }

  private static let lengths = 256
  private static let size = 4 * 256 + lengths

  private var fields: [GatedField] = []
  /// The tables: ``size`` elements for each field.
  private var tables: [UInt64] = []
  /// The bits of the rules that are always candidates.
  private var always: UInt64 = 0

  /// Makes a gate from the conditions of rules. A rule without a condition is never a candidate.
  init(_ conditions: [Condition?]) {
    for (rule, condition) in conditions.enumerated() {
      guard let condition else { continue }
      let bit = Self.bit(of: rule)
      guard let needed = Self.needed(by: condition) else {
        always |= bit
        continue
      }
      for test in needed { add(test, bit) }
    }
  }

  /// The bit of the rule with an index.
  static func bit(of rule: Int) -> UInt64 { 1 &<< UInt64(rule & 63) }

  /// The bits of the rules that may fire.
  @inline(__always)
  func candidates(_ event: borrowing Record, _ text: Span<UInt8>) -> UInt64 {
    var candidates = always
    let tables = tables.span
    var table = 0
    let fields = fields.span
    for index in fields.indices {
      let value = DetectionSubject.value(
        of: fields[index].field, at: fields[index].recordIndex, event, text)
      if !value.isEmpty {
        let (first, last) = (value.lowerBound, value.upperBound &- 1)
        candidates |=
          tables[table &+ Int(text[first])]
          & tables[table &+ 256 &+ Int(text[min(first &+ 1, last)])]
          & tables[table &+ 512 &+ Int(text[max(last &- 1, first)])]
          & tables[table &+ 768 &+ Int(text[last])]
          & tables[table &+ 1024 &+ min(value.count, Self.lengths &- 1)]
        if fields[index].field == .action, Self.mayEndInEscape(text, first, last) { return ~0 }
      }
      table &+= Self.size
    }
    return candidates
  }

  /// Whether the last byte of a value may belong to an escape, as in `block\n` or `block\u000b`. It is then not the last
  /// letter of an action.
  @inline(__always)
  private static func mayEndInEscape(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
    text[max(last &- 1, first)] == .backslash || text[max(last &- 5, first)] == .backslash
  }

  private mutating func add(_ test: NeededTest, _ bit: UInt64) {
    let known = fields.firstIndex { $0.field == test.field }
    let index = known ?? fields.count
    if known == nil {
      fields.append(GatedField(field: test.field, recordIndex: test.field.source.index))
      tables += [UInt64](repeating: 0, count: Self.size)
    }
    for (number, needed) in test.bytes.enumerated() {
      for byte in UInt8.min...UInt8.max {
        // In an action only letters are compared, so any other byte may be there.
        let isPassed =
          needed == nil || needed == byte.lowercased || test.field == .action && !byte.isLetter
        if isPassed { tables[index * Self.size + number * 256 + Int(byte)] |= bit }
      }
    }
    let shortest = min(test.count, Self.lengths - 1)
    let longest = test.isWhole && test.field != .action ? shortest : Self.lengths - 1
    for length in shortest...longest { tables[index * Self.size + 1024 + length] |= bit }
  }

  /// Tests of which at least one passes if the condition holds; nil if it may hold without any.
  private static func needed(by condition: Condition) -> [NeededTest]? {
    func test(_ field: DetectionField, _ text: String, _ isFirst: Bool, _ isLast: Bool)
      -> NeededTest
    {
      let bytes = field.folded(text)
      func byte(_ isKnown: Bool, _ offset: Int) -> UInt8? {
        isKnown && bytes.indices.contains(offset) ? bytes[offset] : nil
      }
      // In an action, other bytes may stand between the letters.
      let isSecondKnown = field != .action
      return NeededTest(
        field: field,
        bytes: [
          byte(isFirst, 0), byte(isFirst && isSecondKnown, 1),
          byte(isLast && isSecondKnown, bytes.count - 2), byte(isLast, bytes.count - 1),
        ], count: bytes.count, isWhole: isFirst && isLast)
    }
    switch condition {
    case .equals(let field, let text): return [test(field, text, true, true)]
    case .startsWith(let field, let text): return [test(field, text, true, false)]
    case .endsWith(let field, let text): return [test(field, text, false, true)]
    case .contains(let field, let text): return [test(field, text, false, false)]
    case .matches(let field, _): return [test(field, "", false, false)]
    case .oneOf(let field, let texts): return texts.map { test(field, $0, true, true) }
    case .any(let parts):
      let needed = parts.map(needed)
      return needed.contains { $0 == nil } ? nil : needed.flatMap { $0 ?? [] }
    case .all(let parts):
      // Choose the part whose shortest text is the longest: it passes least often.
      func shortest(_ tests: [NeededTest]) -> Int { tests.map(\.count).min() ?? .max }
      return parts.compactMap(needed).max { shortest($0) < shortest($1) }
    case .not: return nil
    }
  }
}
