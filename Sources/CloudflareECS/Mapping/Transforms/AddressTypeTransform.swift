extension FieldMapping.Transform {
  /// `ipv4` or `ipv6`.
  public static let addressType = Self(AddressTypeTransform.self)
}

/// `ipv4` or `ipv6`, by the address in a field.
enum AddressTypeTransform: TransformRule {
  static let name = "addressType"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    switch workspace.addressVersion(row.field, content, record, text) {
    case .v4: workspace.scratch.append("ipv4" as StaticString)
    case .v6: workspace.scratch.append("ipv6" as StaticString)
    case nil: return .absent
    }
    return workspace.made(from: start)
  }
}
