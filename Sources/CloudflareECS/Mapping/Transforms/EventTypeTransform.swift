extension FieldMapping.Transform {
  /// ECS types by the effect of an action; those of a closed connection are given.
  public static func eventType(closed types: [String]) -> Self {
    Self(EventTypeTransform.self, types)
  }
}

/// ECS's `event.type` by the effect of an action: `denied`, `allowed` or `info`, and what the row says
/// for a closed connection.
enum EventTypeTransform: TransformDefinition {
  static let name = "eventType"
  static var parameterCount: ClosedRange<Int> { 1...Int.max }
  static var isCached: Bool { true }
  static func result(_ parameters: [String]) -> TransformResult { .texts }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    switch FirewallEvent.Action.effect(of: text, content) {
    case .denied, .failed: scratch.buffer.append("denied" as StaticString)
    case .closed: return scratch.literal(row.parameters)
    case .allowed: scratch.buffer.append("allowed" as StaticString)
    case .other: scratch.buffer.append("info" as StaticString)
    }
    return scratch.made(from: start)
  }
}
