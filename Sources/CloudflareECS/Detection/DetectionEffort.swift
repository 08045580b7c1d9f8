/// How much work the alerts of a rule make for a team, from little to much: it is not how bad they are.
///
///     BuiltInRules.telegramBot.effort      // .advanced
public enum DetectionEffort: String, CaseIterable, Hashable, Sendable {
  /// Hardly any: few alerts, seldom wrong.
  case elementary
  /// Some.
  case intermediate
  /// Much: the alerts need context.
  case advanced
  /// Very much: only with filters of your own.
  case master
}
