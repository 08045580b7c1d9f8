extension FieldMapping.Transform {
  /// `ipv4` or `ipv6`.
  public static let addressType = Self(AddressTypeTransform.self)
}

/// `ipv4` or `ipv6`, by the address in a field.
enum AddressTypeTransform: TransformDefinition {
  static let name = "addressType"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    switch scratch.addressVersion(row.field, content, record, text) {
    case .v4: scratch.buffer.append("ipv4" as StaticString)
    case .v6: scratch.buffer.append("ipv6" as StaticString)
    case nil: return .absent
    }
    return scratch.made(from: start)
  }
}
