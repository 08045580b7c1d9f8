/// Which fields an event has that are not empty: a bit for each index.
///
/// Few shapes make up nearly all events of a zone, so what to write is worked out once for each.
struct Shape: Equatable {
  /// Fields with a higher index are in no shape.
  static let capacity = 116

  /// What else the steps for an event depend on.
  enum Mark {
    /// The host has this part.
    case host(HostPart)
    /// The address is one.
    case address
  }

  private var bits = SIMD2<UInt64>()

  /// No field.
  init() {}

  /// One field.
  init(_ index: Int) {
    guard index < Self.capacity else { return }
    bits[index / 64] = 1 << UInt64(index % 64)
  }

  /// A mark and no field.
  init(_ mark: Mark) {
    let place: Int =
      switch mark {
      case .address: 63
      case .host(let part): 54 + part.index
      }
    bits[1] = 1 << UInt64(place)
  }

  func contains(_ mark: Mark) -> Bool { bits[1] & Shape(mark).bits[1] != 0 }

  /// Adds the marks of a host's parts, a bit for each.
  @inline(__always)
  mutating func insert(hostParts: UInt64) { bits[1] |= hostParts &<< 54 }

  @inline(__always)
  mutating func insert(_ other: Shape) { bits |= other.bits }

  @inline(__always)
  static func == (left: Shape, right: Shape) -> Bool {
    let difference = left.bits ^ right.bits
    return difference[0] | difference[1] == 0
  }

  /// A number below `count`, a power of two.
  @inline(__always)
  func bucket(of count: Int) -> Int {
    let mixed = (bits[0] ^ bits[1] &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 40) & (count &- 1)
  }
}
