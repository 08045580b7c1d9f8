extension FieldMapping.Transform {
  /// The value as text, after a prefix.
  public static func prefixed(_ prefix: String) -> Self {
    Self(PrefixedTransform.self, [prefix])
  }
}

/// The value as text, after a prefix.
enum PrefixedTransform: TransformRule {
  static let name = "prefixed"
  static var parameterCount: ClosedRange<Int> { 1...1 }
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    workspace.appendLiteral(row.parameters)
    workspace.scratch.append(text, content)
    return workspace.made(from: start)
  }
}
