extension FieldMapping.Transform {
  /// A URL put together from scheme, host, path and query; needs a host.
  public static let referrer = Self(ReferrerTransform.self)
}

/// Scheme, host, path and query of a referrer as one URL. It needs a host; without a scheme, or with
/// the scheme `unknown`, it has no `//` either.
enum ReferrerTransform: TransformDefinition {
  static let name = "referrer"
  static var fieldCount: ClosedRange<Int> { 4...4 }
  static var copiesRecord: Bool { true }
  static func neededPlace(_ row: FieldMapping) -> Int? { 1 }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let host = scratch.text(row, 1, record) else { return .absent }
    var scheme = scratch.text(row, 0, record)
    if let given = scheme, given.count == 7, text.equalsIgnoringCase(given, "unknown") {
      scheme = nil
    }
    return scratch.url(scheme, host, row, record, text)
  }
}
