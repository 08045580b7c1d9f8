/// A rule that fired, and for the rule of the feeds the indicators that matched.
public struct Detection: Hashable, Sendable {
  /// The rule.
  public var rule: DetectionRule
  /// What matched, if the rule is the one of the feeds.
  public var indicators: [IndicatorMatch]

  /// A rule that fired, with what matched if it is the one of the feeds.
  public init(rule: DetectionRule, indicators: [IndicatorMatch] = []) {
    self.rule = rule
    self.indicators = indicators
  }

  /// How bad it is: the level of the worst indicator that matched, or else the rule's.
  public var level: DetectionLevel { indicators.map(\.indicator.level).max() ?? rule.level }
}
