/// An address, or all addresses that begin with the same bits: `192.0.2.1`, `203.0.113.0/24`, `2001:db8::/32`
/// (RFC 4632, RFC 4291). An IPv4-mapped IPv6 address is the IPv4 address.
struct AddressBlock: Hashable, Sendable {
  private let address: IPAddress
  /// The bits that count.
  private let length: Int

  /// Reads `ADDRESS` or `ADDRESS/LENGTH`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    var length = address.width
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy(\.isDigit), let number = Int(parts[1]), number <= length else {
        return nil
      }
      length = number
    }
    let unmapped = address.unmapped
    if unmapped.version != address.version {
      guard length >= 96 else { return nil }
      length -= 96
    }
    self.address = unmapped
    self.length = length
  }

  func contains(_ other: IPAddress) -> Bool {
    let other = other.unmapped
    guard other.version == address.version else { return false }
    return length == 0 || (address.bits ^ other.bits) >> UInt128(address.width - length) == 0
  }
}

extension IPAddress {
  /// The number of bits.
  fileprivate var width: Int { version == .v6 ? 128 : 32 }

  /// The IPv4 address of an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2); any other address itself.
  fileprivate var unmapped: IPAddress {
    version == .v6 && bits >> 32 == 0xFFFF ? IPAddress(.v4, bits: bits & 0xFFFF_FFFF) : self
  }
}
