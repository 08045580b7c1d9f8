extension FieldMapping.Transform {
  /// One text, or another if something could not be converted.
  public static func kind(_ kind: String, withProblems: String) -> Self {
    Self(KindTransform.self, [kind, withProblems])
  }
}

/// The first parameter, or the second if something could not be converted.
enum KindTransform: TransformDefinition {
  static let name = "kind"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 2...2 }
  static var readsIssues: Bool { true }

  /// The length of the first parameter, as the content of a JSON string.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    row.transform.parameters[0].jsonContent.count
  }

  static func valueWithoutIssues(_ row: Plan.Row) -> Range<Int>? {
    row.parameters.lowerBound..<(row.parameters.lowerBound &+ row.option)
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let middle = row.parameters.lowerBound &+ row.option
    return scratch.literal(
      scratch.documentedIssues.isEmpty
        ? row.parameters.lowerBound..<middle : middle..<row.parameters.upperBound)
  }
}
