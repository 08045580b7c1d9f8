extension FieldMapping.Transform {
  /// A fixed time, for documents without a time in the bulk format.
  static func runTime(_ time: String) -> Self { Self(RunTimeTransform.self, [time]) }
}

/// A fixed time, and an issue. It cannot be used in a table: a variant of the table has it in the bulk format, if its
/// documents go to a data stream.
enum RunTimeTransform: TransformDefinition {
  static let name = "run_time"
  static var fieldCount: ClosedRange<Int> { ConstantTransform.fieldCount }
  static var parameterCount: ClosedRange<Int> { ConstantTransform.parameterCount }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.report(.noTimestamp, row.field, nil)
    return ConstantTransform.value(row, record, text, &scratch)
  }
}
