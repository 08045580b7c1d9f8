extension DetectionRule {
  /// How much work the alerts of a rule are for a team, from little to much. It says nothing about their
  /// severity.
  ///
  ///     BuiltInRules.telegramBot.effort      // .advanced
  public enum Effort: String, CaseIterable, Hashable, Codable, Sendable {
    /// Little: few alerts and few false positives.
    case elementary
    /// Moderate.
    case intermediate
    /// Much: the alerts need context.
    case advanced
    /// Very much: the rule needs your own filters.
    case master
  }
}
