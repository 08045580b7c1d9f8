extension TextGlob {
  /// Where the text of a glob is in a value.
  enum Place {
    case whole, start, end, anywhere
  }

  /// Where a text without further wildcards is; `whole` for anything else.
  var place: Place {
    let inner = elements.drop { $0 == .any }.reversed().drop { $0 == .any }
    guard inner.count == 1, case .text = inner.first else { return .whole }
    return switch (elements.first == .any, elements.last == .any) {
    case (false, false): .whole
    case (false, true): .start
    case (true, false): .end
    case (true, true): .anywhere
    }
  }

  /// The glob as Sigma writes it: `*` and `?` are wildcards, a backslash makes one plain.
  var text: String { elements.map { $0.text(isEscaped: true) }.joined() }

  /// The text between the wildcards at the ends, unescaped.
  var plainText: String {
    elements.map { $0 == .any ? "" : $0.text(isEscaped: false) }.joined()
  }

  /// That text as Sigma writes it.
  var escapedText: String {
    elements.map { $0 == .any ? "" : $0.text(isEscaped: true) }.joined()
  }
}

extension TextGlob.Element {
  fileprivate func text(isEscaped: Bool) -> String {
    switch self {
    case .any: return "*"
    case .one: return "?"
    case .text(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      if !isEscaped { return text }
      return String(text.flatMap { "*?\\".contains($0) ? ["\\", $0] : [$0] })
    }
  }
}
