extension FieldMapping.Transform {
  /// What could not be converted, joined by `; `.
  public static let problems = Self(ProblemsTransform.self)
}

/// What could not be converted, joined by `; `.
enum ProblemsTransform: TransformRule {
  static let name = "problems"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var readsIssues: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard !workspace.documentedIssues.isEmpty else { return .absent }
    let start = workspace.scratch.count
    for (index, issue) in workspace.normalizationIssues().enumerated() {
      if index > 0 { workspace.scratch.append("; ") }
      let text = issue.description
      workspace.scratch.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    }
    return workspace.made(from: start)
  }
}
