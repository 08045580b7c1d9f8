/// Rules most rules out: by which three characters stand side by side somewhere in a user agent.
///
/// A rule's gate has clauses. In each match of the rule there is a text of each clause, and the clause says which
/// threes the text has: one alternative for each text. The rule is tried only if all threes of an alternative are
/// there, in each clause. Letters count in lower case, and digits as 0. A three is a number of 12 bits; different ones
/// may have the same, so a gate may say yes in vain, but never no.
///
///     02           the bytes of the clause; 00 ends the gate
///       2          the threes of the first alternative
///        N3kQ      their numbers
///
/// Rules are found by the first three of each alternative of their first clause. The index of these threes is made for
/// the first user agent.
struct UserAgentGate {
  private static let size = 4096

  /// Where each rule begins in its list.
  private var lines: [Int32] = []
  /// The first rule of each list, and the end.
  private var firsts: [Int] = []
  /// The rules of each three, as ranges of `rules`: each ends where that of the next begins.
  private var starts: [Int32] = []
  private var rules: [UInt16] = []
  /// Rules without clauses.
  private var always: [UInt16] = []

  /// A bit for each three of the user agent.
  private var found: [UInt64] = []
  /// A bit for each rule that may match.
  private var candidates: [UInt64] = []

  /// Finds the threes of a user agent and the rules that may match, in place of those of the one before.
  mutating func read(_ text: Span<UInt8>) {
    if lines.isEmpty { makeIndex() }
    for index in found.indices { found[index] = 0 }
    for index in candidates.indices { candidates[index] = 0 }
    for rule in always { candidates[Int(rule) / 64] |= 1 << UInt64(rule % 64) }
    guard text.count >= 3 else { return }
    var first = Self.folded(text[0])
    var second = Self.folded(text[1])
    for index in 2..<text.count {
      let third = Self.folded(text[index])
      let number = (first &* 961 &+ second &* 31 &+ third) & (Self.size &- 1)
      (first, second) = (second, third)
      let bit: UInt64 = 1 &<< UInt64(number & 63)
      if found[number &>> 6] & bit != 0 { continue }
      found[number &>> 6] |= bit
      for index in Int(starts[number])..<Int(starts[number &+ 1]) {
        let rule = Int(rules[index])
        candidates[rule &>> 6] |= 1 &<< UInt64(rule & 63)
      }
    }
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> Int { Int(byte.isDigit ? .zero : byte.lowercased) }

  /// The first rule of a list, from `rule` on, that may match; nil if there is none.
  /// - Parameter list: the list's place in ``UserAgentRules/lists``.
  func next(of list: Int, from rule: Int?) -> Int? {
    var rule = rule ?? firsts[list]
    while rule < firsts[list &+ 1] {
      let rest = candidates[rule &>> 6] &>> UInt64(rule & 63)
      if rest != 0 {
        rule &+= rest.trailingZeroBitCount
        return rule < firsts[list &+ 1] ? rule : nil
      }
      rule = (rule | 63) &+ 1
    }
    return nil
  }

  /// Where a rule begins in its list.
  func line(of rule: Int) -> Int { Int(lines[rule]) }

  /// The offset after the gate that begins at `offset`; nil if the rule cannot match.
  func pass(_ rules: Span<UInt8>, _ offset: Int) -> Int? {
    let found = found.span
    var offset = offset
    while true {
      let count = rules.twoDigits(offset)
      offset &+= 2
      if count == 0 { return offset }
      let end = offset &+ count
      var holds = false
      while offset < end, !holds {
        let next = offset &+ 1 &+ rules.digit(offset) &* 2
        offset &+= 1
        holds = true
        while offset < next, holds {
          let number = rules.twoDigits(offset)
          holds = found[number &>> 6] &>> UInt64(number & 63) & 1 == 1
          offset &+= 2
        }
        offset = next
      }
      if !holds { return nil }
      offset = end
    }
  }

  private mutating func makeIndex() {
    var pairs: [(number: Int, rule: Int)] = []
    for list in UserAgentRules.lists {
      firsts.append(lines.count)
      let text = list.utf8.span
      var line = 0
      while line < text.count {
        // After the length and the start.
        var offset = line &+ 5
        let end = offset &+ 2 &+ text.twoDigits(offset)
        offset &+= 2
        if offset == end { always.append(UInt16(lines.count)) }
        while offset < end {
          pairs.append((text.twoDigits(offset &+ 1), lines.count))
          offset &+= 1 &+ text.digit(offset) &* 2
        }
        lines.append(Int32(line))
        line &+= text.threeDigits(line)
      }
    }
    firsts.append(lines.count)
    // Sorted by counting.
    starts = Array(repeating: 0, count: Self.size + 1)
    for pair in pairs { starts[pair.number + 1] += 1 }
    for number in 0..<Self.size { starts[number + 1] += starts[number] }
    var ends = starts
    rules = Array(repeating: 0, count: pairs.count)
    for pair in pairs {
      rules[Int(ends[pair.number])] = UInt16(pair.rule)
      ends[pair.number] += 1
    }
    found = Array(repeating: 0, count: Self.size / 64)
    candidates = Array(repeating: 0, count: lines.count / 64 + 1)
  }
}
