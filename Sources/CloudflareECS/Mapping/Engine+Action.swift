extension Engine {
  /// ECS types by the verdict on the action.
  mutating func appendEventType(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch verdict(text, content) {
    case .denied, .failed: document.append(#"["denied"]"# as StaticString)
    case .closed: document.append(literals.span, row.parameters)
    case .allowed: document.append(#"["allowed"]"# as StaticString)
    case .other: document.append(#"["info"]"# as StaticString)
    }
    return true
  }

  private func verdict(_ text: Span<UInt8>, _ content: Range<Int>) -> Verdict {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    // An action with more letters than fit is not listed.
    let (count, _) = text.foldLetters(content, into: &folded)
    let index = actions.find(folded.span, 0..<count)
    return index < 0 ? .other : Verdict.names[index].1
  }

  /// `success` or `failure`; nothing where the action says neither.
  mutating func appendOutcome(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    switch verdict(text, content) {
    case .denied, .closed, .allowed: document.append(#""success""# as StaticString)
    case .failed: document.append(#""failure""# as StaticString)
    case .other: return false
    }
    return true
  }

  /// The letters of the action, in lower case; nothing if there are none.
  mutating func appendFoldedAction(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    let start = document.count
    document.append(.quote)
    document.append(lettersOf: text, content)
    document.append(.quote)
    return document.count > start &+ 2
  }
}

extension OutputBuffer {
  /// Appends the letters A to Z of a string's content, in lower case.
  mutating func append(lettersOf text: Span<UInt8>, _ content: Range<Int>) {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    var rest = content
    while !rest.isEmpty {
      let (count, end) = text.foldLetters(rest, into: &folded)
      append(folded.span, 0..<count)
      rest = end..<content.upperBound
    }
  }
}

extension Span where Element == UInt8 {
  /// Writes the letters in `range` in lower case, at most 64; returns their number, and the offset where
  /// it stopped.
  func foldLetters(_ range: Range<Int>, into folded: inout InlineArray<64, UInt8>)
    -> (count: Int, end: Int)
  {
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
    return (count, Swift.min(offset, range.upperBound))
  }
}
