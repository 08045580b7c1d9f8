extension Transform {
  /// An object without the members that an index would refuse: what ``object`` is in the bulk format.
  static let indexableObject = Transform(IndexableObjectTransform.self)
}

/// An object as ``ObjectTransform`` gives it, without the members that an index would refuse. Tables do
/// not name it: it takes that one's place in the bulk format.
enum IndexableObjectTransform: TransformRule {
  static let name = "indexable_object"
  static func result(_ parameters: [String]) -> TransformResult { .object }

  /// The length of the target's path.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int { row.target.utf8.count }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    let value = ObjectTransform.value(row, record, text, &workspace)
    switch value.source {
    case .record where IndexLimits.mayRefuse(text, value.range, pathLength: row.option):
      return accepted(JSONValue(scanned: text, value.range), value, row, &workspace)
    case .scratch:
      let object: JSONValue? = workspace.scratch.withSpan {
        IndexLimits.mayRefuse($0, value.range, pathLength: row.option)
          ? JSONValue(scanned: $0, value.range) : nil
      }
      return object.map { accepted($0, value, row, &workspace) } ?? value
    default: return value
    }
  }

  /// The value again, or the object without the members that are refused.
  @inline(never)
  private static func accepted(
    _ object: JSONValue, _ value: ValueSlice, _ row: Plan.Row, _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let members = object.object?.members else { return value }
    let kept = members.filter { !IndexLimits.refuses($0, pathLength: row.option) }
    if kept.count == members.count { return value }
    workspace.report(.notIndexable, row.field, nil)
    if kept.isEmpty { return .absent }
    var rest = JSONObject()
    for member in kept { rest.append(member) }
    let start = workspace.scratch.count
    workspace.scratch.append(.object(rest))
    return workspace.made(from: start)
  }
}
