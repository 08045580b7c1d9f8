/// An address, or all addresses that begin with the same bits: `192.0.2.1`, `203.0.113.0/24`, `2001:db8::/32`
/// (RFC 4632, RFC 4291). An IPv4-mapped IPv6 address counts as the IPv4 address.
struct AddressBlock: Hashable, Sendable {
  let version: IPAddress.Version
  /// The bits of the first address.
  let bits: UInt128
  /// The number of bits that count.
  let length: UInt8

  /// The block of the given prefix length that contains an address.
  init(_ address: IPAddress, length: UInt8) {
    let mapped = length >= 96 ? address.mappedIPv4 : nil
    let address = mapped ?? address
    self.length = mapped == nil ? length : length - 96
    version = address.version
    bits = address.network(self.length)
  }

  /// The block as `ADDRESS/LENGTH`.
  var text: String { "\(IPAddress(version, bits: bits))/\(length)" }

  /// Reads `ADDRESS` or `ADDRESS/LENGTH`; nil for anything else.
  init?(_ text: String) {
    let parts = Self.parts(text.utf8.span, 0..<text.utf8.count)
    guard let (address, length) = parts else { return nil }
    self.init(address, length: length)
  }

  /// The address and the prefix length in `ADDRESS` or `ADDRESS/LENGTH`, as they are written; nil for anything else.
  static func parts(
    _ text: Span<UInt8>, _ range: Range<Int>
  ) -> (address: IPAddress, length: UInt8)? {
    let slash = text.firstOffset(of: .slash, in: range)
    guard let address = IPAddress(text.extracting(range.lowerBound..<slash)) else { return nil }
    guard slash < range.upperBound else { return (address, address.width) }
    let digits = (slash &+ 1)..<range.upperBound
    guard digits.count <= 3, !digits.isEmpty, digits.allSatisfy({ text[$0].isDigit }) else {
      return nil
    }
    let length = digits.reduce(0) { $0 &* 10 &+ Int(text[$1] &- .zero) }
    return length <= Int(address.width) ? (address, UInt8(length)) : nil
  }

  func contains(_ other: IPAddress) -> Bool {
    let address = other.mappedIPv4 ?? other
    return address.version == version && address.network(length) == bits
  }
}

/// A block is its text.
extension AddressBlock: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let block = AddressBlock(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an address or a CIDR block")
    }
    self = block
  }

  func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}
