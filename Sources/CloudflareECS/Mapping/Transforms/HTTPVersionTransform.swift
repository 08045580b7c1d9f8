extension FieldMapping.Transform {
  /// The number after `HTTP/`.
  public static let httpVersion = Self(HTTPVersionTransform.self)
}

/// The number after `HTTP/`. `none` and `unknown` give nothing, any other form is an issue.
enum HTTPVersionTransform: TransformDefinition {
  static let name = "httpVersion"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let parts = scratch.protocolParts(row, .http, record, text) else { return .absent }
    return ValueSlice(.record, parts.version)
  }
}
