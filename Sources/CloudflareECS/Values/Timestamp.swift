/// A moment in UTC, exact to the nanosecond, in the years 1 to 9999.
///
/// It reads every form in which Cloudflare writes the `Datetime` of a firewall event: Unix time in
/// seconds, milliseconds, microseconds or nanoseconds, and RFC 3339. It uses no floating-point
/// numbers, so all 19 digits of a time in nanoseconds are kept.
///
/// https://developers.cloudflare.com/logs/logpush/logpush-job/log-output-options/
///
/// ```swift
/// let timestamp = Timestamp("1657630626219000001")!
/// timestamp.seconds      // 1657630626
/// timestamp.nanoseconds  // 219000001
/// timestamp.text(.microseconds)  // "2022-07-12T12:57:06.219000Z"
/// ```
public struct Timestamp: Hashable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds; negative before that.
  public let seconds: Int64

  /// The nanoseconds after `seconds`, from 0 to 999,999,999. They count forward before 1970, too.
  public let nanoseconds: Int

  /// Creates a moment from its parts; nil if `nanoseconds` is not in `0..<1_000_000_000` or the
  /// moment is outside the years 1 to 9999.
  ///
  /// ```swift
  /// Timestamp(seconds: 0, nanoseconds: 1)?.text(.shortest)  // "1970-01-01T00:00:00.000000001Z"
  /// Timestamp(seconds: 253_402_300_800)  // nil: the year 10000
  /// ```
  @inline(__always)
  public init?(seconds: Int64, nanoseconds: Int = 0) {
    guard seconds >= -62_135_596_800, seconds <= 253_402_300_799,
      nanoseconds >= 0, nanoseconds < 1_000_000_000
    else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

extension Timestamp: Codable {
  /// Decodes a moment from a text in any form that is read.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let moment = Timestamp(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no date and time of a known form")
    }
    self = moment
  }

  /// Encodes the moment as RFC 3339 text in UTC.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Timestamp: Comparable {
  /// Whether the first moment is earlier than the second.
  public static func < (first: Timestamp, second: Timestamp) -> Bool {
    first.seconds < second.seconds
      || first.seconds == second.seconds && first.nanoseconds < second.nanoseconds
  }
}
