extension FieldMapping.Transform {
  /// The protocol's name in lower case: `tls` of `TLSv1.3`.
  public static let tlsName = Self(TLSNameTransform.self)
}

/// The protocol's name in lower case: `tls` of `TLSv1.3`. `none` and `unknown` give nothing, any other form is an issue.
enum TLSNameTransform: TransformDefinition {
  static let name = "tlsName"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let parts = scratch.protocolParts(row, .tls, record, text) else { return .absent }
    let start = scratch.buffer.count
    for offset in parts.name { scratch.buffer.append(text[offset].lowercased) }
    return scratch.made(from: start)
  }
}
