/// Which rules may fire on an event, told by the length and the outer bytes of its values.
///
/// Nearly every event fires nothing, so the question that counts is whether one has to be looked at.
/// Each rule gets a few tests one of which it needs (of the parts of `all`, those of one part), and a
/// bit. For each field that such tests ask about there are five tables of bits: by the first two bytes
/// of the value, by its last two, and by its length. The rules whose bit is in all are asked for good.
///
/// Rules that may fire where no test passes, as `not` does, are always asked. With more than 64 rules
/// some share a bit.
struct ConditionGate: Sendable {
  /// A test that a rule needs, as far as its outside goes.
  private struct Outside {
    var field: DetectionField
    /// The first two bytes and the last two, as far as the test says something of them.
    var bytes: [UInt8?]
    var count: Int
    var isWhole: Bool
  }

  /// A field that has tables, and its index in an event.
  private struct Door {
    var field: DetectionField
    var source: Int
  }

  private static let lengths = 256
  private static let size = 4 * 256 + lengths

  private var doors: [Door] = []
  /// ``size`` elements for each of them.
  private var tables: [UInt64] = []
  /// The rules that are always asked.
  private var always: UInt64 = 0

  /// A gate before the conditions of rules; a rule without one is never told.
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

  /// The bit of the rule at a place.
  static func bit(of rule: Int) -> UInt64 { 1 &<< UInt64(rule & 63) }

  /// The bits of the rules that may fire.
  @inline(__always)
  func candidates(_ event: borrowing Record, _ text: Span<UInt8>) -> UInt64 {
    var candidates = always
    let tables = tables.span
    var table = 0
    let doors = doors.span
    for index in doors.indices {
      let value = DetectionSubject.value(
        of: doors[index].field, at: doors[index].source, event, text)
      if !value.isEmpty {
        let (first, last) = (value.lowerBound, value.upperBound &- 1)
        candidates |=
          tables[table &+ Int(text[first])]
          & tables[table &+ 256 &+ Int(text[min(first &+ 1, last)])]
          & tables[table &+ 512 &+ Int(text[max(last &- 1, first)])]
          & tables[table &+ 768 &+ Int(text[last])]
          & tables[table &+ 1024 &+ min(value.count, Self.lengths &- 1)]
      }
      table &+= Self.size
    }
    return candidates
  }

  private mutating func add(_ test: Outside, _ bit: UInt64) {
    let known = doors.firstIndex { $0.field == test.field }
    let place = known ?? doors.count
    if known == nil {
      doors.append(Door(field: test.field, source: test.field.source.index))
      tables += [UInt64](repeating: 0, count: Self.size)
    }
    for (number, needed) in test.bytes.enumerated() {
      for byte in UInt8.min...UInt8.max {
        // Letters only count in an action, so what else stands there says nothing.
        let isPassed =
          needed == nil || needed == byte.lowercased || test.field == .action && !byte.isLetter
        if isPassed { tables[place * Self.size + number * 256 + Int(byte)] |= bit }
      }
    }
    let shortest = min(test.count, Self.lengths - 1)
    let longest = test.isWhole && test.field != .action ? shortest : Self.lengths - 1
    for length in shortest...longest { tables[place * Self.size + 1024 + length] |= bit }
  }

  /// Tests one of which passes wherever a condition holds; nil if it may hold where none does.
  private static func needed(by condition: Condition) -> [Outside]? {
    func outside(_ field: DetectionField, _ text: String, _ isFirst: Bool, _ isLast: Bool)
      -> Outside
    {
      let bytes = field.folded(text)
      func byte(_ isSaid: Bool, _ place: Int) -> UInt8? {
        isSaid && bytes.indices.contains(place) ? bytes[place] : nil
      }
      // What else stands in an action may move its second letter.
      let isSecondSaid = field != .action
      return Outside(
        field: field,
        bytes: [
          byte(isFirst, 0), byte(isFirst && isSecondSaid, 1),
          byte(isLast && isSecondSaid, bytes.count - 2), byte(isLast, bytes.count - 1),
        ], count: bytes.count, isWhole: isFirst && isLast)
    }
    switch condition {
    case .equals(let field, let text): return [outside(field, text, true, true)]
    case .startsWith(let field, let text): return [outside(field, text, true, false)]
    case .endsWith(let field, let text): return [outside(field, text, false, true)]
    case .contains(let field, let text): return [outside(field, text, false, false)]
    case .matches(let field, _): return [outside(field, "", false, false)]
    case .oneOf(let field, let texts): return texts.map { outside(field, $0, true, true) }
    case .any(let parts):
      let needed = parts.map(needed)
      return needed.contains { $0 == nil } ? nil : needed.flatMap { $0 ?? [] }
    case .all(let parts):
      // The part whose shortest text is the longest: it passes least often.
      func shortest(_ tests: [Outside]) -> Int { tests.map(\.count).min() ?? .max }
      return parts.compactMap(needed).max { shortest($0) < shortest($1) }
    case .not: return nil
    }
  }
}
