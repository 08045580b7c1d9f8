extension Timestamp {
  /// Reads a moment from text: the content of a JSON string, or the digits of a JSON number.
  ///
  /// Three forms are read, and nothing else: no sign, no exponent, no white space around it.
  ///
  /// - Digits: Unix time. The magnitude tells the unit: below 10¹¹ seconds, below 10¹⁴ milliseconds,
  ///   below 10¹⁷ microseconds, else nanoseconds. Zeros in front do not count.
  /// - Digits, `.`, digits: Unix seconds (below 10¹¹) with a fraction of any length.
  /// - `2022-07-12T12:57:06Z`: RFC 3339, with a fraction of any length or none, and `Z` or an offset
  ///   up to `±23:59`; `t` and `z` are read too. A space may stand for the `T`, and only then may
  ///   the zone be absent: it is UTC.
  ///
  /// Digits finer than a nanosecond are cut, never rounded. A leap second (`:60`), a day that the
  /// calendar does not have and a moment outside the years 1 to 9999, as written or in UTC, are nil.
  ///
  /// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
  ///
  /// ```swift
  /// Timestamp("1657630626") == Timestamp("1657630626000")           // true
  /// Timestamp("2022-07-12T14:57:06+02:00")?.seconds                 // 1657630626
  /// Timestamp("2022-07-12 12:57:06.2190009999")?.text(.shortest)
  /// // "2022-07-12T12:57:06.219000999Z"
  /// Timestamp("2022-07-12T12:57:06")                                // nil: no zone
  /// ```
  public init?(_ text: String) {
    self.init(text.utf8.span)
  }

  /// Reads a moment from UTF-8 text, in the forms of `init(_: String)`.
  package init?(_ text: Span<UInt8>) {
    // A hyphen after four bytes is in every written date and in no Unix time.
    if text.count > 4, text[4] == UInt8(ascii: "-") {
      self.init(date: text)
    } else if let timestamp = Self(nanosecondTime: text) {
      self = timestamp
    } else {
      self.init(unixTime: text)
    }
  }

  // MARK: Unix time

  /// Reads 19 digits, Logpush's default form: what `init(unixTime:)` would read, sooner.
  @inline(__always)
  private init?(nanosecondTime text: Span<UInt8>) {
    guard text.count == 19, text[0] != UInt8(ascii: "0") else { return nil }
    let first = DigitWord(text, at: 0)
    let second = DigitWord(text, at: 8)
    let last = DigitWord(text, at: 11)
    guard first.isDigits, second.isDigits, last.isDigits else { return nil }
    // 10 digits of seconds, 9 of nanoseconds: 1657630626 219000001
    self.init(
      seconds: Int64(truncatingIfNeeded: first.number &* 100) &+ Int64(second.pair(at: 0)),
      nanoseconds: Int32(truncatingIfNeeded: last.number)
        &+ Int32(text[10] &- UInt8(ascii: "0")) &* 100_000_000)
  }

  @inline(__always)
  private init?(unixTime text: Span<UInt8>) {
    let end = Self.endOfDigits(in: text, from: 0)
    guard end > 0 else { return nil }
    var start = 0
    while start < end, text[start] == UInt8(ascii: "0") { start &+= 1 }

    let whole: Range<Int>
    let fraction: Range<Int>
    if end == text.count {
      // The unit only says where the point belongs: `1657630626219` is `1657630626.219`.
      let point: Int
      switch end &- start {
      case ...11: point = end
      case ...14: point = end &- 3
      case ...17: point = end &- 6
      case ...21: point = end &- 9
      default: return nil  // after the year 9999 even in nanoseconds
      }
      whole = start..<point
      fraction = point..<end
    } else {
      guard end &- start <= 11, text[end] == UInt8(ascii: "."), end &+ 1 < text.count,
        Self.endOfDigits(in: text, from: end &+ 1) == text.count
      else { return nil }
      whole = start..<end
      fraction = (end &+ 1)..<text.count
    }
    self.init(
      seconds: Self.number(in: text, at: whole),
      nanoseconds: Self.nanoseconds(in: text, at: fraction))
  }

  // MARK: Date and time

  @inline(__always)
  private init?(date text: Span<UInt8>) {
    guard text.count >= 19 else { return nil }
    let yearAndMonth = DigitWord(text, at: 0)
    let day = DigitWord(text, at: 2)
    let time = DigitWord(text, at: 11)
    guard yearAndMonth.matches(0x2D30_302D_3030_3030, digits: 0x00FF_FF00_FFFF_FFFF),  // 0000-00-
      day.matches(0x3030_2D30_302D_3030, digits: 0xFFFF_00FF_FF00_FFFF),  // 00-00-00
      time.matches(0x3030_3A30_303A_3030, digits: 0xFFFF_00FF_FF00_FFFF),  // 00:00:00
      text[10] == UInt8(ascii: " ") || text[10] | 0x20 == UInt8(ascii: "t"),
      time.pair(at: 0) < 24, time.pair(at: 3) < 60, time.pair(at: 6) < 60
    else { return nil }
    let date = CivilDate(
      year: yearAndMonth.pair(at: 0) &* 100 &+ yearAndMonth.pair(at: 2),
      month: yearAndMonth.pair(at: 5), day: day.pair(at: 6))
    guard date.isValid else { return nil }

    var fraction = 19..<19
    if text.count > 20, text[19] == UInt8(ascii: ".") {
      fraction = 20..<Self.endOfDigits(in: text, from: 20)
      guard !fraction.isEmpty else { return nil }
    }
    let offset: Int64
    if fraction.upperBound < text.count {
      guard let zone = Self.zone(in: text, at: fraction.upperBound) else { return nil }
      offset = zone
    } else {
      guard text[10] == UInt8(ascii: " ") else { return nil }
      offset = 0
    }
    let days = Int64(date.dayCount) &- Int64(CivilDate.unixEpoch)
    let secondOfDay = (time.pair(at: 0) &* 60 &+ time.pair(at: 3)) &* 60 &+ time.pair(at: 6)
    self.init(
      seconds: days &* 86_400 &+ Int64(secondOfDay) &- offset,
      nanoseconds: Self.nanoseconds(in: text, at: fraction))
  }

  /// The seconds by which a zone is ahead of UTC, or nil if the rest of the text is not a zone.
  @inline(__always)
  private static func zone(in text: Span<UInt8>, at start: Int) -> Int64? {
    let sign = text[start]
    if sign | 0x20 == UInt8(ascii: "z") { return text.count == start &+ 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == start &+ 6,
      text[start &+ 3] == UInt8(ascii: ":"),
      endOfDigits(in: text, from: start &+ 1) == start &+ 3,
      endOfDigits(in: text, from: start &+ 4) == start &+ 6
    else { return nil }
    let hour = number(in: text, at: (start &+ 1)..<(start &+ 3))
    let minute = number(in: text, at: (start &+ 4)..<(start &+ 6))
    guard hour < 24, minute < 60 else { return nil }
    let seconds = (hour &* 60 &+ minute) &* 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  // MARK: Digits

  /// Where the digits that begin at `start` end.
  @inline(__always)
  private static func endOfDigits(in text: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
    return position
  }

  /// The number that at most 18 digits write.
  @inline(__always)
  private static func number(in text: Span<UInt8>, at range: Range<Int>) -> Int64 {
    var value: Int64 = 0
    for position in range { value = value &* 10 &+ Int64(text[position] &- UInt8(ascii: "0")) }
    return value
  }

  /// The first nine digits of a fraction as nanoseconds; what is finer is cut.
  @inline(__always)
  private static func nanoseconds(in text: Span<UInt8>, at fraction: Range<Int>) -> Int32 {
    let end = min(fraction.upperBound, fraction.lowerBound &+ 9)
    var value = number(in: text, at: fraction.lowerBound..<end)
    for _ in (end &- fraction.lowerBound)..<9 { value &*= 10 }
    return Int32(truncatingIfNeeded: value)
  }
}
