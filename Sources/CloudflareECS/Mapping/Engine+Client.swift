/// Values about the client, and about the product that saw it.
extension Engine {
  /// `ipv4` or `ipv6`.
  mutating func appendAddressType(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch IPAddress(text.extracting(content))?.version {
    case .v4: document.append(#""ipv4""# as StaticString)
    case .v6: document.append(#""ipv6""# as StaticString)
    case nil:
      report(.invalidAddress, row.source, slot)
      return false
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
    // Remembered as if a row that no plan has had made it.
    let row = Int(Int16.max)
    let found = memo.find(row, text, source)
    if let found, found.isKnown {
      document.append(memo.value(at: found.place))
      return true
    }
    guard let category = Source.category(of: text, source) else { return false }
    document.append(category)
    if let found, let value = Label(category.utf8) {
      memo.remember(value, at: found.place, row, text, source)
    }
    return true
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
