/// Values about the client, and about the product that saw it.
extension Engine {
  /// `ipv4` or `ipv6`.
  mutating func appendAddressType(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch IPAddress(text.extracting(content))?.version {
    case .v4: document.append(#""ipv4""#)
    case .v6: document.append(#""ipv6""#)
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
    guard let content = scalarText(slot, row),
      let category = Source.category(of: text, content)
    else { return false }
    document.append(.quote)
    document.append(category)
    document.append(.quote)
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
