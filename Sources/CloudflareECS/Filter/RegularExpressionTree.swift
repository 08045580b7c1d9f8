/// A regular expression as a tree.
indirect enum RegularExpressionTree: Hashable, Sendable {
  case set(CharacterSet)
  /// One character; without case if both cases match.
  case character(UInt32, ignoresCase: Bool)
  case assert(RegularExpression.Assertion)
  case sequence([RegularExpressionTree])
  case choice([RegularExpressionTree])
  /// At least and at most so many times; nil: without limit.
  case repeated(RegularExpressionTree, Int, Int?)

  /// Texts of which every match contains one, letters A–Z in lower case, as far as it is easy to see; else none.
  var requiredTexts: [[UInt8]] {
    switch self {
    case .set, .assert: return []
    case .character(let character, _):
      guard let scalar = Unicode.Scalar(character), let text = UTF8.encode(scalar) else {
        return []
      }
      return [text.map(\.lowercased)]
    case .repeated(let tree, let least, _): return least > 0 ? tree.requiredTexts : []
    case .choice(let parts):
      let texts = parts.map(\.requiredTexts)
      return texts.contains([]) ? [] : texts.flatMap(\.self)
    case .sequence(let parts):
      var (best, run) = ([[UInt8]](), [UInt8]())
      func take(_ texts: [[UInt8]]) {
        if LiteralScanner.rarity(of: texts) > LiteralScanner.rarity(of: best) { best = texts }
      }
      for part in parts {
        switch part {
        case .character: run += part.requiredTexts.first ?? []
        case .assert: continue
        default:
          take([run])
          run = []
          take(part.requiredTexts)
        }
      }
      take([run])
      return best
    }
  }

  /// The least number of characters of a match.
  var leastCount: Int {
    switch self {
    case .set, .character: 1
    case .assert: 0
    case .repeated(let tree, let least, _): min(least * tree.leastCount, 1 << 20)
    case .choice(let parts): parts.map(\.leastCount).min() ?? 0
    case .sequence(let parts): min(parts.reduce(0) { $0 + $1.leastCount }, 1 << 20)
    }
  }

  /// The most bytes of a text that matches, if the expression is bound to both ends of the text: `^[0-9]{8}$`.
  var mostBytesOfText: Int? {
    guard case .sequence(let parts) = self, parts.first == .assert(.textStart) else { return nil }
    switch parts.last {
    case .assert(.textEnd): return mostBytes
    // A line feed may follow.
    case .assert(.textEndOrLastBreak): return mostBytes.map { $0 + 1 }
    default: return nil
    }
  }

  /// The most bytes of a match, at most four a character; nil without limit, or if they are very many.
  private var mostBytes: Int? {
    switch self {
    case .set(let set): return set.isOfASCII ? 1 : 4
    case .character(let character, _): return character < 128 ? 1 : 4
    case .assert: return 0
    case .repeated(let tree, _, let most):
      guard let most, let bytes = tree.mostBytes else { return nil }
      return most * bytes <= Self.manyBytes ? most * bytes : nil
    case .choice(let parts), .sequence(let parts):
      // Of a choice this is more than needed.
      let counts = parts.compactMap(\.mostBytes)
      let sum = counts.reduce(0, +)
      return counts.count == parts.count && sum <= Self.manyBytes ? sum : nil
    }
  }

  private static let manyBytes = 1 << 20
}

/// Writes the program of a tree.
struct RegularExpressionCompiler {
  private typealias Step = RegularExpression.Step
  /// The most steps of a program: `.{150}` takes 150.
  private static let limit = 4_000

  private var steps: [RegularExpression.Step] = []
  /// Parts written, also empty ones: repeating an empty part would take long and write nothing.
  private var work = 0

  mutating func program(
    _ tree: RegularExpressionTree
  ) throws(RegularExpression.Fault) -> [RegularExpression.Step] {
    try write(tree)
    return steps + [.match]
  }

  private mutating func write(_ tree: RegularExpressionTree) throws(RegularExpression.Fault) {
    work += 1
    if work > 4 * Self.limit || steps.count > Self.limit {
      throw RegularExpression.Fault(text: "it is too long: more than \(Self.limit) steps")
    }
    switch tree {
    case .set(let set): steps.append(.set(set))
    case .character(let character, let ignoresCase):
      let set = CharacterSet(character)
      steps.append(.set(ignoresCase ? set.ignoringCase : set))
    case .assert(let assertion): steps.append(.assert(assertion))
    case .sequence(let parts): for part in parts { try write(part) }
    case .choice(let parts):
      var jumps: [Int] = []
      for part in parts.dropLast() {
        let split = steps.count
        steps.append(.match)
        try write(part)
        jumps.append(steps.count)
        steps.append(.match)
        steps[split] = .split(split + 1, steps.count)
      }
      if let last = parts.last { try write(last) }
      for jump in jumps { steps[jump] = .jump(steps.count) }
    case .repeated(let part, let least, let most):
      for _ in 0..<least { try write(part) }
      guard let most else {
        let split = steps.count
        steps.append(.match)
        try write(part)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(steps.count)
        steps.append(.match)
        try write(part)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }
}
