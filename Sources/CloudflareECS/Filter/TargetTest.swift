/// One condition, compiled for a target of a plan. It is a class so that it is not copied for each event.
final class TargetTest: Sendable {
  /// The values of a condition, by the type in which they are compared.
  enum Operands: Sendable {
    case none
    /// In UTF-8, letters A–Z in lower case.
    case texts([[UInt8]])
    /// Of known actions the letters in lower case; other texts as above.
    case actions([[UInt8]], others: [[UInt8]])
    case numbers([Int64])
    case times([Timestamp])
    case addresses([AddressBlock])
    case globs([TextGlob])
    case expressions([RegularExpression])
  }

  let operation: ConditionText.Operator
  let operands: Operands
  /// The index of the target in the plan.
  let target: Int
  let shape: TargetShape
  /// The value of a target that is the same in every document.
  let constant: [UInt8]?

  convenience init(_ condition: ConditionText, _ row: FieldMapping, _ plan: Plan)
    throws(EventFilterError)
  {
    self.init(condition.operation, try Self.operands(condition, row), row, plan)
  }

  init(
    _ operation: ConditionText.Operator, _ operands: Operands, _ row: FieldMapping, _ plan: Plan
  ) {
    self.operation = operation
    self.operands = operands
    target = plan.index(of: row.target)
    shape = plan.targets[target].shape
    constant = plan.targets[target].constant
  }

  private static func operands(
    _ condition: ConditionText, _ row: FieldMapping
  ) throws(EventFilterError) -> Operands {
    let (operation, values) = (condition.operation, condition.values)
    func all<Value>(_ need: String, _ read: (String) -> Value?) throws(EventFilterError) -> [Value]
    {
      var result: [Value] = []
      for text in values {
        guard let value = read(text) else {
          throw EventFilterError(condition.text, "'\(text)' is not \(need)")
        }
        result.append(value)
      }
      return result
    }
    if values.isEmpty { return .none }
    if row.type == .flattened {
      throw EventFilterError(
        condition.text, "\(row.target) is an object: ask only whether it is present")
    }
    switch (operation, row.type) {
    case (.beginsWith, _), (.endsWith, _), (.contains, _): break
    case (_, .long): return .numbers(try all("a whole number", Int64.init(decimal:)))
    case (.isAtLeast, .date), (.isLess, .date):
      return .times(
        try all("a time, such as 2026-11-28T10:00:00Z or 2026-11-28") {
          Timestamp($0) ?? Timestamp(beginningOf: $0)
        })
    case (_, .date):
      let need = "a whole time, such as 2026-11-28T10:00:00Z: only >= and < take its beginning"
      return .times(try all(need) { Timestamp($0) })
    case (.equals, .ip), (.notEquals, .ip):
      return .addresses(try all("an address or a CIDR block", AddressBlock.init))
    case (.equals, _), (.notEquals, _):
      return Operands(texts: values.map { $0.utf8.map(\.lowercased) }, isAction: row.isAction)
    default:
      throw EventFilterError(
        condition.text,
        "\(operation.rawValue) compares numbers and times, and \(row.target) is neither")
    }
    return .texts(values.map { $0.utf8.map(\.lowercased) })
  }

  /// Whether the condition holds for a value, which is a range of a text.
  func holds(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    switch operation {
    case .isPresent: true
    case .isAbsent: false
    case .notEquals: !hasMatch(text, value)
    default: hasMatch(text, value)
    }
  }

  /// Whether the condition holds where the target has no value.
  var holdsIfAbsent: Bool { operation == .isAbsent || operation == .notEquals }

  /// Whether an element of the value matches.
  private func hasMatch(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    switch shape {
    case .text: return matches(text, content: value)
    case .texts:
      return [String](elements: text, value).contains { matches($0) }
    case .numbers:
      var start = value.lowerBound
      while start < value.upperBound {
        let end = text.firstOffset(of: .comma, in: start..<value.upperBound)
        if matches(text, start..<end) { return true }
        start = end &+ 1
      }
      return false
    case .json where text[value.lowerBound] == .openBracket:
      let elements = JSONValue(scanned: text, value).array ?? []
      return elements.contains { matches($0.string ?? $0.json) }
    case .json: return matches(text, value)
    }
  }

  /// The texts of a value: those of an array, or the value itself.
  func texts(_ text: Span<UInt8>, _ value: Range<Int>) -> [String] {
    switch shape {
    case .text: [String(unescaping: text, value)]
    case .texts: [String](elements: text, value)
    case .numbers: String(text, value).split(separator: ",").map(String.init)
    case .json:
      (JSONValue(scanned: text, value).array ?? [JSONValue(scanned: text, value)])
        .map { $0.string ?? $0.json }
    }
  }

  private func matches(_ text: String) -> Bool {
    matches(text.utf8.span, 0..<text.utf8.count)
  }

  /// Whether the content of a JSON string matches.
  private func matches(_ text: Span<UInt8>, content: Range<Int>) -> Bool {
    text.firstOffset(of: .backslash, in: content) == content.upperBound
      ? matches(text, content) : matches(String(unescaping: text, content))
  }

  /// Whether a text matches.
  private func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch operands {
    case .none: true
    case .texts(let texts): texts.contains { matches($0.span, text, range) }
    case .actions(let actions, let others):
      FirewallEvent.Action.isOne(of: actions, text, range)
        || others.contains { matches($0.span, text, range) }
    case .numbers(let numbers):
      number(text, range).map { number in numbers.contains { isOrdered(number, $0) } } ?? false
    case .times(let times):
      Timestamp(text.extracting(range)).map { time in times.contains { isOrdered(time, $0) } }
        ?? false
    case .addresses(let blocks):
      IPAddress(text.extracting(range)).map { address in blocks.contains { $0.contains(address) } }
        ?? false
    case .globs(let globs): globs.contains { $0.matches(text, range) }
    case .expressions(let expressions): expressions.contains { $0.matches(text, range) }
    }
  }

  private func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    DecimalNumber(text, range).flatMap { try? $0.integer(text) }
  }

  private func isOrdered<Value: Comparable>(_ value: Value, _ operand: Value) -> Bool {
    switch operation {
    case .isLess: value < operand
    case .isAtMost: value <= operand
    case .isGreater: value > operand
    case .isAtLeast: value >= operand
    default: value == operand
    }
  }

  private func matches(_ needle: Span<UInt8>, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    func isAt(_ start: Int) -> Bool {
      for index in needle.indices where text[start &+ index].lowercased != needle[index] {
        return false
      }
      return true
    }
    guard needle.count <= range.count else { return false }
    let last = range.upperBound &- needle.count
    switch operation {
    case .beginsWith: return isAt(range.lowerBound)
    case .endsWith: return isAt(last)
    case .contains: return (range.lowerBound...last).contains { isAt($0) }
    default: return needle.count == range.count && isAt(range.lowerBound)
    }
  }
}

extension TargetTest.Operands {
  /// Texts that a value equals, letters in lower case.
  init(texts: [[UInt8]], isAction: Bool) {
    let actions = isAction ? texts.compactMap { FirewallEvent.Action.letters(ofKnown: $0) } : []
    let others =
      actions.isEmpty ? texts : texts.filter { FirewallEvent.Action.letters(ofKnown: $0) == nil }
    self = actions.isEmpty ? .texts(texts) : .actions(actions, others: others)
  }
}
