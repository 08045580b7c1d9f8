extension FieldMapping.Transform {
  /// `http`, if the text is `HTTP/` and a number.
  public static let httpName = Self(HTTPNameTransform.self)
}

/// `http`, if the text is `HTTP/` and a number. `none` and `unknown` give nothing, any other form is an issue.
enum HTTPNameTransform: TransformRule {
  static let name = "httpName"
  static var isRemembered: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let parts = workspace.protocolParts(row, .http, record, text) else { return .absent }
    let start = workspace.scratch.count
    for offset in parts.name { workspace.scratch.append(text[offset].lowercased) }
    return workspace.made(from: start)
  }
}
