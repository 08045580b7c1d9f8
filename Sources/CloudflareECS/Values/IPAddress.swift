/// An IPv4 or IPv6 address.
///
/// Two addresses are equal if both their versions and their bits are: `192.0.2.1` is not
/// `::ffff:192.0.2.1`.
///
/// ```swift
/// let address = IPAddress("2001:DB8:0:0:0:0:0:1")!
/// address.version      // .v6
/// address.description  // "2001:db8::1"
/// ```
public struct IPAddress: Hashable, Sendable {
  /// The version of the Internet Protocol.
  public enum Version: Sendable {
    /// 32 bits, written `192.0.2.1`.
    case v4

    /// 128 bits, written `2001:db8::1`.
    case v6
  }

  /// The address's version of the Internet Protocol.
  public let version: Version

  /// The address as a number, the first byte highest; an IPv4 address fills the low 32 bits.
  public let bits: UInt128

  init(_ version: Version, bits: UInt128) {
    self.version = version
    self.bits = bits
  }
}

extension IPAddress: Codable {
  /// Decodes an address from its text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let address = IPAddress(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither an IPv4 nor an IPv6 address")
    }
    self = address
  }

  /// Encodes the address as text (RFC 5952).
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
