/// Reads a text of a Sigma rule as its modifiers say.
enum SigmaValue {
  /// The text as a modifier compares it.
  static func glob(_ text: String, _ modifiers: SigmaModifiers) -> TextGlob {
    var elements = TextGlob.elements(of: text)
    switch modifiers.comparison {
    case .contains: elements = [.any] + elements + [.any]
    case .startswith: elements.append(.any)
    case .endswith: elements.insert(.any, at: 0)
    default: break
    }
    return TextGlob(elements, isCased: modifiers.isCased)
  }
}
