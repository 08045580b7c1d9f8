/// Reads a text of a Sigma rule, in which `*` and `?` are wildcards.
///
///     C:\Temp\*      C:\Temp*     a backslash makes a wildcard plain
///     C:\\Temp\\*    C:\Temp\ and a wildcard
enum SigmaValue {
  /// The parts of a text.
  static func elements(_ text: String) -> [TextGlob.Element] {
    var elements: [TextGlob.Element] = []
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

  /// The text as a modifier compares it.
  static func glob(_ text: String, _ modifiers: SigmaModifiers) -> TextGlob {
    var elements = elements(text)
    switch modifiers.comparison {
    case .contains: elements = [.any] + elements + [.any]
    case .startswith: elements.append(.any)
    case .endswith: elements.insert(.any, at: 0)
    default: break
    }
    return TextGlob(elements, isCased: modifiers.isCased)
  }
}

extension UInt8 {
  static let star: UInt8 = 0x2A
}
