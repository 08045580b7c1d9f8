extension FieldMapping.Transform {
  /// The text, if it is an IPv4 or IPv6 address.
  public static let address = Self(AddressTransform.self)
}

/// The text, if it is an IPv4 or IPv6 address.
enum AddressTransform: TransformDefinition {
  static let name = "address"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record),
      scratch.addressVersion(row.field, content, record, text) != nil
    else { return .absent }
    return ValueSlice(.record, content)
  }
}

/// The address that was read last: several rows ask for one.
struct AddressReading {
  /// The field that has it, or -1.
  var field = -1
  var version = IPAddress.Version.v4
}

extension Scratch {
  /// The version of the address in a field; nil where the text is none, which is an issue.
  mutating func addressVersion(
    _ field: Int, _ content: Range<Int>, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> IPAddress.Version? {
    if address.field == field { return address.version }
    if IPAddress.isDottedQuad(text, content) {
      address = AddressReading(field: field, version: .v4)
    } else if let other = IPAddress(text.extracting(content)) {
      address = AddressReading(field: field, version: other.version)
    } else {
      report(.invalidAddress, field, record.slices[field])
      return nil
    }
    return address.version
  }
}
