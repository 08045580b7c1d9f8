/// Reads the condition of a Sigma rule: `selection and not 1 of filter_*`.
///
/// `or` binds least, then `and`, then `not`.
struct SigmaCondition {
  private static let depthLimit = 50
  /// The most tests of an expression, each counted as often as the condition names its search.
  private static let testLimit = 100_000

  private let words: [String]
  private var position = 0
  private let line: Int
  /// The searches that the condition may name.
  private let searches: [RuleNode.Member]
  /// The expressions of those that it named.
  private var known: [String: (expression: DetectionRule.Condition, tests: Int)] = [:]
  private var tests = 0

  /// The expression of a condition.
  static func expression(
    _ text: String, of searches: [RuleNode.Member], line: Int
  ) throws(RuleFileError) -> DetectionRule.Condition {
    var reader = SigmaCondition(text, searches, line)
    let expression = try reader.alternatives(depth: 0)
    if let word = reader.word {
      throw reader.fault("'\(DisplayText.value(word))' is not expected in the condition")
    }
    return expression
  }

  private init(_ text: String, _ searches: [RuleNode.Member], _ line: Int) {
    self.searches = searches
    self.line = line
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isWhitespace || character == "(" || character == ")" {
        if !word.isEmpty { words.append(word) }
        word = ""
        if !character.isWhitespace { words.append(String(character)) }
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    self.words = words
  }

  private func fault(_ text: String) -> RuleFileError { RuleFileError(text, line: line) }

  private var word: String? { position < words.count ? words[position] : nil }

  private mutating func skip(_ keyword: String) -> Bool {
    guard word?.lowercased() == keyword else { return false }
    position += 1
    return true
  }

  private mutating func alternatives(depth: Int) throws(RuleFileError) -> DetectionRule.Condition {
    if depth > Self.depthLimit { throw fault("the condition is nested too deep") }
    var parts = [try conjunction(depth: depth)]
    while skip("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(RuleFileError) -> DetectionRule.Condition {
    var parts = [try negation(depth: depth)]
    while skip("and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation(depth: Int) throws(RuleFileError) -> DetectionRule.Condition {
    if depth > Self.depthLimit { throw fault("the condition is nested too deep") }
    return try skip("not") ? .not(negation(depth: depth + 1)) : term(depth: depth)
  }

  private mutating func term(depth: Int) throws(RuleFileError) -> DetectionRule.Condition {
    if skip("(") {
      let inner = try alternatives(depth: depth + 1)
      guard skip(")") else { throw fault("the condition lacks a ')'") }
      return inner
    }
    guard let word else { throw fault("the condition ends too early") }
    position += 1
    if self.word?.lowercased() == "of" {
      let quantity = word.lowercased()
      guard quantity == "1" || quantity == "all" || quantity == "any" else {
        throw fault("'\(DisplayText.value(word)) of' is not supported: only '1 of' and 'all of'")
      }
      position += 1
      guard let pattern = self.word else { throw fault("the condition ends too early") }
      position += 1
      let parts = try expressions(matching: pattern)
      return quantity == "all" ? .all(parts) : .any(parts)
    }
    if word == "|" || word.hasPrefix("|") || word.lowercased() == "near" {
      throw fault("aggregations of older versions of Sigma are not supported")
    }
    guard let search = searches.first(where: { $0.name == word }) else {
      throw fault("the condition names '\(DisplayText.value(word))', which is not a search")
    }
    return try expression(search)
  }

  /// The searches that a pattern names: with `*`, or `them` for all whose names begin with no underscore.
  private mutating func expressions(
    matching pattern: String
  ) throws(RuleFileError) -> [DetectionRule.Condition] {
    let isThem = pattern.lowercased() == "them"
    let elements = TextGlob.elements(of: pattern)
    let glob = TextGlob(elements.map { $0 == .one ? .text([.questionMark]) : $0 }, isCased: true)
    var parts: [DetectionRule.Condition] = []
    for search in searches {
      let name = search.name.utf8
      if isThem ? !search.name.hasPrefix("_") : glob.matches(name.span, 0..<name.count) {
        parts.append(try expression(search))
      }
    }
    if parts.isEmpty {
      throw fault("the condition names '\(DisplayText.value(pattern))', which no search matches")
    }
    return parts
  }

  private mutating func expression(
    _ search: RuleNode.Member
  ) throws(RuleFileError) -> DetectionRule.Condition {
    let found: (expression: DetectionRule.Condition, tests: Int)
    if let known = known[search.name] {
      found = known
    } else {
      let expression = try SigmaSearch.expression(search.value)
      found = (expression, expression.tests.count)
      known[search.name] = found
    }
    tests += found.tests
    if tests > Self.testLimit {
      throw fault("the rule has more than \(Self.testLimit) tests")
    }
    return found.expression
  }
}
