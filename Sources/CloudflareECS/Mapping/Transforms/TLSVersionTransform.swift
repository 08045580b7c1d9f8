extension FieldMapping.Transform {
  /// The protocol's number: `1.3` of `TLSv1.3`.
  public static let tlsVersion = Self(TLSVersionTransform.self)
}

/// The protocol's number: `1.3` of `TLSv1.3`. `none` and `unknown` give nothing, any other form is an issue.
enum TLSVersionTransform: TransformDefinition {
  static let name = "tlsVersion"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let parts = scratch.protocolParts(row, .tls, record, text) else { return .absent }
    return ValueSlice(.record, parts.version)
  }
}
