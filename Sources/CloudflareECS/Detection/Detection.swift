/// A rule that fired, and for the feed rule the indicators that matched.
public struct Detection: Hashable, Codable, Sendable {
  /// The rule that fired.
  public var rule: DetectionRule
  /// The indicators that matched. Empty except for the feed rule, which has no condition.
  public var indicators: [IndicatorSet.Match]

  /// Makes a detection.
  public init(rule: DetectionRule, indicators: [IndicatorSet.Match] = []) {
    self.rule = rule
    self.indicators = indicators
  }

  /// The highest level of the indicators that matched, or else the level of the rule.
  public var level: DetectionRule.Level { indicators.map(\.indicator.level).max() ?? rule.level }
}
