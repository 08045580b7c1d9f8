extension FirewallEvent.Action {
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
    /// None of these, and the effect of an unknown action.
    case other
  }

  /// The effects of the actions that Cloudflare lists now or listed in the past.
  static let effects: [(action: FirewallEvent.Action, effect: Effect)] = [
    (.unknown, .other),
    (.allow, .allowed),
    (.block, .denied),
    (.challenge, .other),
    (.jsChallenge, .other),
    (.log, .other),
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
    (.managedChallenge, .other),
    (.managedChallengeSkipped, .allowed),
    (.managedChallengeNonInteractiveSolved, .allowed),
    (.managedChallengeInteractiveSolved, .allowed),
    (.managedChallengeBypassed, .allowed),
    (.precursorInterstitialPageIssued, .other),
    (.precursorInterstitialPageBypassed, .allowed),
    (.precursorInterstitialPageSolved, .allowed),
    (.drop, .denied),
    (.simulate, .other),
    (.rewrite, .other),
  ]

  /// The names in ``effects``, for finding one by its bytes.
  private static let names = NameTable(effects.map(\.action.rawValue))

  /// The effect of the action that is the content of a JSON string, in any spelling.
  static func effect(of text: Span<UInt8>, _ content: Range<Int>) -> Effect {
    let index = known(text, content)
    return index < 0 ? .other : effects[index].effect
  }

  /// The index in ``effects`` of an action, which is the content of a JSON string in any spelling; -1 if
  /// the action is not known.
  static func known(_ text: Span<UInt8>, _ content: Range<Int>) -> Int {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    return text.fold(content, into: &folded).map { names.find(folded.span, 0..<$0) } ?? -1
  }

  /// The same for a text that ``FieldMapping/Transform/foldedAction`` gave.
  static func known(folded text: Span<UInt8>, _ content: Range<Int>) -> Int {
    names.find(text, content)
  }
}

extension OutputBuffer {
  /// Appends an action, which is the content of a JSON string: a known one as its letters in lower case,
  /// any other unchanged but in lower case. An action without letters gives nothing.
  mutating func append(action text: Span<UInt8>, _ content: Range<Int>) {
    let index = FirewallEvent.Action.known(text, content)
    if index >= 0 {
      append(FirewallEvent.Action.effects[index].action.rawValue)
      return
    }
    let start = count
    var hasLetters = false
    var offset = content.lowerBound
    while offset < content.upperBound {
      let byte = text[offset]
      if byte == .backslash {
        // An escape stands for no letter, and is canonical as it is.
        let length = text[offset &+ 1] == UInt8(ascii: "u") ? 6 : 2
        append(text, offset..<(offset &+ length))
        offset &+= length
        continue
      }
      if byte.isLetter { hasLetters = true }
      append(byte.lowercased)
      offset &+= 1
    }
    if !hasLetters { truncate(to: start) }
  }
}
