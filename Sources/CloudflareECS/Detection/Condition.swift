/// The condition of a rule: tests of ECS fields, combined.
///
/// Every test ignores the case of the letters A–Z. A missing field fails every test, so it passes the
/// ``not(_:)`` of a test.
///
///     Condition.all([.equals(.path, "/images"), .startsWith(.query, "guid=")])
public indirect enum Condition: Hashable, Codable, Sendable {
  /// The value equals the text.
  case equals(DetectionField, String)
  /// The value contains the text.
  case contains(DetectionField, String)
  /// The value begins with the text.
  case startsWith(DetectionField, String)
  /// The value ends with the text.
  case endsWith(DetectionField, String)
  /// The value equals one of the texts.
  case oneOf(DetectionField, [String])
  /// The pattern matches the whole value.
  case matches(DetectionField, TextPattern)
  /// All conditions hold.
  case all([Condition])
  /// At least one condition holds.
  case any([Condition])
  /// The condition does not hold.
  case not(Condition)
}
