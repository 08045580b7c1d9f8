extension FieldMapping.Transform {
  /// The index of the action among those that Cloudflare lists, as one byte; no value for any other. Only a report has
  /// it.
  static let actionIndex = Self(ActionIndexTransform.self)
}

/// The index of an action, which is cached beside the action.
enum ActionIndexTransform: TransformDefinition {
  static let name = "actionIndex"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let action = FoldedActionTransform.value(row, record, text, &scratch)
    if action.isAbsent { return .absent }
    let index = scratch.buffer.withSpan {
      FirewallEvent.Action.known(folded: $0, action.range)
    }
    scratch.buffer.truncate(to: action.start)
    if index < 0 { return .absent }
    scratch.buffer.append(UInt8(index))
    return scratch.made(from: action.start)
  }
}
