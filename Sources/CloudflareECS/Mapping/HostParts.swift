/// Where the parts of a host are in its text.
struct HostParts: Sendable {
  /// Start and end of each part by its index in ``FieldMapping/Transform/HostPart/allCases``; equal where there is none.
  private(set) var ranges = InlineArray<8, SIMD2<Int32>>(repeating: SIMD2())
  /// The port, or -1.
  private(set) var port: Int32 = -1

  /// The parts of no host.
  init() {}

  init(_ host: RequestHost, _ suffix: PublicSuffixList.Boundaries?) {
    port = host.port.map { Int32(truncatingIfNeeded: $0) } ?? -1
    let end = host.name.upperBound
    set(.address, host.address)
    set(.nameOrAddress, host.name)
    if let literal = host.literal { set(.ip, literal.range) } else { set(.name, host.name) }
    guard let suffix else { return }
    set(.topLevelDomain, suffix.suffixStart..<end)
    guard let registered = suffix.registeredStart else { return }
    set(.registeredDomain, registered..<end)
    if registered > 0 { set(.subdomain, 0..<(registered &- 1)) }
  }

  private mutating func set(_ part: FieldMapping.Transform.HostPart, _ range: Range<Int>) {
    ranges[part.index] = SIMD2(
      Int32(truncatingIfNeeded: range.lowerBound), Int32(truncatingIfNeeded: range.upperBound))
  }
}

extension FieldMapping.Transform.HostPart {
  /// The part's index in ``allCases``.
  @inline(__always)
  var index: Int {
    switch self {
    case .address: 0
    case .name: 1
    case .nameOrAddress: 2
    case .ip: 3
    case .port: 4
    case .topLevelDomain: 5
    case .registeredDomain: 6
    case .subdomain: 7
    }
  }
}
