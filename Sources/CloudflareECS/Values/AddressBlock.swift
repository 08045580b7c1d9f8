/// An address, or all addresses that begin with the same bits: `192.0.2.1`, `203.0.113.0/24`, `2001:db8::/32`
/// (RFC 4632, RFC 4291). An IPv4-mapped IPv6 address is the IPv4 address.
struct AddressBlock: Hashable, Sendable {
  private let version: IPAddress.Version
  private let bits: UInt128
  /// The number of bits that count.
  private let length: UInt8

  /// Reads `ADDRESS` or `ADDRESS/LENGTH`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let written = IPAddress(String(parts[0])) else { return nil }
    var length = written.width
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy(\.isDigit), let number = UInt8(parts[1]), number <= length
      else { return nil }
      length = number
    }
    let mapped = length >= 96 ? written.mappedIPv4 : nil
    let address = mapped ?? written
    self.length = mapped == nil ? length : length - 96
    version = address.version
    bits = address.network(self.length)
  }

  func contains(_ other: IPAddress) -> Bool {
    let address = other.mappedIPv4 ?? other
    return address.version == version && address.network(length) == bits
  }
}
