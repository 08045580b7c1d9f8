/// Runs the programs of the rules: regular expressions, by backtracking in bounded time.
///
/// A program is text that is read in place. `d` stands for one digit of base 64, `dd` for a number of two.
///
/// | step | what it does |
/// |---|---|
/// | `=d…` | `d` characters of text |
/// | `~d…` | the same in either case; they are in lower case here |
/// | `.dd` | a character of a set |
/// | `*dd dd dd dd`, `-dd dd dd dd` | a run: its mark, a set, the least and the most characters; as many as possible, or as few |
/// | `&dd` | a mark: goes on only at the first time at each offset of the user agent |
/// | `\|ddd` | goes on, or, if nothing comes of it, jumps so many bytes |
/// | `>ddd`, `<ddd` | jumps on, or back |
/// | `(d`, `)d` | a group begins, ends |
/// | `^`, `$`, `b` | the start, the end, the edge of a word |
/// | `!` | the match |
///
/// Of all ways to match, the first one counts, as in Perl: the leftmost start, then the earlier alternative, then the
/// longer run.
///
/// (The standard library's `Regex`, behind the same gates, takes 25 times as long, and 0.3 ms to compile a rule.)
///
/// BE ADVISED: the marks are what bounds the time. From a run or a choice that was reached before at the same offset,
/// nothing came: it is not tried again. A run without limit marks the whole stretch that it passes, since what a later
/// start in it could reach has been tried. So each mark is passed at most once for each byte of the user agent,
/// and between two marks a program only has a fixed number of steps.
struct UserAgentProgram {
  private enum Kind { case branch, longRun, shortRun, group }

  /// What is to be done if nothing comes of a way.
  private struct Frame {
    var kind: Kind
    /// The byte that must be next after a run; nil if it may be any.
    var next: UInt8?
    /// The step to go on with, or the index of a bound in `groups`.
    var step: Int32
    /// The offset in the user agent, or the bound's value before.
    var offset: Int32
    /// The last offset that a run tries.
    var last: Int32 = 0
  }

  private enum Outcome { case onward, failure, match }

  /// A run has no limit if it may have so many characters: no user agent is as long.
  private static let unlimited = 4095
  /// The number of a start that may be any character.
  private static let anyStart = 4095

  /// A bit for each mark and each offset of the user agent.
  private var marks: [UInt64] = []
  /// The words of `marks` for each mark.
  private var stride = 0
  private var frames: [Frame] = []
  /// Where each group begins and ends, or -1.
  private(set) var groups = InlineArray<20, Int32>(repeating: -1)

  /// Runs a program. Returns the offset of the step after it if it matches; then `groups` are those of the match.
  /// - Parameter start: the number of the set that a match begins with.
  mutating func run(
    _ rules: Span<UInt8>, _ first: Int, _ text: Span<UInt8>, start: Int
  ) -> Int? {
    stride = text.count / 64 + 1
    marks.removeAll(keepingCapacity: true)
    marks.append(contentsOf: repeatElement(0, count: UserAgentRules.mostMarks * stride))
    if rules[first] == UInt8(ascii: "^") { return match(rules, first, text, 0) }
    let characters = UserAgentCharacters(start)
    let sets = UserAgentRules.sets.utf8.span
    var offset = 0
    while true {
      if start != Self.anyStart {
        while offset < text.count, !characters.contains(text[offset], sets) { offset &+= 1 }
        if offset == text.count { return nil }
      }
      if let end = match(rules, first, text, offset) { return end }
      if offset >= text.count { return nil }
      offset = text.endOfCharacter(offset)
    }
  }

  /// Matches at one offset.
  private mutating func match(
    _ rules: Span<UInt8>, _ first: Int, _ text: Span<UInt8>, _ start: Int
  ) -> Int? {
    frames.removeAll(keepingCapacity: true)
    groups = InlineArray(repeating: -1)
    var step = first
    var offset = start
    while true {
      let outcome = advance(rules, &step, text, &offset)
      if outcome == .match { return step }
      guard outcome == .onward || resume(&step, text, &offset) else { return nil }
    }
  }

  /// Does one step.
  @inline(__always)
  private mutating func advance(
    _ rules: Span<UInt8>, _ step: inout Int, _ text: Span<UInt8>, _ offset: inout Int
  ) -> Outcome {
    switch rules[step] {
    case UInt8(ascii: "="), UInt8(ascii: "~"):
      return literal(rules, &step, text, &offset) ? .onward : .failure
    case UInt8(ascii: "."):
      let characters = UserAgentCharacters(rules.twoDigits(step &+ 1))
      guard offset < text.count,
        characters.contains(text[offset], UserAgentRules.sets.utf8.span)
      else { return .failure }
      offset = text.endOfCharacter(offset)
      step &+= 3
    case UInt8(ascii: "*"), UInt8(ascii: "-"):
      return run(rules, &step, text, &offset) ? .onward : .failure
    case UInt8(ascii: "&"):
      guard mark(rules.twoDigits(step &+ 1), offset) else { return .failure }
      step &+= 3
    case UInt8(ascii: "|"): choose(rules, &step, text, offset)
    case UInt8(ascii: ">"): step &+= 4 &+ rules.threeDigits(step &+ 1)
    case UInt8(ascii: "<"): step &+= 4 &- rules.threeDigits(step &+ 1)
    case UInt8(ascii: "("): bound(rules.digit(step &+ 1) &* 2, &step, offset)
    case UInt8(ascii: ")"): bound(rules.digit(step &+ 1) &* 2 &+ 1, &step, offset)
    case UInt8(ascii: "^"):
      guard offset == 0 else { return .failure }
      step &+= 1
    case UInt8(ascii: "$"):
      let isLastBreak = offset &+ 1 == text.count && text[offset] == .lineFeed
      guard offset == text.count || isLastBreak else { return .failure }
      step &+= 1
    case UInt8(ascii: "b"):
      guard Self.isWord(text, offset &- 1) != Self.isWord(text, offset) else { return .failure }
      step &+= 1
    default:
      step &+= 1
      return .match
    }
    return .onward
  }

  @inline(__always)
  private func literal(
    _ rules: Span<UInt8>, _ step: inout Int, _ text: Span<UInt8>, _ offset: inout Int
  ) -> Bool {
    let ignoresCase = rules[step] == UInt8(ascii: "~")
    let count = rules.digit(step &+ 1)
    guard count <= text.count &- offset else { return false }
    for index in 0..<count {
      let byte = text[offset &+ index]
      guard (ignoresCase ? byte.lowercased : byte) == rules[step &+ 2 &+ index] else {
        return false
      }
    }
    step &+= 2 &+ count
    offset &+= count
    return true
  }

  /// Takes the first of two ways, and leaves a frame for the other one, unless the first fails at its first byte.
  @inline(__always)
  private mutating func choose(
    _ rules: Span<UInt8>, _ step: inout Int, _ text: Span<UInt8>, _ offset: Int
  ) {
    let other = step &+ 4 &+ rules.threeDigits(step &+ 1)
    step &+= 4
    let literal = Self.literal(rules, step)
    if literal >= 0 {
      let byte = rules[literal &+ 2]
      let ignoresCase = rules[literal] == UInt8(ascii: "~")
      guard offset < text.count,
        (ignoresCase ? text[offset].lowercased : text[offset]) == byte
      else {
        step = other
        return
      }
    }
    frames.append(Frame(kind: .branch, step: Int32(other), offset: Int32(offset)))
  }

  /// The text that must come next at a step: the step that has it, or -1.
  @inline(__always)
  private static func literal(_ rules: Span<UInt8>, _ step: Int) -> Int {
    var step = step
    while rules[step] == UInt8(ascii: "(") || rules[step] == UInt8(ascii: ")") { step &+= 2 }
    return rules[step] == UInt8(ascii: "=") || rules[step] == UInt8(ascii: "~") ? step : -1
  }

  /// Notes where a group begins or ends.
  @inline(__always)
  private mutating func bound(_ index: Int, _ step: inout Int, _ offset: Int) {
    frames.append(Frame(kind: .group, step: Int32(index), offset: groups[index]))
    groups[index] = Int32(offset)
    step &+= 2
  }

  /// Passes a run, and leaves a frame for the other numbers of characters.
  private mutating func run(
    _ rules: Span<UInt8>, _ step: inout Int, _ text: Span<UInt8>, _ offset: inout Int
  ) -> Bool {
    let number = rules.twoDigits(step &+ 1)
    guard mark(number, offset) else { return false }
    let characters = UserAgentCharacters(rules.twoDigits(step &+ 3))
    let sets = UserAgentRules.sets.utf8.span
    let (least, most) = (rules.twoDigits(step &+ 5), rules.twoDigits(step &+ 7))
    let isLong = rules[step] == UInt8(ascii: "*")
    var end = offset
    var count = 0
    var first = least == 0 ? offset : -1
    while count < most, end < text.count, characters.contains(text[end], sets) {
      end = text.endOfCharacter(end)
      count &+= 1
      if count == least { first = end }
      if most == Self.unlimited { _ = mark(number, end) }
    }
    guard first >= 0 else { return false }
    step &+= 9
    offset = isLong ? end : first
    if first < end {
      let literal = Self.literal(rules, step)
      let isExact = literal >= 0 && rules[literal] == UInt8(ascii: "=")
      frames.append(
        Frame(
          kind: isLong ? .longRun : .shortRun, next: isExact ? rules[literal &+ 2] : nil,
          step: Int32(step), offset: Int32(offset), last: Int32(isLong ? first : end)))
    }
    return true
  }

  /// Notes that a mark was reached at an offset. Returns false if it was before.
  @inline(__always)
  private mutating func mark(_ number: Int, _ offset: Int) -> Bool {
    let index = number &* stride &+ offset &>> 6
    let bit: UInt64 = 1 &<< UInt64(offset & 63)
    if marks[index] & bit != 0 { return false }
    marks[index] |= bit
    return true
  }

  /// Goes back to where another way is open. Returns false if there is none.
  @inline(__always)
  private mutating func resume(
    _ step: inout Int, _ text: Span<UInt8>, _ offset: inout Int
  ) -> Bool {
    while let frame = frames.popLast() {
      switch frame.kind {
      case .group: groups[Int(frame.step)] = frame.offset
      case .branch:
        (step, offset) = (Int(frame.step), Int(frame.offset))
        return true
      case .longRun, .shortRun:
        guard let other = Self.nextOffset(frame, text) else { continue }
        if other != Int(frame.last) {
          var frame = frame
          frame.offset = Int32(other)
          frames.append(frame)
        }
        (step, offset) = (Int(frame.step), other)
        return true
      }
    }
    return false
  }

  /// The offset at which a run is to end in place of the one tried last; nil if it has tried all.
  private static func nextOffset(_ frame: Frame, _ text: Span<UInt8>) -> Int? {
    let last = Int(frame.last)
    var offset = Int(frame.offset)
    while offset != last {
      if frame.kind == .longRun {
        offset &-= 1
        while text[offset] & 0xC0 == 0x80, offset > last { offset &-= 1 }
      } else {
        offset = text.endOfCharacter(offset)
      }
      guard let next = frame.next else { return offset }
      if offset < text.count, text[offset] == next { return offset }
    }
    return nil
  }

  @inline(__always)
  private static func isWord(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    guard text.indices.contains(offset) else { return false }
    let byte = text[offset]
    return byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
  }
}
