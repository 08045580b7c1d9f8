extension Transform {
  /// All members that the table does not know, each under its name. The target ends with `.*` and is
  /// an object of its own.
  public static let unmapped = Transform(UnmappedTransform.self)
}

/// The members that the table does not know: fields that no row reads, and names that no schema lists.
enum UnmappedTransform: TransformRule {
  static let name = "unmapped"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static func result(_ parameters: [String]) -> TransformResult { .members }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    if record.unknown.isEmpty, workspace.plan.unmappedFields.isEmpty { return .absent }
    let start = workspace.scratch.count
    workspace.scratch.append(.openBrace)
    for index in workspace.plan.unmappedFields {
      guard let slice = record[index] else { continue }
      workspace.scratch.append(.quote)
      workspace.scratch.append(workspace.plan.field(index).name)
      workspace.scratch.append(#"":"#)
      workspace.scratch.append(text, slice.range)
      workspace.scratch.append(.comma)
    }
    for member in record.unknown where !member.value.isEmpty {
      workspace.scratch.append(text, member.name.range)
      workspace.scratch.append(.colon)
      workspace.scratch.append(text, member.value.range)
      workspace.scratch.append(.comma)
    }
    if workspace.scratch.count == start &+ 1 { return .absent }
    workspace.scratch.replaceLast(with: .closeBrace)
    return workspace.made(from: start)
  }
}
