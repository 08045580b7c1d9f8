extension DetectionRule {
  /// The severity of an alert that is right. The raw value is its name in Sigma.
  ///
  ///     DetectionRule.Level.high.severity      // 73
  ///     DetectionRule.Level.low < .high        // true
  public enum Level: String, CaseIterable, Comparable, Hashable, Codable, Sendable {
    /// Worth knowing.
    case low
    /// Worth a look.
    case medium
    /// Likely an attack or a compromised machine.
    case high
    /// Certainly an attack or a compromised machine, and severe.
    case critical

    /// ECS `event.severity`, with the values of Elastic's rules: 21, 47, 73, 99.
    public var severity: Int {
      switch self {
      case .low: 21
      case .medium: 47
      case .high: 73
      case .critical: 99
      }
    }

    /// Orders by severity.
    public static func < (one: Level, other: Level) -> Bool {
      one.severity < other.severity
    }
  }
}
