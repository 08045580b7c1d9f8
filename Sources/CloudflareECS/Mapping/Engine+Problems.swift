/// Values that depend on what could not be converted: written again in a second pass, once all
/// problems are known.
extension Engine {
  /// What could not be converted, joined by `; `.
  func appendProblems(to document: inout OutputBuffer) -> Bool {
    guard !problems.isEmpty else { return false }
    document.append(.quote)
    for (index, issue) in issues.enumerated() {
      if index > 0 { document.append("; ") }
      let text = issue.description
      document.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    }
    document.append(.quote)
    return true
  }

  /// The first of the row's two texts, or the second if there are problems.
  func appendKind(_ row: Plan.Row, to document: inout OutputBuffer) -> Bool {
    let texts = literals.span
    let end = texts.firstOffset(
      of: .quote, in: (row.parameters.lowerBound &+ 1)..<row.parameters.upperBound)
    document.append(
      texts,
      problems.isEmpty
        ? row.parameters.lowerBound..<(end &+ 1) : (end &+ 1)..<row.parameters.upperBound)
    return true
  }
}
