/// An expression is its text and, if it has any from elsewhere, its flags.
extension RegularExpression: Codable {
  private enum CodingKeys: String, CodingKey { case text, ignoresCase, isMultiline, dotMatchesAll }

  /// Decodes an expression.
  /// - Throws: `DecodingError` if it is no expression, or one that needs more than linear time.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func flag(_ key: CodingKeys) throws -> Bool {
      try container.decodeIfPresent(Bool.self, forKey: key) ?? false
    }
    let text = try container.decode(String.self, forKey: .text)
    let flags = Flags(
      ignoresCase: try flag(.ignoresCase), isMultiline: try flag(.isMultiline),
      dotMatchesAll: try flag(.dotMatchesAll))
    do throws(Fault) {
      try self.init(text, flags)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .text, in: container, debugDescription: error.description)
    }
  }

  /// Encodes the expression.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(text, forKey: .text)
    if flags.ignoresCase { try container.encode(true, forKey: .ignoresCase) }
    if flags.isMultiline { try container.encode(true, forKey: .isMultiline) }
    if flags.dotMatchesAll { try container.encode(true, forKey: .dotMatchesAll) }
  }
}
