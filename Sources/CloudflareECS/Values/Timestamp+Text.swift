extension Timestamp {
  /// The number of fractional digits in the text. Finer digits are dropped, never rounded.
  public enum Precision: Sendable {
    /// Exactly six digits, as in `2022-07-12T12:57:06.219000Z`: the form of the `sekoia` profile.
    case microseconds

    /// Three, six or nine digits, whichever is the fewest without loss, as in
    /// `2022-07-12T12:57:06.219Z`: the form of the `elastic` profile, for the ECS types `date` and
    /// `date_nanos`.
    case shortest
  }

  /// The moment as RFC 3339 text in UTC.
  ///
  /// ```swift
  /// Timestamp("1657630626219")!.text(.microseconds)  // "2022-07-12T12:57:06.219000Z"
  /// Timestamp("1657630626219")!.text(.shortest)      // "2022-07-12T12:57:06.219Z"
  /// ```
  public func text(_ precision: Precision) -> String {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    let count = write(precision, into: &bytes)
    return String(ascii: bytes.span.extracting(0..<count))
  }

  /// Writes the moment to the start of `text` and returns the length, at most 30 bytes. Later bytes
  /// are unspecified.
  @inline(__always)
  package func write(_ precision: Precision, into text: inout InlineArray<32, UInt8>) -> Int {
    // Seconds since 0000-03-01, which are positive for the years 1 to 9999.
    let elapsed = UInt64(truncatingIfNeeded: seconds &+ Int64(CivilDate.unixEpoch) &* 86_400)
    let days = UInt32(truncatingIfNeeded: elapsed / 86_400)
    let secondOfDay = UInt32(truncatingIfNeeded: elapsed &- UInt64(days) &* 86_400)
    let fraction = UInt32(truncatingIfNeeded: nanoseconds)

    let date = CivilDate(dayCount: days)
    let minutes = secondOfDay / 60
    let day = DigitWord(date.year / 100, date.year % 100, date.month, date.day)
    let time = DigitWord(minutes / 60, minutes % 60, secondOfDay % 60, 0)
    day.write(UInt32.self, from: 0, into: &text, at: 0)
    text[4] = UInt8(ascii: "-")
    day.write(UInt16.self, from: 4, into: &text, at: 5)
    text[7] = UInt8(ascii: "-")
    day.write(UInt16.self, from: 6, into: &text, at: 8)
    text[10] = UInt8(ascii: "T")
    time.write(UInt16.self, from: 0, into: &text, at: 11)
    text[13] = UInt8(ascii: ":")
    time.write(UInt16.self, from: 2, into: &text, at: 14)
    text[16] = UInt8(ascii: ":")
    time.write(UInt16.self, from: 4, into: &text, at: 17)
    text[19] = UInt8(ascii: ".")
    DigitWord(fraction / 10).write(UInt64.self, from: 0, into: &text, at: 20)
    text[28] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: fraction % 10)

    let digits: Int
    switch precision {
    case .microseconds: digits = 6
    case .shortest: digits = fraction % 1000 != 0 ? 9 : fraction % 1_000_000 != 0 ? 6 : 3
    }
    text[20 &+ digits] = UInt8(ascii: "Z")
    return 21 &+ digits
  }
}

extension Timestamp: CustomStringConvertible {
  /// The moment as `text(.shortest)`.
  public var description: String { text(.shortest) }
}
