/// The parts of a host, as if it stood at the start of the text.
struct HostParts {
  var port: Int?
  /// Where each part other than the port stands, by its index.
  private(set) var slots = InlineArray<8, JSONSlot>(repeating: JSONSlot())
  /// The marks of the parts that are there.
  private(set) var marks = SmallSet()

  /// The parts of no host.
  init() {}

  /// The parts of a host, with the marks of each part.
  init(
    _ parts: RequestHost, _ suffix: PublicSuffixList.Boundaries?,
    marks allMarks: InlineArray<8, SmallSet>
  ) {
    port = parts.port
    if port != nil { marks.insert(allMarks[HostPart.port.index]) }
    let end = parts.name.upperBound
    func set(_ part: HostPart, _ range: Range<Int>) {
      let isUsual = !range.isEmpty && range.count <= JSONSlot.longestUsual
      let tag = JSONSlot.tag(.string, epoch: 0, isUsual: isUsual)
      slots[part.index] = JSONSlot(tag: tag, range.lowerBound, range.upperBound, origin: -1)
      if !range.isEmpty { marks.insert(allMarks[part.index]) }
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

/// The places of values that are not fields, but stand in the text of one: the parts of the host by
/// ``HostPart/index``, the address, the moment, and more.
enum DerivedSlot {
  /// In the place of the port, which is a number.
  static let address = HostPart.port.index
  /// A text of no length, for steps that only have a label.
  static let nothing = address + 1
  /// A moment in whole seconds, with its first quote, but without its `Z`.
  static let second = nothing + 1
  /// Texts without their first quote, of fields that stand behind a prefix.
  static let firstPrefixed = second + 1
  static let mostPrefixed = Slots.count - firstPrefixed

  typealias Slots = InlineArray<16, JSONSlot>
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
}

extension Engine {
  mutating func appendHost(
    _ part: HostPart, _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    if hostField != row.source { _ = readHost(row.source, fields, text) }
    if part == .port {
      guard let port = hostPort else { return false }
      document.append(integer: Int64(port))
      return true
    }
    let slot = derived[part.index]
    return slot.length > 0 && appendQuoted(text, slot.range, to: &document)
  }

  /// Takes the host in a field apart; returns the marks of the parts that are there.
  @inline(__always)
  mutating func readHost(
    _ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>
  ) -> SmallSet {
    hostField = field
    let slot = fields.slots[field]
    let isUsual = slot.epoch == fields.epoch && slot.form == JSONSlot.usualForm(.string)
    if let content = isUsual ? slot.content : otherText(of: field, fields) {
      if let place = hosts.find(text, content) {
        return take(hosts.parts(at: place), at: content.lowerBound, fields.epoch)
      }
      return takeApart(field, slot, content, fields, text)
    }
    return take(HostParts(), at: 0, fields.epoch)
  }

  @inline(never)
  private mutating func otherText(of field: Int, _ fields: borrowing EventFields) -> Range<Int>? {
    guard let slot = fields[field] else { return nil }
    return scalarText(slot, field: field)
  }

  @inline(__always)
  private mutating func take(_ parts: HostParts, at start: Int, _ epoch: UInt16) -> SmallSet {
    hostPort = parts.port
    for index in 0..<HostPart.port.index {
      derived[index] = parts.slots[index].moved(by: start, epoch)
    }
    return parts.marks
  }

  @inline(never)
  private mutating func takeApart(
    _ field: Int, _ slot: JSONSlot, _ content: Range<Int>,
    _ fields: borrowing EventFields, _ text: Span<UInt8>
  ) -> SmallSet {
    let bytes = text.extracting(content)
    let found = RequestHost(bytes)
    let suffix =
      found.literal == nil
      ? PublicSuffixList.boundaries(of: bytes.extracting(found.name)) : nil
    let parts = HostParts(found, suffix, marks: plan.marks.hostParts)
    let marks = take(parts, at: content.lowerBound, fields.epoch)
    guard found.portIsBad else {
      hosts.remember(parts, text, content)
      return marks
    }
    // Not remembered, and left to the rows, so that it is a problem again.
    report(.invalidPort, field, slot)
    for index in 0..<HostPart.port.index { derived[index].markUnusual() }
    return marks
  }
}
