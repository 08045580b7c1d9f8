/// The parts of the host of the event at hand, for the many rows that read it.
struct HostMemo {
  /// Index of the field that was taken apart; -1 for none.
  var field = -1
  var port: Int?
  /// Where each part stands in the event's text, by the part's index; empty if it is not there.
  private var ranges = InlineArray<7, PackedRange>(repeating: PackedRange())

  private struct PackedRange {
    var start: UInt32 = 0
    var length: UInt32 = 0
  }

  /// Where a part other than the port stands, and its length, or 0.
  @inline(__always)
  subscript(part: HostPart) -> (start: Int, length: Int) {
    let range = ranges[part.index]
    return (Int(range.start), Int(range.length))
  }

  /// The parts of no host.
  init(field: Int = -1) { self.field = field }

  /// The parts of the host that starts at `start`.
  init(field: Int, _ parts: RequestHost, _ suffix: PublicSuffixList.Boundaries?, at start: Int) {
    self.field = field
    port = parts.port
    let end = parts.name.upperBound
    func set(_ part: HostPart, _ range: Range<Int>) {
      ranges[part.index].start = UInt32(truncatingIfNeeded: start &+ range.lowerBound)
      ranges[part.index].length = UInt32(truncatingIfNeeded: range.count)
    }
    set(.address, parts.address)
    set(.nameOrAddress, parts.name)
    if let literal = parts.literal { set(.ip, literal.range) } else { set(.name, parts.name) }
    guard let suffix else { return }
    set(.topLevelDomain, suffix.suffixStart..<end)
    guard let registered = suffix.registeredStart else { return }
    set(.registeredDomain, registered..<end)
    if registered > 0 { set(.subdomain, 0..<(registered &- 1)) }
  }
}

extension HostPart {
  /// The part's place in a ``HostMemo``; the port has none.
  @inline(__always)
  fileprivate var index: Int {
    switch self {
    case .address: 0
    case .name: 1
    case .nameOrAddress: 2
    case .ip: 3
    case .topLevelDomain: 4
    case .registeredDomain: 5
    case .subdomain, .port: 6
    }
  }
}

extension Engine {
  mutating func appendHost(
    _ part: HostPart, _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    if host.field != row.source { readHost(row.source, fields, text) }
    if part == .port {
      guard let port = host.port else { return false }
      document.append(integer: Int64(port))
      return true
    }
    let (start, length) = host[part]
    guard length > 0 else { return false }
    document.append(.quote)
    document.append(text, start..<(start &+ length))
    document.append(.quote)
    return true
  }

  /// Takes the host in a field apart.
  @inline(never)
  mutating func readHost(_ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>) {
    guard let slot = fields[field], let content = scalarText(slot, field: field) else {
      host = HostMemo(field: field)
      return
    }
    let bytes = text.extracting(content)
    let parts = RequestHost(bytes)
    let suffix =
      parts.literal == nil
      ? PublicSuffixList.boundaries(of: bytes.extracting(parts.name)) : nil
    host = HostMemo(field: field, parts, suffix, at: content.lowerBound)
    if parts.portIsBad { report(.invalidPort, field, slot) }
  }
}
