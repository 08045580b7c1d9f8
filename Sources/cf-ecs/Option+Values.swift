import CloudflareECS

/// Reading the values of options.
extension Option {
  struct Refusal: Error {
    /// A further limit on the value, for the error message.
    var limit = ""
  }

  static func words<Choice: RawRepresentable<String> & CaseIterable>(
    of type: Choice.Type
  ) -> Value { .choice(type.allCases.map(\.rawValue)) }

  @Sendable static func profile(_ name: String) throws -> any Normalizer {
    guard let profile = BuiltInProfiles.all.first(where: { $0.name == name }) else {
      throw Refusal()
    }
    return profile
  }

  @Sendable static func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else { throw Refusal() }
    return choice
  }

  /// A size of at most 1 GiB.
  @Sendable static func recordSize(_ text: String) throws -> Int {
    let size = try size(text)
    guard size <= RecordLimit.largest else { throw Refusal(limit: ", at most 1G") }
    return size
  }

  /// `4096`, `64K`, `16M`, `1G`; at least 1.
  @Sendable static func size(_ text: String) throws -> Int {
    let shift = ["K": 10, "M": 20, "G": 30][text.suffix(1).uppercased()]
    let digits = text.dropLast(shift == nil ? 0 : 1)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0,
      case (let size, false) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    else { throw Refusal() }
    return size
  }

  @Sendable static func names(_ text: String) -> [String] {
    text.split(separator: ",").map(String.init)
  }

  /// One byte, or `\t`.
  @Sendable static func delimiter(_ text: String) throws -> UInt8 {
    if text == "\\t" { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != UInt8(ascii: "\"") else {
      throw Refusal()
    }
    return byte
  }
}
