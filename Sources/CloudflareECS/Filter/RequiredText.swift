/// A text that a value needs to have for a test to hold, letters A–Z in lower case.
struct RequiredText: Hashable, Sendable {
  /// Where in the value the text is.
  enum Place: Hashable, Sendable {
    case whole, start, end, anywhere
    /// The letters of the value are those of the text: it begins with the first one, or with another character.
    case letters
    /// The value may be any of a certain length: the text is empty.
    case present
  }

  let place: Place
  let text: [UInt8]
  /// The most bytes of the value, decoded.
  var mostCount = Int.max

  static let present = RequiredText(place: .present, text: [])

  /// How rare it is that a value has one of some texts: a guess from the commonest of them.
  static func rarity(of texts: [RequiredText]) -> Int {
    let rarities = texts.map { text in
      switch text.place {
      // A text that is the whole value is no rarer, but found faster.
      case .whole: LiteralScanner.rarity(of: [text.text]) + 1
      case .start, .end, .anywhere: LiteralScanner.rarity(of: [text.text])
      case .letters, .present: 0
      }
    }
    return rarities.min() ?? 0
  }
}

extension TargetTest {
  /// Whether a value that has one of ``requiredTexts`` is certainly a match.
  var hasExactTexts: Bool {
    guard operation == .equals, shape == .text, constant == nil else { return false }
    return switch operands {
    case .texts, .actions: true
    case .none, .numbers, .times, .addresses, .globs, .expressions: false
    }
  }

  /// Texts of which a matching value has one; none if the test may hold without a value.
  var requiredTexts: [RequiredText] {
    if holdsIfAbsent || constant != nil { return [] }
    func all(_ texts: [[UInt8]], _ place: RequiredText.Place) -> [RequiredText] {
      texts.map {
        $0.count < LiteralScanner.least ? .present : RequiredText(place: place, text: $0)
      }
    }
    switch operands {
    case .none, .numbers, .times, .addresses: return [.present]
    case .actions(let actions, let others):
      return actions.map { RequiredText(place: .letters, text: $0) }
        + others.map { RequiredText(place: .whole, text: $0) }
    case .texts(let texts):
      switch operation {
      case .beginsWith: return all(texts, .start)
      case .endsWith: return all(texts, .end)
      case .contains: return all(texts, .anywhere)
      default: return texts.map { RequiredText(place: .whole, text: $0) }
      }
    case .globs(let globs):
      return globs.map { glob in
        let text = glob.requiredText
        return text.text.count < LiteralScanner.least ? .present : text
      }
    case .expressions(let expressions):
      if expressions.contains(where: { $0.requiredTexts.isEmpty }) {
        let most = expressions.map(\.mostCount).max() ?? 0
        return [RequiredText(place: .present, text: [], mostCount: most)]
      }
      return all(expressions.flatMap(\.requiredTexts), .anywhere)
    }
  }
}
