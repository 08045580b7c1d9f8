extension Action {
  /// What an action means for the request.
  enum Effect {
    /// Refused.
    case denied
    /// A challenge that was issued and failed.
    case failed
    /// The connection was closed.
    case closed
    /// Let through.
    case allowed
    /// Neither; also every action that is not listed.
    case other
  }

  /// The effect of the actions that have one.
  static let effects: [(action: Action, effect: Effect)] = [
    (.allow, .allowed),
    (.block, .denied),
    (.connectionClose, .closed),
    (.forceConnectionClose, .closed),
    (.challengeSolved, .allowed),
    (.challengeFailed, .failed),
    (.challengeBypassed, .allowed),
    (.jsChallengeSolved, .allowed),
    (.jsChallengeFailed, .failed),
    (.jsChallengeBypassed, .allowed),
    (.bypass, .allowed),
    (.skip, .allowed),
    (.managedChallengeSkipped, .allowed),
    (.managedChallengeNonInteractiveSolved, .allowed),
    (.managedChallengeInteractiveSolved, .allowed),
    (.managedChallengeBypassed, .allowed),
    (.precursorInterstitialPageBypassed, .allowed),
    (.precursorInterstitialPageSolved, .allowed),
    (.drop, .denied),
  ]

  /// The names in ``effects``, for finding one by its bytes.
  private static let names = NameTable(effects.map(\.action.rawValue))

  /// The effect of the action that is the content of a JSON string, in any spelling.
  static func effect(of text: Span<UInt8>, _ content: Range<Int>) -> Effect {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    // An action with more letters than fit is not listed.
    let (count, _) = text.foldLetters(content, into: &folded)
    let index = names.find(folded.span, 0..<count)
    return index < 0 ? .other : effects[index].effect
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
