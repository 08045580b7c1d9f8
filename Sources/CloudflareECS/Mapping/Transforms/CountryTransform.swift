extension FieldMapping.Transform {
  /// What a country code says.
  public static func country(_ part: CountryPart) -> Self {
    Self(CountryTransform.self, [part.rawValue])
  }
}

/// What a country code says: its code in upper case and its name in English, if ISO 3166-1 has it, else
/// the text as given.
enum CountryTransform: TransformDefinition {
  static let name = "country"
  static var options: [String] { FieldMapping.Transform.CountryPart.allCases.map(\.rawValue) }
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let name = CountryNames.name(of: text, content)
    let part = FieldMapping.Transform.CountryPart.allCases[row.option]
    guard let name else {
      switch part {
      case .other: return ValueSlice(.record, content)
      case .code, .name: return .absent
      }
    }
    let start = scratch.buffer.count
    switch part {
    case .code: scratch.buffer.append(upperCased: text, content)
    case .name: scratch.buffer.append(CountryNames.rows.utf8.span, name)
    case .other: return .absent
    }
    return scratch.made(from: start)
  }
}

extension OutputBuffer {
  /// Appends text with the letters a to z in upper case.
  mutating func append(upperCased text: Span<UInt8>, _ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte == .backslash {
        // The letters of an escape are no letters of the text, which is canonical.
        let end = text[offset &+ 1] == UInt8(ascii: "u") ? offset &+ 6 : offset &+ 2
        append(text, offset..<end)
        offset = end
      } else {
        append(byte.uppercased)
        offset &+= 1
      }
    }
  }
}
