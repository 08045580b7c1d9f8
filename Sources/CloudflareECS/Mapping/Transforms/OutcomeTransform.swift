extension FieldMapping.Transform {
  /// `success` or `failure` by the effect of an action.
  public static let outcome = Self(OutcomeTransform.self)
}

/// ECS's `event.outcome` by the effect of an action; no value where the action says neither.
enum OutcomeTransform: TransformDefinition {
  static let name = "outcome"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    switch FirewallEvent.Action.effect(of: text, content) {
    case .denied, .closed, .allowed: scratch.buffer.append("success" as StaticString)
    case .failed: scratch.buffer.append("failure" as StaticString)
    case .other: return .absent
    }
    return scratch.made(from: start)
  }
}
