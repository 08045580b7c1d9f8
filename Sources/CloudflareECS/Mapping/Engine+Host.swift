/// The parts of the host of the event at hand, for the many rows that read it.
struct HostMemo {
  /// Index of the field that was taken apart; -1 for none.
  var field = -1
  /// Where the host's text starts.
  var start = 0
  var parts = RequestHost("")
  /// Where its suffix and registered domain start, from the host's start; nil if it has no parts.
  var suffix: PublicSuffixList.Boundaries?
}

extension Engine {
  mutating func appendHost(
    _ part: HostPart, _ slot: JSONSlot,
    _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    if host.field != row.source { takeApart(content, row.source, slot, text) }
    let parts = host.parts
    if part == .port {
      guard let port = parts.port else { return false }
      document.append(integer: Int64(port))
      return true
    }
    guard let range = range(of: part), !range.isEmpty else { return false }
    document.append(.quote)
    document.append(text, (host.start &+ range.lowerBound)..<(host.start &+ range.upperBound))
    document.append(.quote)
    return true
  }

  private func range(of part: HostPart) -> Range<Int>? {
    let parts = host.parts
    let end = parts.name.upperBound
    switch part {
    case .address: return parts.address
    case .name: return parts.literal == nil ? parts.name : nil
    case .nameOrAddress: return parts.name
    case .ip: return parts.literal?.range
    case .topLevelDomain: return host.suffix.map { $0.suffixStart..<end }
    case .registeredDomain: return host.suffix?.registeredStart.map { $0..<end }
    case .subdomain:
      guard let start = host.suffix?.registeredStart, start > 0 else { return nil }
      return 0..<(start &- 1)
    case .port: return nil
    }
  }

  private mutating func takeApart(
    _ content: Range<Int>, _ field: Int, _ slot: JSONSlot, _ text: Span<UInt8>
  ) {
    let parts = RequestHost(text.extracting(content))
    host.field = field
    host.start = content.lowerBound
    host.parts = parts
    host.suffix =
      parts.literal == nil
      ? PublicSuffixList.boundaries(of: text.extracting(content).extracting(parts.name)) : nil
    if parts.portIsBad { report(.invalidPort, field, slot) }
  }
}
