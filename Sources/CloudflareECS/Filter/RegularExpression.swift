/// A regular expression that is found anywhere in a text, in time linear in the text.
///
///     try RegularExpression("^Lemon-[A-Z]").matches("Lemon-Duck")      // true
///
/// The syntax is what Sigma allows of PCRE: characters, `.`, classes, groups, `|`, `* + ? {n,m}`, `^ $`, and besides
/// `\d \w \s \b`, their opposites, `\A \z \Z`, and the flags `(?i)`, `(?m)`, `(?s)` at the start. Back-references,
/// look-around and possessive quantifiers are refused: they need more than linear time. `\w`, `\d`, `\s` and `i` know
/// ASCII only.
///
/// It is compiled to a small program. All of its threads run side by side over the text, at most one at each step: so
/// the time is at most the length of the text times the length of the program, which is limited.
public struct RegularExpression: Hashable, Sendable {
  /// Which characters the flags change.
  struct Flags: Hashable, Sendable {
    /// `i`: letters A–Z match in both cases.
    var ignoresCase = false
    /// `m`: `^` and `$` match at line breaks.
    var isMultiline = false
    /// `s`: `.` matches a line feed.
    var dotMatchesAll = false
  }

  enum Assertion: Hashable, Sendable {
    case textStart, textEnd, textEndOrLastBreak, lineStart, lineEnd, wordBoundary, noWordBoundary
  }

  /// A step of the program.
  ///
  ///     a(b|c)+      0 set a   1 split 2, 4   2 set b   3 jump 5   4 set c   5 split 1, 6   6 match
  enum Step: Hashable, Sendable {
    case set(CharacterSet)
    case split(Int, Int)
    case jump(Int)
    case assert(Assertion)
    case match
  }

  /// Why an expression cannot be used.
  public struct Fault: Error, Hashable, CustomStringConvertible {
    let text: String

    /// The reason, such as `a ')' without its '('`.
    public var description: String { text }
  }

  /// The expression, as it was written.
  public let text: String
  let flags: Flags
  let program: [Step]
  /// Texts of which every match contains one, letters A–Z in lower case; none if they are not known.
  let requiredTexts: [[UInt8]]
  /// The least number of bytes of a text that matches.
  private let leastCount: Int
  /// The most bytes of a text that matches, if the expression is about the whole text.
  let mostCount: Int

  /// Reads an expression.
  /// - Throws: ``Fault`` if it is no expression, or one that needs more than linear time.
  public init(_ text: String) throws(Fault) { try self.init(text, Flags()) }

  init(_ text: String, _ flags: Flags) throws(Fault) {
    self.text = text
    self.flags = flags
    var parser = RegularExpressionParser(text, flags)
    let tree = try parser.parse()
    var compiler = RegularExpressionCompiler()
    program = try compiler.program(tree)
    requiredTexts = tree.requiredTexts
    leastCount = tree.leastCount
    mostCount = tree.mostBytesOfText ?? .max
  }

  /// Whether it is found in a text.
  public func matches(_ text: String) -> Bool { matches(text.utf8.span, 0..<text.utf8.count) }

  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.count < leastCount || range.count > mostCount { return false }
    var threads = Threads(count: program.count)
    var position = range.lowerBound
    while true {
      let isAtEnd = position >= range.upperBound
      // A match may begin here.
      if threads.add(0, program.span, text, position, range) { return true }
      if isAtEnd { return false }
      let (character, length) = Self.character(text, position, range.upperBound)
      if threads.step(over: character, program.span, text, position &+ length, range) {
        return true
      }
      position &+= length
    }
  }

  /// The character at a position of valid UTF-8, and its length.
  @inline(__always)
  private static func character(
    _ text: Span<UInt8>, _ position: Int, _ end: Int
  ) -> (UInt32, Int) {
    let first = text[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard position &+ length <= end else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(text[position &+ offset] & 0x3F) }
    return (value, length)
  }
}

/// The threads of a search: the steps that may come next.
private struct Threads {
  private var current: [Int] = []
  private var next: [Int] = []
  private var reached: ReachedSteps

  init(count: Int) { reached = ReachedSteps(count: count) }

  /// Adds a step and those reached from it without a character. Returns true if the match is reached.
  mutating func add(
    _ start: Int, _ program: Span<RegularExpression.Step>, _ text: Span<UInt8>, _ position: Int,
    _ range: Range<Int>
  ) -> Bool {
    reached.add(start, to: &current, program, text, position, range)
  }

  /// Moves all threads over a character, to the position after it. Returns true if one reaches the match.
  mutating func step(
    over character: UInt32, _ program: Span<RegularExpression.Step>, _ text: Span<UInt8>,
    _ position: Int, _ range: Range<Int>
  ) -> Bool {
    next.removeAll(keepingCapacity: true)
    for step in current {
      if case .set(let set) = program[step], set.contains(character),
        reached.add(step &+ 1, to: &next, program, text, position, range)
      {
        return true
      }
    }
    swap(&current, &next)
    return false
  }
}

/// Finds the steps that are reached without a character.
private struct ReachedSteps {
  /// The position at which each step was reached last, so that none is added twice there.
  private var positions: [Int]
  private var stack: [Int] = []

  init(count: Int) { positions = Array(repeating: -1, count: count) }

  mutating func add(
    _ start: Int, to list: inout [Int], _ program: Span<RegularExpression.Step>,
    _ text: Span<UInt8>, _ position: Int, _ range: Range<Int>
  ) -> Bool {
    stack.append(start)
    while let step = stack.popLast() {
      if positions[step] == position { continue }
      positions[step] = position
      switch program[step] {
      case .set: list.append(step)
      case .jump(let target): stack.append(target)
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .assert(let assertion):
        if Self.holds(assertion, text, position, range) { stack.append(step &+ 1) }
      case .match: return true
      }
    }
    return false
  }

  private static func holds(
    _ assertion: RegularExpression.Assertion, _ text: Span<UInt8>, _ position: Int,
    _ range: Range<Int>
  ) -> Bool {
    func isWord(_ index: Int) -> Bool {
      range.contains(index) && CharacterSet.wordCharacters.contains(UInt32(text[index]))
    }
    let isAtStart = position == range.lowerBound
    let isAtEnd = position == range.upperBound
    switch assertion {
    case .textStart: return isAtStart
    case .textEnd: return isAtEnd
    case .textEndOrLastBreak:
      return isAtEnd || position == range.upperBound &- 1 && text[position] == .lineFeed
    case .lineStart: return isAtStart || text[position &- 1] == .lineFeed
    case .lineEnd: return isAtEnd || text[position] == .lineFeed
    case .wordBoundary: return isWord(position &- 1) != isWord(position)
    case .noWordBoundary: return isWord(position &- 1) == isWord(position)
    }
  }
}
