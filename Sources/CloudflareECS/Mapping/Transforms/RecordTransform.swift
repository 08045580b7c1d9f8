extension FieldMapping.Transform {
  /// The text of the record itself.
  public static let record = Self(RecordTransform.self)
}

/// The text of the record itself, escaped while it was scanned.
enum RecordTransform: TransformDefinition {
  static let name = "record"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var readsRecordText: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    ValueSlice(.escapedRecord, 0, scratch.record.escapedCount)
  }
}
