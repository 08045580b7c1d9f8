/// What events an ``EventGenerator`` makes. The defaults are those of the file that all figures are
/// measured with.
public struct EventOptions: Sendable {
  /// How `Datetime` is written: the five forms that Logpush offers, and milliseconds.
  public enum TimeForm: String, Sendable, CaseIterable {
    /// `"2026-09-14T06:00:00Z"`.
    case rfc3339
    /// `"2026-09-14T06:00:00.123Z"`.
    case rfc3339ms
    /// `"2026-09-14T06:00:00.123456789Z"`.
    case rfc3339ns
    /// `1789365600`.
    case unix
    /// `1789365600123`.
    case unixmilli
    /// `1789365600123456789`.
    case unixnano
  }

  /// In which order the members of an event stand.
  public enum KeyOrder: String, Sendable, CaseIterable {
    /// By name, as Logpush writes them.
    case alphabetical
    /// In another order in each event.
    case shuffled
  }

  /// Equal seeds give equal events.
  public var seed: UInt64 = 20_260_914
  /// How `Datetime` is written.
  public var timeForm = TimeForm.rfc3339
  /// In which order the members stand.
  public var keyOrder = KeyOrder.alphabetical
  /// The share of events that hold a JSON escape, from 0 to 1.
  public var escapes = 0.045

  /// The defaults.
  public init() {}
}
