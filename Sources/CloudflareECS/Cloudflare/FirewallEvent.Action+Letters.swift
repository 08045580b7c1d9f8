extension FirewallEvent.Action {
  /// The letters in lower case, which is all that is compared of a known action; nil for any other text.
  static func letters(ofKnown text: [UInt8]) -> [UInt8]? {
    known(text.span, 0..<text.count) < 0 ? nil : text.filter(\.isLetter).map(\.lowercased)
  }

  /// Whether a text has the letters of one of several actions.
  static func isOne(of actions: [[UInt8]], _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for letters in actions where text.hasLetters(letters.span, in: range) { return true }
    return false
  }

  /// The actions with which a request is refused: blocked, its connection closed, or a challenge failed.
  static let denied = effects.filter {
    switch $0.effect {
    case .denied, .closed, .failed: true
    case .allowed, .other: false
    }
  }.map(\.action.rawValue)
}

extension Span where Element == UInt8 {
  /// Whether the letters in a range, in lower case, are the given ones. Other bytes are passed over.
  func hasLetters(_ letters: Span<UInt8>, in range: Range<Int>) -> Bool {
    var count = 0
    for offset in range where self[offset].isLetter {
      guard count < letters.count, self[offset].lowercased == letters[count] else { return false }
      count &+= 1
    }
    return count == letters.count
  }
}
