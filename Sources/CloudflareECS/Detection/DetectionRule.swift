/// A detection as a row: what it finds, when it fires, and what to know about it.
///
/// Rules of somebody's own have the same form.
///
///     let rule = DetectionRule(
///       id: "admin-page", name: "Admin Page", description: "Somebody asked for the admin page.",
///       level: .low, effort: .advanced, techniques: [.vulnerabilityScanning],
///       condition: .startsWith(.path, "/admin"))
///     let detector = Detector(rules: BuiltInRules.all + [rule])
public struct DetectionRule: Hashable, Sendable {
  /// Identifier, as `telegram-bot-api`.
  public var id: String
  /// Identifier in Sigma: a UUID that stays the same when the rule changes.
  public var uuid: String?
  /// Name.
  public var name: String
  /// What it finds and why that matters.
  public var description: String
  /// How bad it is if it is right.
  public var level: DetectionLevel
  /// How much work its alerts are.
  public var effort: DetectionEffort
  /// Techniques of ATT&CK.
  public var techniques: [AttackTechnique]
  /// When it fires; nil: when an indicator of the loaded feeds matches.
  public var condition: Condition?
  /// What else may fire it.
  public var falsePositives: [String]
  /// Where the logic was taken from.
  public var provenance: String
  /// Pages about it.
  public var references: [String]
  /// What to do with an alert.
  public var advice: String
  /// Records of firewall events that fire it, as JSON.
  public var examples: [String]
  /// Records that come close and do not fire it.
  public var nearMisses: [String]

  /// A rule.
  public init(
    id: String, uuid: String? = nil, name: String, description: String, level: DetectionLevel,
    effort: DetectionEffort, techniques: [AttackTechnique] = [], condition: Condition?,
    falsePositives: [String] = [], provenance: String = "", references: [String] = [],
    advice: String = "", examples: [String] = [], nearMisses: [String] = []
  ) {
    self.id = id
    self.uuid = uuid
    self.name = name
    self.description = description
    self.level = level
    self.effort = effort
    self.techniques = techniques
    self.condition = condition
    self.falsePositives = falsePositives
    self.provenance = provenance
    self.references = references
    self.advice = advice
    self.examples = examples
    self.nearMisses = nearMisses
  }
}
