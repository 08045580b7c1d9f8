extension Transform {
  /// An object as it is; a GraphQL list of keys and values as the object that it stands for.
  public static let object = Transform(ObjectTransform.self)
}

/// An object as it is. (A GraphQL list of keys and values became one when the record was read.)
enum ObjectTransform: TransformRule {
  static let name = "object"
  static var verbatimKind: JSONSlice.Kind? { .object }
  static func result(_ parameters: [String]) -> TransformResult { .object }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    workspace.container(row, .object, record)
  }
}
