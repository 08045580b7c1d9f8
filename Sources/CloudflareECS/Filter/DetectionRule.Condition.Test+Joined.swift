extension DetectionRule.Condition.Test.Comparison {
  /// Comparisons of which one has to hold, those of the same sort that follow each other in one test.
  static func joined(_ comparisons: [Self]) -> [Self] {
    var joined: [Self] = []
    var start = 0
    while start < comparisons.count {
      let first = comparisons[start]
      let end =
        comparisons[(start + 1)...].firstIndex { !first.isOfSameSort(as: $0) } ?? comparisons.count
      joined.append(first.joined(with: comparisons[start..<end]))
      start = end
    }
    return joined
  }

  private func isOfSameSort(as other: Self) -> Bool {
    switch (self, other) {
    // Values with wildcards are compared as texts, others by the type of the field.
    case (.equals(let values), .equals(let others)):
      (values[0].wholeText == nil) == (others[0].wholeText == nil)
    case (.matches, .matches), (.expressions, .expressions), (.isInside, .isInside): true
    default: false
    }
  }

  /// One test of several comparisons of the same sort, of which this is the first.
  private func joined(with all: ArraySlice<Self>) -> Self {
    switch self {
    case .equals: .equals(all.flatMap(\.globs))
    case .matches: .matches(all.flatMap(\.globs))
    case .expressions: .expressions(all.flatMap(\.expressions))
    case .isInside: .isInside(all.flatMap(\.blocks))
    default: self
    }
  }

  private var globs: [TextGlob] {
    switch self {
    case .equals(let values), .matches(let values): values
    default: []
    }
  }

  private var expressions: [RegularExpression] {
    if case .expressions(let values) = self { values } else { [] }
  }

  private var blocks: [AddressBlock] {
    if case .isInside(let values) = self { values } else { [] }
  }
}
