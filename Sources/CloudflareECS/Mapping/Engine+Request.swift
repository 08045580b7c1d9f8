extension Engine {
  /// Scheme, host, path and query as one URL. It needs a host; without a scheme there is no `//`.
  mutating func appendReferrer(
    _ row: Plan.Row, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    func part(_ place: Int) -> (slot: JSONSlot, field: Int)? {
      let field = sourceIndices[row.sources.lowerBound &+ place]
      return fields[field].map { ($0, field) }
    }
    guard let (slot, field) = part(1), let host = scalarText(slot, field: field) else {
      return false
    }
    document.append(.quote)
    if let (slot, field) = part(0), let scheme = scalarText(slot, field: field),
      !text.equalsIgnoringCase(scheme, "unknown")
    {
      document.append(text, scheme)
      document.append("://")
    }
    document.append(text, host)
    if let (slot, field) = part(2), let path = scalarText(slot, field: field) {
      document.append(text, path)
    }
    if let (slot, field) = part(3), let query = scalarText(slot, field: field) {
      if text[query.lowerBound] != .questionMark { document.append(.questionMark) }
      document.append(text, query)
    }
    document.append(.quote)
    return true
  }

  /// ECS types by the verdict on the action.
  mutating func appendEventType(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch verdict(text, content) {
    case .denied, .failed: document.append(#"["denied"]"#)
    case .closed: document.append(literals.span, row.parameters)
    case .allowed: document.append(#"["allowed"]"#)
    case .other: document.append(#"["info"]"#)
    }
    return true
  }

  private func verdict(_ text: Span<UInt8>, _ content: Range<Int>) -> Verdict {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    let count = text.foldLetters(content, into: &folded)
    let index = actions.find(folded.span, 0..<count)
    return index < 0 ? .other : Verdict.names[index].1
  }

  /// The protocol's name, where the text is a name, `v` and a number.
  mutating func appendTLSProtocol(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row), let parts = tlsParts(content, slot, row, text)
    else { return false }
    document.append(.quote)
    for offset in parts.name { document.append(text[offset].lowercased) }
    document.append(.quote)
    return true
  }

  /// Name and number of `TLSv1.3`; nothing for `none` and `unknown`, and a problem otherwise.
  mutating func tlsParts(
    _ content: Range<Int>, _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>
  ) -> (name: Range<Int>, version: Range<Int>)? {
    if text.isNoneOrUnknown(content) { return nil }
    var letters = content.lowerBound
    while letters < content.upperBound, text[letters].isLetter { letters &+= 1 }
    let name = content.lowerBound..<max(content.lowerBound, letters &- 1)
    let version = letters..<content.upperBound
    guard !name.isEmpty, text[name.upperBound].lowercased == UInt8(ascii: "v"),
      text.isVersion(version)
    else {
      report(.unknownProtocol, row.source, slot)
      return nil
    }
    return (name, version)
  }
}

extension Span where Element == UInt8 {
  /// Writes the letters in `range` in lower case, at most 64; returns their number, or 64 for more.
  func foldLetters(_ range: Range<Int>, into folded: inout InlineArray<64, UInt8>) -> Int {
    var count = 0
    var offset = range.lowerBound
    while offset < range.upperBound, count < 64 {
      let byte = self[offset]
      offset &+= 1
      if byte.isLetter {
        folded[count] = byte.lowercased
        count &+= 1
      } else if byte == .backslash {
        // An escape stands for no letter; the text is canonical.
        offset &+= offset < range.upperBound && self[offset] == UInt8(ascii: "u") ? 5 : 1
      }
    }
    return count
  }

  /// What Cloudflare writes where there is no protocol.
  func isNoneOrUnknown(_ range: Range<Int>) -> Bool {
    equalsIgnoringCase(range, "none") || equalsIgnoringCase(range, "unknown")
  }

  /// Whether the text is digits, or digits, a dot and digits.
  func isVersion(_ range: Range<Int>) -> Bool {
    let dot = firstOffset(of: .dot, in: range)
    let hasFraction = dot < range.upperBound
    func digits(_ range: Range<Int>) -> Bool {
      for offset in range where !self[offset].isDigit { return false }
      return !range.isEmpty
    }
    return digits(range.lowerBound..<dot)
      && (!hasFraction || digits((dot &+ 1)..<range.upperBound))
  }
}
