extension FieldMapping.Transform {
  /// The index of the action among those that Cloudflare lists, as one byte; no value for any other. Only a report has
  /// it.
  static let actionIndex = Self(ActionIndexTransform.self)
}

/// The index of an action, which is remembered beside the action.
enum ActionIndexTransform: TransformRule {
  static let name = "actionIndex"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    let action = FoldedActionTransform.value(row, record, text, &workspace)
    if action.isAbsent { return .absent }
    let index = workspace.scratch.withSpan {
      FirewallEvent.Action.known(folded: $0, action.range)
    }
    workspace.scratch.truncate(to: action.start)
    if index < 0 { return .absent }
    workspace.scratch.append(UInt8(index))
    return workspace.made(from: action.start)
  }
}
