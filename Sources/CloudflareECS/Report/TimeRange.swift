/// The first and the last of some times, in microseconds since 1970.
struct TimeRange: Sendable, Equatable {
  /// Stands for no time.
  static let none = Int64.min

  private(set) var first = Int64.max
  private(set) var last = Self.none

  var isEmpty: Bool { last == Self.none }

  /// Adds a time, unless it is ``none``.
  @inline(__always)
  mutating func add(_ time: Int64) {
    if time == Self.none { return }
    if time < first { first = time }
    if time > last { last = time }
  }

  mutating func add(_ other: TimeRange) {
    if other.isEmpty { return }
    add(other.first)
    add(other.last)
  }
}

extension Timestamp {
  /// Microseconds since 1970, without the finer digits.
  var microseconds: Int64 { seconds &* 1_000_000 &+ Int64(nanoseconds / 1_000) }

  /// A moment from microseconds that another moment gave.
  init(microseconds: Int64) {
    let seconds = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds + 1) / 1_000_000 - 1
    self.init(
      seconds: seconds, nanoseconds: Int(microseconds - seconds * 1_000_000) * 1_000)!
  }
}
