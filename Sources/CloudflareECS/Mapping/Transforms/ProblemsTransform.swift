extension FieldMapping.Transform {
  /// What could not be converted, joined by `; `.
  public static let problems = Self(ProblemsTransform.self)
}

/// What could not be converted, joined by `; `.
enum ProblemsTransform: TransformDefinition {
  static let name = "problems"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var readsIssues: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard !scratch.documentedIssues.isEmpty else { return .absent }
    let start = scratch.buffer.count
    for (index, issue) in scratch.normalizationIssues().enumerated() {
      if index > 0 { scratch.buffer.append("; ") }
      let text = issue.description
      scratch.buffer.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    }
    return scratch.made(from: start)
  }
}
