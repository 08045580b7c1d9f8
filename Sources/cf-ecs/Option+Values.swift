import CloudflareECS

/// Reading the values of options.
extension Option {
  struct Refusal: Error {
    /// A further limit on the value, for the error message.
    var limit = ""
    /// Why the value cannot be used; its subject is the value.
    var reason: String?
  }

  static func words<Choice: RawRepresentable<String> & CaseIterable>(
    of type: Choice.Type
  ) -> Value { .choice(type.allCases.map(\.rawValue)) }

  @Sendable static func profile(_ name: String) throws -> any Normalizer {
    if let profile = BuiltInProfiles.all.first(where: { $0.name == name }) { return profile }
    let isPath = name.contains { "./".contains($0) }
    guard isPath || (try? FilePath(text: name).status()) != nil else { throw Refusal() }
    do {
      return try TableFile(path: name)
    } catch {
      throw Refusal(reason: "is not a table: \(error)")
    }
  }

  @Sendable static func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else { throw Refusal() }
    return choice
  }

  @Sendable static func compressionLevel(_ text: String) throws -> Int {
    guard let level = Int(text), 1...9 ~= level else { throw Refusal(limit: ", at most 9") }
    return level
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
    let number = try count(String(text.dropLast(shift == nil ? 0 : 1)))
    let size = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard case (1..., false) = size else { throw Refusal() }
    return size.partialValue
  }

  /// `90s`, `5m`, `1h`, in microseconds.
  @Sendable static func span(_ text: String) throws -> Int {
    guard let seconds = DetectionRule.Correlation.seconds(of: text) else { throw Refusal() }
    return seconds
  }

  /// `0`, `5000000`, `5MB`, `1GB`: decimal, as Cloudflare counts.
  @Sendable static func uploadSize(_ text: String) throws -> Int {
    let unit = ["KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000][text.suffix(2).uppercased()]
    guard let number = try? count(String(text.dropLast(unit == nil ? 0 : 2))),
      case (let size, false) = number.multipliedReportingOverflow(by: unit ?? 1)
    else { throw Refusal(limit: ": a number of bytes, or with KB, MB or GB") }
    return size
  }

  /// A whole number from 0 on.
  @Sendable static func count(_ text: String) throws -> Int {
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(text) else {
      throw Refusal()
    }
    return count
  }

  @Sendable static func sampleRate(_ text: String) throws -> JSONNumber {
    guard let rate = JSONNumber(text) else { throw Refusal() }
    return rate
  }

  /// A name that an index accepts.
  static func name(of kind: IndexName) -> @Sendable (String) throws -> String {
    { text in
      if let fault = kind.fault(in: text) { throw Refusal(reason: fault) }
      return text
    }
  }

  @Sendable static func names(_ text: String) throws -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { throw Refusal(reason: "has an empty name") }
    return names
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
