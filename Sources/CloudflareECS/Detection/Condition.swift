/// When a rule fires: tests of fields, joined.
///
/// Letters A–Z are folded in every test. A field that is missing passes no test, so it passes
/// ``not(_:)`` of one.
///
///     Condition.all([.equals(.path, "/images"), .startsWith(.query, "guid=")])
public indirect enum Condition: Hashable, Sendable {
  /// The whole value is this text.
  case equals(DetectionField, String)
  /// The text stands somewhere in the value.
  case contains(DetectionField, String)
  /// The value begins with the text.
  case startsWith(DetectionField, String)
  /// The value ends with the text.
  case endsWith(DetectionField, String)
  /// The whole value is one of these texts.
  case oneOf(DetectionField, [String])
  /// The whole value is what a pattern describes.
  case matches(DetectionField, TextPattern)
  /// Every one holds.
  case all([Condition])
  /// At least one holds.
  case any([Condition])
  /// It does not hold.
  case not(Condition)
}
