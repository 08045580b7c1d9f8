/// Values about the client, and about the product that saw it.
extension Engine {
  /// Whether the text of a field is an address.
  @inline(__always)
  mutating func readAddress(_ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>) {
    let slot = fields.slots[field]
    let isQuad =
      slot.epoch == fields.epoch && slot.form == JSONSlot.usualForm(.string)
      && IPAddress.isDottedQuad(text, slot.content)
    guard let version = isQuad ? .v4 : otherVersion(field, fields, text) else {
      derived[DerivedSlot.address] = JSONSlot()
      return
    }
    derived[DerivedSlot.address] = slot
    addressField = field
    addressVersion = version
  }

  @inline(never)
  private mutating func otherVersion(
    _ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>
  ) -> IPAddress.Version? {
    guard let slot = fields[field], slot.kind == .string else { return nil }
    return IPAddress(text.extracting(slot.content))?.version
  }

  /// The version of the address that a slot is; nil for none, which is a problem.
  private mutating func addressVersion(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, _ content: Range<Int>
  ) -> IPAddress.Version? {
    if addressField != row.source {
      guard let address = IPAddress(text.extracting(content)) else {
        report(.invalidAddress, row.source, slot)
        return nil
      }
      addressField = row.source
      addressVersion = address.version
    }
    return addressVersion
  }

  mutating func appendAddress(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row), addressVersion(slot, row, text, content) != nil
    else { return false }
    return appendQuoted(text, content, to: &document)
  }

  /// `ipv4` or `ipv6`.
  mutating func appendAddressType(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch addressVersion(slot, row, text, content) {
    case .v4: document.append(#""ipv4""# as StaticString)
    case .v6: document.append(#""ipv6""# as StaticString)
    case nil: return false
    }
    return true
  }

  mutating func appendCountry(
    _ part: CountryPart, _ slot: JSONSlot,
    _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    let name = CountryNames.name(of: text, content)
    if part == .other {
      return name == nil && appendQuoted(text, content, to: &document)
    }
    guard let name else { return false }
    document.append(.quote)
    if part == .code {
      document.append(upperCased: text, content)
    } else {
      document.append(CountryNames.rows.utf8.span, name)
    }
    document.append(.quote)
    return true
  }

  /// The readable name of a product; nothing for one that is not known.
  mutating func appendSourceCategory(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    document.append(.quote)
    guard appendCategory(text, content, to: &document) else { return false }
    document.append(.quote)
    return true
  }

  /// Appends the readable name of a product; false for one that is not known.
  mutating func appendCategory(
    _ text: Span<UInt8>, _ source: Range<Int>, to document: inout OutputBuffer
  ) -> Bool {
    appendRemembered(.category, text, source, to: &document) { document in
      if let category = Source.category(of: text, source) { document.append(category) }
    }
  }

  /// What parts of a value are made of: remembered as if rows that no plan has had made it.
  enum Part: Int { case category = 0x7FFF, action = 0x7FFE }

  /// Appends what is made of a text, as it was remembered or anew; false if that is nothing.
  @inline(__always)
  mutating func appendRemembered(
    _ part: Part, _ text: Span<UInt8>, _ content: Range<Int>, to document: inout OutputBuffer,
    _ make: (inout OutputBuffer) -> Void
  ) -> Bool {
    let found = memo.find(part.rawValue, text, content)
    let start = document.count
    if let found, found.isKnown {
      document.append(memo.value(at: found.place))
    } else {
      make(&document)
      if let found, let value = document.withSpan({ Label($0, start..<$0.count) }) {
        memo.remember(value, at: found.place, part.rawValue, text, content)
      }
    }
    return document.count > start
  }
}

extension OutputBuffer {
  /// Appends text with the letters a to z in upper case.
  mutating func append(upperCased text: Span<UInt8>, _ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte == .backslash {
        // The letters of an escape are no letters of the text, which is canonical.
        let end = text[offset &+ 1] == UInt8(ascii: "u") ? offset &+ 6 : offset &+ 2
        append(text, offset..<end)
        offset = end
      } else {
        append(byte.uppercased)
        offset &+= 1
      }
    }
  }
}
