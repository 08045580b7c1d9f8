/// A rule from a file (``RuleCollection``) is not encoded, because its condition has a form of its own: encode the file.
extension DetectionRule: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, uuid, name, description, level, effort, techniques, condition, falsePositives, authors
    case license, provenance, references, advice, examples, nearMisses
  }

  /// Decodes a rule. Lists and texts that are missing are empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String? {
      try container.decodeIfPresent(String.self, forKey: key)
    }
    func texts(_ key: CodingKeys) throws -> [String] {
      try container.decodeIfPresent([String].self, forKey: key) ?? []
    }
    self.init(
      id: try container.decode(String.self, forKey: .id), uuid: try text(.uuid),
      name: try container.decode(String.self, forKey: .name),
      description: try text(.description) ?? "",
      level: try container.decode(DetectionLevel.self, forKey: .level),
      effort: try container.decode(DetectionEffort.self, forKey: .effort),
      techniques: try container.decodeIfPresent([AttackTechnique].self, forKey: .techniques) ?? [],
      condition: try container.decodeIfPresent(Condition.self, forKey: .condition),
      falsePositives: try texts(.falsePositives), authors: try texts(.authors),
      license: try text(.license), provenance: try text(.provenance) ?? "",
      references: try texts(.references), advice: try text(.advice) ?? "",
      examples: try texts(.examples), nearMisses: try texts(.nearMisses))
  }

  /// Encodes the rule.
  /// - Throws: `EncodingError` if the rule is from a file.
  public func encode(to encoder: any Encoder) throws {
    if expression != nil {
      throw EncodingError.invalidValue(
        self, .init(codingPath: encoder.codingPath, debugDescription: "'\(id)' is from a file"))
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(uuid, forKey: .uuid)
    try container.encode(name, forKey: .name)
    try container.encode(description, forKey: .description)
    try container.encode(level, forKey: .level)
    try container.encode(effort, forKey: .effort)
    try container.encode(techniques, forKey: .techniques)
    try container.encodeIfPresent(condition, forKey: .condition)
    try container.encode(falsePositives, forKey: .falsePositives)
    try container.encode(authors, forKey: .authors)
    try container.encodeIfPresent(license, forKey: .license)
    try container.encode(provenance, forKey: .provenance)
    try container.encode(references, forKey: .references)
    try container.encode(advice, forKey: .advice)
    try container.encode(examples, forKey: .examples)
    try container.encode(nearMisses, forKey: .nearMisses)
  }
}
