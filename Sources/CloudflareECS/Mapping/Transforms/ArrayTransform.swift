extension Transform {
  /// An array as it is.
  public static let array = Transform(ArrayTransform.self)
}

/// An array as it is.
enum ArrayTransform: TransformRule {
  static let name = "array"
  static var verbatimKind: JSONSlice.Kind? { .array }
  static func result(_ parameters: [String]) -> TransformResult { .array }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    workspace.container(row, .array, record)
  }
}

extension Workspace {
  /// The value of a field that has to be an array or an object; anything else is an issue.
  mutating func container(
    _ row: Plan.Row, _ kind: JSONSlice.Kind, _ record: borrowing Record
  ) -> ValueSlice {
    guard let slice = record[row.field] else { return .absent }
    guard slice.kind == kind else {
      report(.wrongType, row.field, slice)
      return .absent
    }
    return ValueSlice(.record, slice.range)
  }
}
