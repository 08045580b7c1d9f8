extension Transform {
  /// Always the same time, for a document that has none of its own: one is missing in the bulk format.
  static func runTime(_ time: String) -> Transform { Transform(RunTimeTransform.self, [time]) }
}

/// Always the same time. That it was needed is an issue. Tables do not name it: the bulk format adds it
/// to those whose documents go to a data stream.
enum RunTimeTransform: TransformRule {
  static let name = "run_time"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 1...1 }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    workspace.report(.noTimestamp, row.field, nil)
    return workspace.literal(row.parameters)
  }
}
