extension Transform {
  /// The action in lower case, letters only.
  public static let foldedAction = Transform(FoldedActionTransform.self)
}

/// The letters of the action, in lower case; no value if there are none.
enum FoldedActionTransform: TransformRule {
  static let name = "foldedAction"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    workspace.scratch.append(lettersOf: text, content)
    return workspace.madeIfAny(from: start)
  }
}
