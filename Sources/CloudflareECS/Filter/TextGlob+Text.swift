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

  /// The parts of a text as Sigma writes it, in which `*` and `?` are wildcards.
  ///
  ///     C:\Temp\*      C:\Temp*     a backslash makes a wildcard plain
  ///     C:\\Temp\\*    C:\Temp\ and a wildcard
  static func elements(of text: String) -> [Element] {
    var elements: [Element] = []
    var plain: [UInt8] = []
    func close() {
      if !plain.isEmpty { elements.append(.text(plain)) }
      plain = []
    }
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      index += 1
      switch byte {
      case .backslash where next == .star || next == .questionMark || next == .backslash:
        plain.append(next)
        index += 1
      case .star:
        close()
        if elements.last != .any { elements.append(.any) }
      case .questionMark:
        close()
        elements.append(.one)
      default: plain.append(byte)
      }
    }
    close()
    return elements
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

extension UInt8 {
  static let star: UInt8 = 0x2A
}

extension TextGlob: Codable {
  private enum CodingKeys: String, CodingKey { case text, isCased }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      Self.elements(of: try container.decode(String.self, forKey: .text)),
      isCased: try container.decode(Bool.self, forKey: .isCased))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(text, forKey: .text)
    try container.encode(isCased, forKey: .isCased)
  }
}
