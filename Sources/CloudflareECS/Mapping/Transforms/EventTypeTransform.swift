extension FieldMapping.Transform {
  /// ECS types by the effect of an action; those of a closed connection are given.
  public static func eventType(closed types: [String]) -> Self {
    Self(EventTypeTransform.self, types)
  }
}

/// ECS's `event.type` by the effect of an action: `denied`, `allowed` or `info`, and what the row says
/// for a closed connection.
enum EventTypeTransform: TransformRule {
  static let name = "eventType"
  static var parameterCount: ClosedRange<Int> { 1...Int.max }
  static var isRemembered: Bool { true }
  static func result(_ parameters: [String]) -> TransformResult { .texts }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    switch FirewallEvent.Action.effect(of: text, content) {
    case .denied, .failed: workspace.scratch.append("denied" as StaticString)
    case .closed: return workspace.literal(row.parameters)
    case .allowed: workspace.scratch.append("allowed" as StaticString)
    case .other: workspace.scratch.append("info" as StaticString)
    }
    return workspace.made(from: start)
  }
}
