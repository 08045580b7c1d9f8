/// A detection rule: what it finds, when it fires, and its documentation.
///
/// You can add your own rules to the built-in ones.
///
///     let rule = DetectionRule(
///       id: "admin-page", name: "Admin Page", description: "Somebody asked for the admin page.",
///       level: .low, effort: .advanced, techniques: [.vulnerabilityScanning],
///       condition: .startsWith("url.path", "/admin"))
///     let detector = Detector(rules: BuiltInRules.all + [rule])
public struct DetectionRule: Hashable, Sendable {
  /// Identifier, such as `telegram-bot-api`.
  public var id: String
  /// Identifier in Sigma: a UUID that stays the same when the rule changes.
  public var uuid: String?
  /// Name.
  public var name: String
  /// What the rule finds, and why that matters.
  public var description: String
  /// The severity of an alert that is right.
  public var level: Level
  /// How much work its alerts are for a team.
  public var effort: Effort
  /// ATT&CK techniques.
  public var techniques: [Technique]
  /// The condition. A rule that has neither a condition nor a correlation is a feed rule: it fires when an indicator of
  /// a loaded feed matches.
  public var condition: Condition?
  /// What makes the rule fire on several events together. Only a converter evaluates it, because it needs the events in
  /// their order. The examples of such a rule are events that it counts.
  public var correlation: Correlation?
  /// Harmless events that may fire the rule.
  public var falsePositives: [String]
  /// Who wrote the rule.
  public var authors: [String]
  /// The license of the rule, as an SPDX identifier.
  public var license: String?
  /// The source of the rule's logic.
  public var provenance: String
  /// URLs of pages about it.
  public var references: [String]
  /// What to do with an alert.
  public var advice: String
  /// Firewall events that fire the rule, as JSON records.
  public var examples: [String]
  /// Similar firewall events that do not fire it.
  public var nearMisses: [String]

  /// Makes a rule.
  public init(
    id: String, uuid: String? = nil, name: String, description: String, level: Level,
    effort: Effort, techniques: [Technique] = [], condition: Condition?,
    correlation: Correlation? = nil, falsePositives: [String] = [], authors: [String] = [],
    license: String? = nil,
    provenance: String = "", references: [String] = [], advice: String = "",
    examples: [String] = [], nearMisses: [String] = []
  ) {
    self.id = id
    self.uuid = uuid
    self.name = name
    self.description = description
    self.level = level
    self.effort = effort
    self.techniques = techniques
    self.condition = condition
    self.correlation = correlation
    self.falsePositives = falsePositives
    self.authors = authors
    self.license = license
    self.provenance = provenance
    self.references = references
    self.advice = advice
    self.examples = examples
    self.nearMisses = nearMisses
  }

  /// Whether it fires when an indicator of a feed matches, and has no condition.
  var isFeedRule: Bool { condition == nil && correlation == nil }

  /// The conditions on single events.
  var conditions: [Condition] { correlation?.conditions ?? condition.map { [$0] } ?? [] }
}

extension DetectionRule: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, uuid, name, description, level, effort, techniques, condition, correlation
    case falsePositives, authors, license, provenance, references, advice, examples, nearMisses
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
      level: try container.decode(Level.self, forKey: .level),
      effort: try container.decode(Effort.self, forKey: .effort),
      techniques: try container.decodeIfPresent([Technique].self, forKey: .techniques) ?? [],
      condition: try container.decodeIfPresent(Condition.self, forKey: .condition),
      correlation: try container.decodeIfPresent(Correlation.self, forKey: .correlation),
      falsePositives: try texts(.falsePositives), authors: try texts(.authors),
      license: try text(.license), provenance: try text(.provenance) ?? "",
      references: try texts(.references), advice: try text(.advice) ?? "",
      examples: try texts(.examples), nearMisses: try texts(.nearMisses))
  }
}
