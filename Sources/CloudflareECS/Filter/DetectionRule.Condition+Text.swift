extension DetectionRule.Condition {
  /// The condition in words: `url.path equals "/images" and url.query starts with "guid="`.
  package var text: String { text(isWhole: true) }

  private func text(isWhole: Bool) -> String {
    func joined(_ parts: [Self], _ word: String) -> String {
      let text = parts.map { $0.text(isWhole: parts.count == 1) }.joined(separator: " \(word) ")
      return isWhole || parts.count == 1 ? text : "(\(text))"
    }
    switch self {
    case .test(let test): return test.text
    case .all([]): return "always"
    case .any([]): return "never"
    case .all(let parts): return joined(parts, "and")
    case .any(let parts): return joined(parts, "or")
    case .not(.test(let test)) where test.comparison == .isAbsent: return "\(test.field) is present"
    case .not(let part): return "not (\(part.text(isWhole: true)))"
    }
  }
}

extension DetectionRule.Condition.Test {
  /// The test in words.
  fileprivate var text: String {
    func list(_ texts: [String]) -> String {
      texts.map { JSONValue.string($0).json }.joined(separator: ", ")
    }
    switch comparison {
    case .isAbsent: return "\(field) is absent"
    case .equals(let globs) where globs.count == 1 && globs[0].wholeText != nil:
      return "\(field) equals \(list([globs[0].plainText]))"
    case .equals(let globs) where globs.allSatisfy { $0.wholeText != nil }:
      return "\(field) is one of \(list(globs.map(\.plainText)))"
    case .equals(let globs), .matches(let globs):
      return "\(field) " + Self.words(globs).map { "\($0) \(list($1))" }.joined(separator: ", or ")
    case .expressions(let expressions):
      return "\(field) matches \(list(expressions.map(\.text)))"
    case .isInside(let blocks): return "\(field) is in \(list(blocks.map(\.text)))"
    case .isOrdered(let operation, let value): return "\(field) \(operation.rawValue) \(value)"
    case .equalsField(let other, _): return "\(field) equals \(other)"
    }
  }

  /// Texts with wildcards, grouped by the words that say where they are.
  private static func words(_ globs: [TextGlob]) -> [(String, [String])] {
    var words: [(String, [String])] = []
    for glob in globs {
      let (word, text) =
        switch glob.place {
        case .whole: ("is like", glob.text)
        case .start: ("starts with", glob.plainText)
        case .end: ("ends with", glob.plainText)
        case .anywhere: ("contains", glob.plainText)
        }
      if words.last?.0 == word {
        words[words.count - 1].1.append(text)
      } else {
        words.append((word, [text]))
      }
    }
    return words
  }
}
