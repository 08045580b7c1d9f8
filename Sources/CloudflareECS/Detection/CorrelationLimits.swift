/// What correlations remember.
///
///     var limits = CorrelationLimits()
///     limits.groups = 1_000_000
public struct CorrelationLimits: Hashable, Sendable {
  /// An event that is older than the newest of its group by more than this is not counted. In microseconds; 5 minutes.
  public var lateness: Int64 = 300_000_000
  /// The most groups. Of more, the one that was active least recently is forgotten.
  public var groups = 100_000

  /// The defaults.
  public init() {}
}
