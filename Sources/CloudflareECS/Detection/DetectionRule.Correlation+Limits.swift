extension DetectionRule.Correlation {
  /// What correlations remember.
  ///
  ///     var limits = DetectionRule.Correlation.Limits()
  ///     limits.groups = 1_000_000
  public struct Limits: Hashable, Sendable {
    /// An event that is older than the newest of its group by more than this is not counted. In seconds; 5 minutes.
    public var lateness = 300
    /// The most groups. Of more, the one that was active least recently is forgotten.
    public var groups = 100_000

    /// The defaults.
    public init() {}
  }
}
