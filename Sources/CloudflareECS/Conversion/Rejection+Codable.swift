/// The record is `raw`, a text, or `raw_base64` if it is not UTF-8, as in ``appendLine(file:to:)``.
extension Rejection: Codable {
  private enum CodingKeys: String, CodingKey {
    case error, line, offset, raw
    case rawBase64 = "raw_base64"
  }

  /// Decodes a rejection.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let raw: [UInt8]
    if let text = try container.decodeIfPresent(String.self, forKey: .raw) {
      raw = Array(text.utf8)
    } else {
      let text = try container.decode(String.self, forKey: .rawBase64)
      guard let bytes = Self.bytes(base64: text) else {
        throw DecodingError.dataCorruptedError(
          forKey: .rawBase64, in: container, debugDescription: "not base64")
      }
      raw = bytes
    }
    self.init(
      error: try container.decode(NormalizationError.self, forKey: .error),
      line: try container.decode(Int.self, forKey: .line),
      offset: try container.decode(Int.self, forKey: .offset), raw: raw)
  }

  /// Encodes the rejection with the text of its record.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(error, forKey: .error)
    try container.encode(line, forKey: .line)
    try container.encode(offset, forKey: .offset)
    if let text = String(validating: raw, as: UTF8.self) {
      try container.encode(text, forKey: .raw)
    } else {
      try container.encode(Self.base64(raw), forKey: .rawBase64)
    }
  }

  /// Decodes base64 (RFC 4648) with padding; nil if the text is not that.
  static func bytes(base64 text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 4) {
      var bits: UInt32 = 0
      let isLast = start + 4 == digits.count
      let padding =
        isLast ? digits[start...].reversed().prefix { $0 == UInt8(ascii: "=") }.count : 0
      guard padding < 3 else { return nil }
      for digit in digits[start..<(start + 4 - padding)] {
        guard let value = base64Alphabet.firstIndex(of: digit) else { return nil }
        bits = bits << 6 | UInt32(value)
      }
      bits <<= 6 * UInt32(padding)
      for byte in 0..<(3 - padding) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> (16 - 8 * byte)))
      }
    }
    return bytes
  }
}
