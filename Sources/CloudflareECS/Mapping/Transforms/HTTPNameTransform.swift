extension FieldMapping.Transform {
  /// `http`, if the text is `HTTP/` and a number.
  public static let httpName = Self(HTTPNameTransform.self)
}

/// `http`, if the text is `HTTP/` and a number. `none` and `unknown` give nothing, any other form is an issue.
enum HTTPNameTransform: TransformDefinition {
  static let name = "httpName"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let parts = scratch.protocolParts(row, .http, record, text) else { return .absent }
    let start = scratch.buffer.count
    for offset in parts.name { scratch.buffer.append(text[offset].lowercased) }
    return scratch.made(from: start)
  }
}
