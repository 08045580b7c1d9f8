/// The parts of the host of the event at hand, for the many rows that read it.
struct HostMemo {
  /// Index of the field that was taken apart; -1 for none.
  var field = -1
  var port: Int?
  /// Where each part stands in the event's text, by the part's index; empty if it is not there.
  private var ranges = InlineArray<7, PackedRange>(repeating: PackedRange())

  private struct PackedRange {
    var start: UInt32 = 0
    var end: UInt32 = 0
  }

  /// Where a part other than the port stands, or an empty range.
  @inline(__always)
  subscript(part: HostPart) -> Range<Int> {
    get {
      let range = ranges[part.index]
      return Range(uncheckedBounds: (Int(range.start), Int(range.end)))
    }
    set {
      ranges[part.index].start = UInt32(truncatingIfNeeded: newValue.lowerBound)
      ranges[part.index].end = UInt32(truncatingIfNeeded: newValue.upperBound)
    }
  }

  /// The parts of no host.
  init(field: Int = -1) { self.field = field }

  /// The parts of the host that starts at `start`.
  init(field: Int, _ parts: RequestHost, _ suffix: PublicSuffixList.Boundaries?, at start: Int) {
    self.field = field
    port = parts.port
    let end = parts.name.upperBound
    func shifted(_ range: Range<Int>?) -> Range<Int> {
      range.map { (start &+ $0.lowerBound)..<(start &+ $0.upperBound) } ?? 0..<0
    }
    self[.address] = shifted(parts.address)
    self[.nameOrAddress] = shifted(parts.name)
    if let literal = parts.literal { self[.ip] = shifted(literal.range) }
    else { self[.name] = shifted(parts.name) }
    guard let suffix else { return }
    self[.topLevelDomain] = shifted(suffix.suffixStart..<end)
    guard let registered = suffix.registeredStart else { return }
    self[.registeredDomain] = shifted(registered..<end)
    if registered > 0 { self[.subdomain] = shifted(0..<(registered &- 1)) }
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
    let range = host[part]
    guard !range.isEmpty else { return false }
    document.append(.quote)
    document.append(text, range)
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
