/// A number that changes with any byte of a text: FNV-1a with 64 bits.
public struct Checksum: Hashable, Sendable {
  /// The number of the bytes so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The checksum of no bytes.
  public init() {}

  /// Goes on with further bytes.
  public mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices {
      value = (value ^ UInt64(bytes[index])) &* 0x0100_0000_01B3
    }
  }
}
