/// Rules most rules out: which three characters stand side by side somewhere in a user agent.
///
/// A rule's gate has clauses. In each match of the rule there is a text of each clause, and the clause says which
/// threes the text has: one alternative for each text. The rule is tried only if all threes of an alternative are
/// there, in each clause. Letters count in lower case, and digits as 0. A three is a number of 12 bits; different ones
/// may have the same, so a gate may say yes in vain, but never no.
///
///     02           the bytes of the clause; 00 ends the gate
///       2          the threes of the first alternative
///        N3kQ      their numbers
struct UserAgentGate {
  private static let size = 4096
  /// A bit for each number. Empty until there is a user agent.
  private var found: [UInt64] = []

  /// Finds the threes of a user agent, in place of those of the one before.
  mutating func read(_ text: Span<UInt8>) {
    if found.isEmpty {
      found = Array(repeating: 0, count: Self.size / 64)
    } else {
      for index in found.indices { found[index] = 0 }
    }
    guard text.count >= 3 else { return }
    var found = found.mutableSpan
    var first = Self.folded(text[0])
    var second = Self.folded(text[1])
    for index in 2..<text.count {
      let third = Self.folded(text[index])
      let number = (first &* 961 &+ second &* 31 &+ third) & (Self.size &- 1)
      found[number &>> 6] |= 1 &<< UInt64(number & 63)
      (first, second) = (second, third)
    }
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> Int { Int(byte.isDigit ? .zero : byte.lowercased) }

  /// The offset after the gate that begins at `offset`; nil if the rule cannot match.
  @inline(__always)
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
}
