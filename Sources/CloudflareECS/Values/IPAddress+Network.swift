extension IPAddress {
  /// The number of bits of the address.
  var width: UInt8 { version == .v6 ? 128 : 32 }

  /// The first `length` bits of the address. The other bits are 0.
  func network(_ length: UInt8) -> UInt128 {
    let others = UInt128(width - length)
    return others == 128 ? 0 : (bits &>> others) &<< others
  }

  /// The IPv4 address that an IPv6 address stands for (RFC 4291, section 2.5.5.2): `::ffff:192.0.2.1`.
  var mappedIPv4: IPAddress? {
    version == .v6 && bits &>> 32 == 0xFFFF ? IPAddress(.v4, bits: bits & 0xFFFF_FFFF) : nil
  }
}
