extension FieldMapping.Transform {
  /// `success` or `failure` by the effect of an action.
  public static let outcome = Self(OutcomeTransform.self)
}

/// ECS's `event.outcome` by the effect of an action; no value where the action says neither.
enum OutcomeTransform: TransformRule {
  static let name = "outcome"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    switch FirewallEvent.Action.effect(of: text, content) {
    case .denied, .closed, .allowed: workspace.scratch.append("success" as StaticString)
    case .failed: workspace.scratch.append("failure" as StaticString)
    case .other: return .absent
    }
    return workspace.made(from: start)
  }
}
