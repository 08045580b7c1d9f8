/// The parts of the host of the event at hand, for the many rows that read it.
struct HostMemo {
  /// Index of the field that was taken apart; -1 for none.
  var field = -1
  var port: Int?
  /// Where each part stands in the event's text, by the part's index; empty if it is not there.
  private(set) var slots = InlineArray<7, JSONSlot>(repeating: JSONSlot())
  /// A bit for each part that is there, by the part's index.
  private(set) var present: UInt64 = 0

  /// Where a part other than the port stands, and its length, or 0.
  @inline(__always)
  subscript(part: HostPart) -> (start: Int, length: Int) {
    (slots[part.index].start, slots[part.index].length)
  }

  /// The parts of no host.
  init(field: Int = -1) { self.field = field }

  /// The parts of a host, as if it stood at the start of the text.
  init(_ parts: RequestHost, _ suffix: PublicSuffixList.Boundaries?) {
    port = parts.port
    if port != nil { present = 1 << HostPart.port.bit }
    let end = parts.name.upperBound
    let tag = JSONSlot.tag(.string, epoch: 0)
    func set(_ part: HostPart, _ range: Range<Int>) {
      slots[part.index] = JSONSlot(
        tag: tag, range.lowerBound, range.upperBound, origin: -1)
      if !range.isEmpty { present |= 1 << part.bit }
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

  /// The same parts of a host that stands `distance` bytes further on, in a field of a record.
  @inline(__always)
  func moved(to field: Int, epoch: UInt16, by distance: Int) -> HostMemo {
    var memo = self
    memo.field = field
    for index in slots.indices { memo.slots[index] = slots[index].moved(by: distance, epoch) }
    return memo
  }
}

extension HostPart {
  /// The part's place in a ``HostMemo``; the port has the last, but no slot.
  @inline(__always)
  var index: Int {
    switch self {
    case .address: 0
    case .name: 1
    case .nameOrAddress: 2
    case .ip: 3
    case .topLevelDomain: 4
    case .registeredDomain: 5
    case .subdomain: 6
    case .port: 7
    }
  }

  fileprivate var bit: UInt64 { UInt64(index) }
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
    if let known = hosts.find(text, content) {
      host = known.moved(to: field, epoch: fields.epoch, by: content.lowerBound)
      return
    }
    takeApart(field, slot, content, fields, text)
  }

  @inline(never)
  private mutating func takeApart(
    _ field: Int, _ slot: JSONSlot, _ content: Range<Int>,
    _ fields: borrowing EventFields, _ text: Span<UInt8>
  ) {
    let bytes = text.extracting(content)
    let parts = RequestHost(bytes)
    let suffix =
      parts.literal == nil
      ? PublicSuffixList.boundaries(of: bytes.extracting(parts.name)) : nil
    let memo = HostMemo(parts, suffix)
    if parts.portIsBad {
      // Not remembered, so that it is a problem again.
      report(.invalidPort, field, slot)
    } else {
      hosts.remember(memo, text, content)
    }
    host = memo.moved(to: field, epoch: fields.epoch, by: content.lowerBound)
  }
}
