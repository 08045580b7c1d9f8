extension FieldMapping.Transform {
  /// The text with the letters a to z in upper case. Only a report has it: the tables of documents have templates.
  static let uppercase = Self(UppercaseTransform.self)
}

/// The text in upper case: of few different texts, which are remembered.
enum UppercaseTransform: TransformRule {
  static let name = "uppercase"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    workspace.scratch.append(upperCased: text, content)
    return workspace.made(from: start)
  }
}
