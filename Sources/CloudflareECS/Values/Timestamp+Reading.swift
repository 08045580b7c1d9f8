extension Span where Element == UInt8 {
  /// Whether the 20 bytes at `start` are a UTC time to which output only adds a fraction:
  /// `2022-07-12T12:57:06Z`.
  ///
  /// `true` is definite; `false` means: read it with `Timestamp`. Days after the 28th are `false`,
  /// since not every month has them.
  ///
  ///     text        2 0 2 2 - 0 7 -          compared with 0000-00-
  ///     difference  2 0 2 2 0 0 7 0          the digits' values, zero for equal separators
  ///     added       76 76 76 76 7F 76 76 7F  bit 7 is set by a digit above 9, a separator above 0
  ///
  /// Then all numbers of a word are compared with their limits at once: ten times each digit plus the next one, where
  /// only the bytes of first digits count.
  ///
  ///     text        1 2 T 1 2 : 5 7          day, hour, minute
  ///     numbers     12  20 1  12 20 5  57 70 the first, fourth and seventh byte count
  ///     added       63  0  0  68 0  0  44 0  bit 7 is set by a day above 28, an hour above 23, a minute above 59
  @inline(__always)
  func isPlainSecond(at start: Int) -> Bool {
    let date = word(at: start) ^ 0x2D30_302D_3030_3030  // 2022-07-
    let time = word(at: start &+ 8) ^ 0x3030_3A30_3054_3030  // 12T12:57
    let end = word(at: start &+ 12) ^ 0x5A30_303A_3030_3A30  // 2:57:06Z
    let others =
      (date &+ 0x7F76_767F_7676_7676) | (time &+ 0x7676_7F76_767F_7676)
      | (end &+ 0x7F76_767F_7676_7F76) | date | time | end
    guard others & 0x8080_8080_8080_8080 == 0 else { return false }
    func numbers(_ digits: UInt64) -> UInt64 { digits &* 10 &+ digits &>> 8 }
    // A month above 12, a day above 28, an hour above 23, a minute or a second above 59.
    let tooLarge =
      (numbers(date) &+ 0x7300_0000_0000) & 0x8000_0000_0000
      | (numbers(time) &+ 0x0044_0000_6800_0063) & 0x0080_0000_8000_0080
      | (numbers(end) &+ 0x4400_0000_0000) & 0x8000_0000_0000
    // Nor is the year, the month or the day 0.
    return tooLarge == 0 && date & 0x0F0F_0F0F != 0 && date & 0x000F_0F00_0000_0000 != 0
      && time & 0x0F0F != 0
  }
}

extension Timestamp {
  /// Reads a moment from text: the content of a JSON string, or the digits of a JSON number.
  ///
  /// Three forms are accepted, without a sign or surrounding white space:
  ///
  /// - Unix time: an integer. Its size decides its unit: seconds below 10¹¹, milliseconds below 10¹⁴,
  ///   microseconds below 10¹⁷, otherwise nanoseconds. Leading zeros are ignored. `1.65e+18` and
  ///   `1657630626219.0` are integers, too.
  /// - Digits, `.`, digits: Unix seconds (below 10¹¹) with a fraction of any length.
  /// - `2022-07-12T12:57:06Z`: RFC 3339, with an optional fraction of any length, and what other
  ///   programs make of it. `T` may be `t` or a space. The zone is `Z`, `z`, `UTC` or an offset up to
  ///   `±23:59`, also as `±2359` or `±23`, and a space may precede it; without a zone the time is UTC.
  ///   A space and the zone's name, three to five capital letters, may follow and are ignored:
  ///   `2022-07-12 14:57:06 +0200 CEST`.
  ///
  /// Digits finer than a nanosecond are dropped, never rounded. The result is nil for a leap second
  /// (`:60`), a day that the calendar does not have, and a moment outside the years 1 to 9999, as
  /// written or in UTC.
  ///
  /// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
  ///
  /// ```swift
  /// Timestamp("1657630626") == Timestamp("1657630626000")           // true
  /// Timestamp("2022-07-12T14:57:06+02:00")?.seconds                 // 1657630626
  /// Timestamp("2022-07-12 12:57:06.2190009999")?.text(.shortest)
  /// // "2022-07-12T12:57:06.219000999Z"
  /// Timestamp("1.657630626219e+12")?.text(.shortest)                // "2022-07-12T12:57:06.219Z"
  /// Timestamp("2022-07-12T12:57Z")                                  // nil: no seconds
  /// ```
  public init?(_ text: String) {
    self.init(text.utf8.span)
  }

  /// Reads a moment from UTF-8 text, in the forms of `init(_: String)`.
  package init?(_ text: Span<UInt8>) {
    guard text.count >= 19 else {
      self.init(unixTime: text)
      return
    }
    if let start = DigitWord(text, at: 0, .yearAndMonth) {
      self.init(yearAndMonth: start, text)
    } else if let timestamp = Self(nanosecondTime: text) {
      self = timestamp
    } else {
      self.init(unixTime: text)
    }
  }

  // MARK: Unix time

  /// Reads 19 digits, Logpush's default form: a fast path of `init(unixTime:)`.
  @inline(__always)
  private init?(nanosecondTime text: Span<UInt8>) {
    // Ten digits of seconds and nine of nanoseconds: 16576306 26|2 19000001
    guard text.count == 19, text[0] != UInt8(ascii: "0"),  // leading zeros may change the unit
      let start = DigitWord(text, at: 0, .eightDigits),
      let middle = DigitWord(text, at: 8, .eightDigits),
      let end = DigitWord(text, at: 11, .eightDigits)
    else { return nil }
    self.init(
      seconds: Int64(truncatingIfNeeded: start.number) &* 100 &+ Int64(middle.pair(at: 0)),
      nanoseconds: Int(text[10] &- UInt8(ascii: "0")) &* 100_000_000
        &+ Int(truncatingIfNeeded: end.number))
  }

  @inline(__always)
  private init?(unixTime text: Span<UInt8>) {
    let end = Self.endOfDigits(in: text, from: 0)
    guard end > 0 else { return nil }
    var start = 0
    while start < end, text[start] == UInt8(ascii: "0") { start &+= 1 }
    let digits = end &- start

    if end == text.count {
      // The unit only decides where the decimal point is: `1657630626219` is `1657630626.219`.
      let point: Int
      switch digits {
      case ...11: point = end
      case ...14: point = end &- 3
      case ...17: point = end &- 6
      case ...21: point = end &- 9
      default: return nil  // after the year 9999 even in nanoseconds
      }
      self.init(
        seconds: Self.number(in: text, at: start..<point),
        nanoseconds: Self.fraction(in: text, from: point).nanoseconds)
      return
    }
    if digits <= 11, text[end] == UInt8(ascii: ".") {
      let fraction = Self.fraction(in: text, from: end &+ 1)
      if fraction.end > end &+ 1, fraction.end == text.count {
        self.init(
          seconds: Self.number(in: text, at: start..<end), nanoseconds: fraction.nanoseconds)
        return
      }
    }
    self.init(integralUnixTime: text)
  }

  /// Reads the decimal and exponent forms of an integer as its digits.
  @inline(never)
  private init?(integralUnixTime text: Span<UInt8>) {
    var digits = InlineArray<24, UInt8>(repeating: 0)
    guard let number = DecimalNumber(text, 0..<text.count), !number.isNegative,
      let count = try? number.writeInteger(text, into: &digits)
    else { return nil }
    self.init(unixTime: digits.span.extracting(0..<count))
  }

  // MARK: Date and time

  /// Reads the rest of a text of at least 19 bytes that begins with `2022-07-`.
  @inline(__always)
  private init?(yearAndMonth: DigitWord, _ text: Span<UInt8>) {
    let separator = text[10]
    guard separator == UInt8(ascii: " ") || separator | 0x20 == UInt8(ascii: "t"),
      let dayAndMinute = DigitWord(text, at: 8, .dayAndMinute(separator: separator)),
      text[16] == UInt8(ascii: ":"), let second = text.pairOfDigits(at: 17), second < 60
    else { return nil }
    let hour = dayAndMinute.pair(at: 3)
    let minute = dayAndMinute.pair(at: 6)
    let date = CivilDate(
      year: yearAndMonth.pair(at: 0) &* 100 &+ yearAndMonth.pair(at: 2),
      month: yearAndMonth.pair(at: 5), day: dayAndMinute.pair(at: 0))
    guard hour < 24, minute < 60, date.isValid else { return nil }

    var position = 19
    var nanoseconds = 0
    if text.count > 20, text[19] == UInt8(ascii: ".") {
      (nanoseconds, position) = Self.fraction(in: text, from: 20)
      guard position > 20 else { return nil }
    }
    let offset: Int64
    if position < text.count {
      guard
        let zone = ZoneOffset.plain(in: text, at: position)
          ?? ZoneOffset.other(in: text, at: position)
      else { return nil }
      offset = zone
    } else {
      offset = 0
    }
    let days = Int64(date.dayCount) &- Int64(CivilDate.unixEpoch)
    let secondOfDay = (hour &* 60 &+ minute) &* 60 &+ second
    self.init(seconds: days &* 86_400 &+ Int64(secondOfDay) &- offset, nanoseconds: nanoseconds)
  }

  // MARK: Digits

  /// The offset after the digits that begin at `start`.
  @inline(__always)
  private static func endOfDigits(in text: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position &+ 8 <= text.count, DigitWord(text, at: position, .eightDigits) != nil {
      position &+= 8
    }
    while position < text.count, text.digit(at: position) < 10 { position &+= 1 }
    return position
  }

  /// The value of at most 18 digits.
  @inline(__always)
  private static func number(in text: Span<UInt8>, at range: Range<Int>) -> Int64 {
    var value: Int64 = 0
    var position = range.lowerBound
    if range.count >= 8, let word = DigitWord(text, at: position, .eightDigits) {
      value = Int64(truncatingIfNeeded: word.number)
      position &+= 8
    }
    while position < range.upperBound {
      value = value &* 10 &+ Int64(text.digit(at: position))
      position &+= 1
    }
    return value
  }

  /// The digits at `start` as a fraction of a second, and the offset after them. Digits finer than
  /// a nanosecond are dropped.
  @inline(__always)
  private static func fraction(
    in text: Span<UInt8>, from start: Int
  ) -> (nanoseconds: Int, end: Int) {
    var value: UInt32 = 0
    var place: UInt32 = 100_000_000
    var position = start
    if position &+ 8 <= text.count, let word = DigitWord(text, at: position, .eightDigits) {
      value = UInt32(truncatingIfNeeded: word.number) &* 10
      place = 1
      position &+= 8
    }
    while position < text.count {
      let digit = text.digit(at: position)
      guard digit < 10 else { break }
      value &+= digit &* place
      place /= 10
      position &+= 1
    }
    return (Int(value), position)
  }
}

extension Timestamp {
  /// The beginning of a day, an hour or a minute in UTC: `2026-11-28`, `2026-11-28T10` or `2026-11-28 10:05`.
  init?(beginningOf text: String) {
    let rest: String
    switch text.utf8.count {
    case 10 where text.utf8.dropFirst(4).first == .minus: rest = "T00:00:00Z"
    case 13: rest = ":00:00Z"
    case 16: rest = ":00Z"
    default: return nil
    }
    self.init(text + rest)
  }
}
