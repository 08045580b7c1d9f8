extension FieldMapping.Transform {
  /// The protocol's name in lower case: `tls` of `TLSv1.3`.
  public static let tlsName = Self(TLSNameTransform.self)
}

/// The protocol's name in lower case: `tls` of `TLSv1.3`. `none` and `unknown` give nothing, any other form is an issue.
enum TLSNameTransform: TransformRule {
  static let name = "tlsName"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let parts = workspace.protocolParts(row, .tls, record, text) else { return .absent }
    let start = workspace.scratch.count
    for offset in parts.name { workspace.scratch.append(text[offset].lowercased) }
    return workspace.made(from: start)
  }
}
