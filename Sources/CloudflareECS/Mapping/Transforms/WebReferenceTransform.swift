extension FieldMapping.Transform {
  /// The text, if it begins with `http://` or `https://`.
  public static let webReference = Self(WebReferenceTransform.self)
}

/// The text, if it begins with `http://` or `https://`.
enum WebReferenceTransform: TransformDefinition {
  static let name = "webReference"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let word = text.shortWord(content)
    let isReference = word == https || word & 0xFF_FFFF_FFFF_FFFF == http
    return isReference ? ValueSlice(.record, content) : .absent
  }

  /// `http://` and `https://` as words, the first letter in the lowest bits.
  private static var http: UInt64 { 0x2F_2F3A_7074_7468 }
  private static var https: UInt64 { 0x2F2F_3A73_7074_7468 }
}
