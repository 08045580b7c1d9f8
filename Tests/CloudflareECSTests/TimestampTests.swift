import CloudflareECS
import Testing

@Suite struct TimestampTests {
  // MARK: Unix time

  @Test(
    "the magnitude of an integer tells its unit",
    arguments: [
      ("1657630626", "2022-07-12T12:57:06.000000000Z"),
      ("1657630626219", "2022-07-12T12:57:06.219000000Z"),
      ("1657630626219001", "2022-07-12T12:57:06.219001000Z"),
      ("1657630626219000001", "2022-07-12T12:57:06.219000001Z"),
      ("0", "1970-01-01T00:00:00.000000000Z"),
      ("7", "1970-01-01T00:00:07.000000000Z"),
      ("99999999999", "5138-11-16T09:46:39.000000000Z"),
      ("100000000000", "1973-03-03T09:46:40.000000000Z"),
      ("99999999999999", "5138-11-16T09:46:39.999000000Z"),
      ("100000000000000", "1973-03-03T09:46:40.000000000Z"),
      ("99999999999999999", "5138-11-16T09:46:39.999999000Z"),
      ("100000000000000000", "1973-03-03T09:46:40.000000000Z"),
      ("9999999999999999999", "2286-11-20T17:46:39.999999999Z"),
      ("18446744073709551616", "2554-07-21T23:34:33.709551616Z"),
      ("253402300799999999999", "9999-12-31T23:59:59.999999999Z"),
    ])
  func units(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "zeros in front of a Unix time do not count",
    arguments: [
      ("00", "1970-01-01T00:00:00.000000000Z"),
      ("01657630626", "2022-07-12T12:57:06.000000000Z"),
      ("0000000001657630626", "2022-07-12T12:57:06.000000000Z"),
      ("0001657630626219001", "2022-07-12T12:57:06.219001000Z"),
      ("0000000000000000000000000000001657630626", "2022-07-12T12:57:06.000000000Z"),
      ("00001657630626.5", "2022-07-12T12:57:06.500000000Z"),
    ])
  func zerosInFront(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "seconds may have a fraction of any length",
    arguments: [
      ("1657630626.2", "2022-07-12T12:57:06.200000000Z"),
      ("1657630626.219", "2022-07-12T12:57:06.219000000Z"),
      ("1657630626.219000001", "2022-07-12T12:57:06.219000001Z"),
      ("1657630626.2190000019", "2022-07-12T12:57:06.219000001Z"),
      ("165763062.219000001", "1975-04-03T13:17:42.219000001Z"),
      ("1657630626.00000000", "2022-07-12T12:57:06.000000000Z"),
      ("0.000000001", "1970-01-01T00:00:00.000000001Z"),
      ("99999999999.9", "5138-11-16T09:46:39.900000000Z"),
    ])
  func secondsWithFraction(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "a fraction goes with seconds only",
    arguments: [
      "100000000000.1", "1657630626219.5", "1657630626219001.5", "1657630626219000001.5",
      "1657630626.", "1657630626219.", ".5", ".0", ".", "1657630626.2.1", "1657630626,2",
      "1657630626.2x", "1657630626.x", "1.6576306262e9", "16576306262e-1",
      "1657630626.2e0",
    ])
  func noFraction(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(
    "a decimal or an exponent form that is an integer counts as that integer",
    arguments: [
      ("1.657630626e9", "2022-07-12T12:57:06.000000000Z"),
      ("1657630626e0", "2022-07-12T12:57:06.000000000Z"),
      ("1657630626E3", "2022-07-12T12:57:06.000000000Z"),
      ("1657630626219.0", "2022-07-12T12:57:06.219000000Z"),
      ("1657630626219000001.000", "2022-07-12T12:57:06.219000001Z"),
      ("1.657630626219000001e+18", "2022-07-12T12:57:06.219000001Z"),
      ("1.65763062621900000100e+0018", "2022-07-12T12:57:06.219000001Z"),
      ("1657630626219000001000e-3", "2022-07-12T12:57:06.219000001Z"),
      ("00001.657630626e9", "2022-07-12T12:57:06.000000000Z"),
      ("99999999999.0", "5138-11-16T09:46:39.000000000Z"),
      ("100000000000.0", "1973-03-03T09:46:40.000000000Z"),
      ("1e11", "1973-03-03T09:46:40.000000000Z"),
      ("1.8446744073709551616e19", "2554-07-21T23:34:33.709551616Z"),
      ("253402300799999999999.0", "9999-12-31T23:59:59.999999999Z"),
      ("0.0", "1970-01-01T00:00:00.000000000Z"),
      ("0e999999999", "1970-01-01T00:00:00.000000000Z"),
      ("7e0", "1970-01-01T00:00:07.000000000Z"),
    ])
  func integralForms(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "a Unix time has no sign, and nothing but a number",
    arguments: [
      "-1657630626", "+1657630626", "-0", "-0.0", "-1.657630626e9", "1657630626e", "1657630626e+",
      "1.e9", "1e9.0", "1e9e0",
      " 1657630626", "1657630626 ", "1657630626\n", "1_657_630_626", "0x62CD6FE2", "1657630626Z",
      "16576306262190000 1", "165763062621900000x", "x657630626219000001", "16576306262190000٣",
      "１６５７６３０６２６", "1657630626\0", "NaN", "infinity", "null", "true", "now", "", " ",
    ])
  func onlyNumbers(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(
    "an integer after the year 9999 is unreadable",
    arguments: [
      "253402300800000000000", "999999999999999999999", "1000000000000000000000",
      "99999999999999999999999999999999999999999999", "253402300800000000000.0", "1e21", "1e23",
      "1e24", "1e25", "1e999999999", "9.9999999999999999999999e22",
    ])
  func tooLate(text: String) {
    #expect(Timestamp(text) == nil)
  }

  // MARK: Date and time

  @Test(
    "RFC 3339 with a fraction of any length or none",
    arguments: [
      ("2022-07-12T12:57:06Z", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T12:57:06.2Z", "2022-07-12T12:57:06.200000000Z"),
      ("2022-07-12T12:57:06.219Z", "2022-07-12T12:57:06.219000000Z"),
      ("2022-07-12T12:57:06.219000Z", "2022-07-12T12:57:06.219000000Z"),
      ("2022-07-12T12:57:06.21900001Z", "2022-07-12T12:57:06.219000010Z"),
      ("2022-07-12T12:57:06.219000001Z", "2022-07-12T12:57:06.219000001Z"),
      ("2022-07-12T12:57:06.2190000019Z", "2022-07-12T12:57:06.219000001Z"),
      ("2022-07-12T12:57:06.99999999999999999999Z", "2022-07-12T12:57:06.999999999Z"),
      ("2022-07-12t12:57:06z", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T12:57:06.5z", "2022-07-12T12:57:06.500000000Z"),
    ])
  func rfc3339(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "an offset is normalised to UTC",
    arguments: [
      ("2022-07-12T14:57:06+02:00", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T07:27:06.219-05:30", "2022-07-12T12:57:06.219000000Z"),
      ("2022-07-12T12:57:06+00:00", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T12:57:06-00:00", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T12:57:06+23:59", "2022-07-11T12:58:06.000000000Z"),
      ("2022-07-12T12:57:06-23:59", "2022-07-13T12:56:06.000000000Z"),
      ("2023-01-01T00:30:00+01:00", "2022-12-31T23:30:00.000000000Z"),
      ("2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00.000000000Z"),
    ])
  func offsets(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "a date and a time with a space between are UTC, or have a zone",
    arguments: [
      ("2022-07-12 12:57:06", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12 12:57:06.219", "2022-07-12T12:57:06.219000000Z"),
      ("2022-07-12 12:57:06.2190000019", "2022-07-12T12:57:06.219000001Z"),
      ("2022-07-12 12:57:06Z", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12 12:57:06.219z", "2022-07-12T12:57:06.219000000Z"),
      ("2022-07-12 14:57:06+02:00", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12 07:27:06.5-05:30", "2022-07-12T12:57:06.500000000Z"),
    ])
  func spaced(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "without a zone it is UTC",
    arguments: [
      ("2022-07-12T12:57:06", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12t12:57:06", "2022-07-12T12:57:06.000000000Z"),
      ("2022-07-12T12:57:06.219000", "2022-07-12T12:57:06.219000000Z"),
    ])
  func noZone(text: String, expected: String) {
    #expect(nanosecondText(text) == expected)
  }

  @Test(
    "a zone may be written in other ways, after a space, and with its name",
    arguments: [
      ("Z", 0), (" Z", 0), ("z", 0), (" z", 0), ("UTC", 0), (" UTC", 0), ("+02", 120),
      (" +02", 120), ("-11", -660), ("+0230", 150), (" +0230", 150), (" +02:30", 150),
      ("-0230", -150), ("+2359", 1439), ("-23:59", -1439), ("+00", 0), ("-0000", 0),
      (" +0000 UTC", 0), (" +0200 CEST", 120), ("+02:00 CEST", 120), ("+02 CET", 120),
      ("-0330 NST", -210), ("Z GMT", 0), ("UTC UTC", 0), (" UTC ABCDE", 0), ("Z ABC", 0),
    ])
  func otherZones(zone: String, minutes: Int64) {
    for time in ["2022-07-12T12:57:06", "2022-07-12 12:57:06", "2022-07-12t12:57:06.000"] {
      #expect(Timestamp(time + zone)?.seconds == 1_657_630_626 - minutes * 60, "\(time)\(zone)")
    }
  }

  @Test(
    "a zone is Z, UTC or an offset up to 23:59, and then nothing but a name",
    arguments: [
      "+24:00", "-24:00", "+99:00", "+23:60", "-12:60", "+2400", "+0260", "+24", "+2", "+2:00",
      "+020", "+02:0", "+02:", "+02:00 ", "+02 ", "+02:00:00", "+020000", "+", "-", " +", "02:00",
      "−02:00", "+0x:00", "+02:x0", "+02x0", "+02.00", "+ 02", "utc", "Utc", "UT", "UTCZ", "GMT",
      " GMT", " CEST", " CET", "Zz", "ZZ", "ZUTC", "UTCUTC", "+02:00CEST", "+02CEST", "X",
      "  Z", "  +02:00", " ", "  ", "\0", "Z ", "Z  UTC", "Z AB", "Z ABCDEF", "Z abc", "Z AbC",
      "Z A1C", "Z ÄBC", "Z UTC ", "Z UTC UTC", "\tZ",
    ])
  func badZones(zone: String) {
    for time in ["2022-07-12T12:57:06", "2022-07-12 12:57:06", "2022-07-12T12:57:06.219"] {
      #expect(Timestamp(time + zone) == nil, "\(time)\(zone)")
    }
  }

  @Test(
    "every part is in its place and in its range",
    arguments: [
      "2022-07-12", "2022-07-12T", "2022-07-12TZ", "2022-07-12T12Z", "2022-07-12T12:57Z",
      "2022-07-12T12:57:06.Z", "2022-07-12 12:57:06.", "2022-07-12T12:57:06,219Z",
      "2022-07-12T12:57:06. Z", "2022-07-12T12:57:06.-2Z", "2022-07-12T12:57:06.2.1Z",
      "2022-07-12T24:00:00Z", "2022-07-12T12:60:00Z", "2022-07-12T12:59:60Z",
      "2016-12-31T23:59:60Z", "2022-07-12T99:57:06Z", "2022-07-12T12:57:99Z",
      "2022-00-12T12:57:06Z", "2022-13-12T12:57:06Z", "2022-07-00T12:57:06Z",
      "2022-07-32T12:57:06Z", "2022-7-12T12:57:06Z", "22-07-12T12:57:06Z", "2022-07-12T2:57:06Z",
      "20220712T125706Z", "2022-07-12T125706Z", "2022/07/12T12:57:06Z", "2022-07-12T12.57.06Z",
      "2022-07:12T12:57:06Z", "2022-07-12T12-57:06Z", "2022-07-12T12:57-06Z",
      "2022-07-12_12:57:06Z", "2022-07-12  12:57:06Z", "2022-07-12\t12:57:06",
      "2022-07-1212:57:06Z",
      "2022-07-12T 2:57:06Z", "x022-07-12T12:57:06Z", "2022-07-12T12:57:x6Z",
      "2022-07-1:T12:57:06Z", "2022-07-/2T12:57:06Z", "2022-0:-12T12:57:06Z",
      " 2022-07-12T12:57:06Z", "2022-07-12T12:57:06Z ", "2022-07-12T12:57:06Z\n",
      "-2022-07-12T12:57:06Z", "+2022-07-12T12:57:06Z", "12022-07-12T12:57:06Z",
      "Tue, 12 Jul 2022 12:57:06 GMT", "2022-W28-2T12:57:06Z", "2022-193T12:57:06Z",
    ])
  func badParts(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("a month has its days, and February 29 is in leap years only")
  func daysOfMonths() {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (month, last) in zip(1..., days) {
      #expect(Timestamp(Self.date(2023, month, last)) != nil)
      #expect(Timestamp(Self.date(2023, month, last + 1)) == nil)
    }
    for year in [4, 1600, 2000, 2020, 2024, 2400, 9996] {
      #expect(Timestamp(Self.date(year, 2, 29)) != nil, "\(year)")
      #expect(Timestamp(Self.date(year, 2, 30)) == nil, "\(year)")
    }
    for year in [1, 100, 1700, 1900, 2022, 2023, 2100, 9999] {
      #expect(Timestamp(Self.date(year, 2, 29)) == nil, "\(year)")
    }
  }

  @Test(
    "the years are 1 to 9999, as written and in UTC",
    arguments: [
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000000Z"),
      ("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00.000000000Z"),
      ("9999-12-31T23:59:59.9999999999Z", "9999-12-31T23:59:59.999999999Z"),
      ("9999-12-31T22:59:59-01:00", "9999-12-31T23:59:59.000000000Z"),
      ("0001-01-01T00:59:59+01:00", nil),
      ("9999-12-31T23:00:00-01:00", nil),
      ("0000-12-31T23:59:59Z", nil),
      ("0000-12-31T23:30:00-01:00", nil),
      ("0000-01-01 00:00:00", nil),
      ("10000-01-01T00:00:00Z", nil),
    ])
  func years(text: String, expected: String?) {
    #expect(nanosecondText(text) == expected)
  }

  // MARK: Values

  @Test("seconds and nanoseconds are what the text says, before 1970 as well")
  func parts() throws {
    let late = try #require(Timestamp("1657630626219000001"))
    #expect(late.seconds == 1_657_630_626)
    #expect(late.nanoseconds == 219_000_001)
    let early = try #require(Timestamp("1969-12-31T23:59:59.25Z"))
    #expect(early.seconds == -1)
    #expect(early.nanoseconds == 250_000_000)
  }

  @Test("a moment is made from its parts within the years 1 to 9999 only")
  func fromParts() {
    #expect(Timestamp(seconds: 0)?.text(.shortest) == "1970-01-01T00:00:00.000Z")
    #expect(
      Timestamp(seconds: -62_135_596_800)?.text(.shortest) == "0001-01-01T00:00:00.000Z")
    #expect(
      Timestamp(seconds: 253_402_300_799, nanoseconds: 999_999_999)?.text(.shortest)
        == "9999-12-31T23:59:59.999999999Z")
    #expect(Timestamp(seconds: -62_135_596_801, nanoseconds: 999_999_999) == nil)
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp(seconds: .min) == nil)
    #expect(Timestamp(seconds: .max) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: -1) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: 1_000_000_000) == nil)
  }

  @Test("all forms of one moment are equal")
  func equality() {
    let moments = [
      "1657630626", "1657630626000", "1657630626000000", "1657630626000000000", "1657630626.0",
      "2022-07-12T12:57:06Z", "2022-07-12T14:57:06.000+02:00", "2022-07-12 12:57:06",
      "1.657630626e18", "2022-07-12 14:57:06 +0200 CEST",
    ]
    .map { Timestamp($0) }
    #expect(Set(moments) == [Timestamp(seconds: 1_657_630_626)])
  }

  @Test("moments are ordered by time")
  func order() throws {
    let moments = try [
      "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.9Z", "0", "0.000000001",
      "0.5", "1", "1657630626", "9999-12-31T23:59:59Z",
    ]
    .map { try #require(Timestamp($0)) }
    #expect(moments.reversed().sorted() == moments)
    #expect(!(moments[0] < moments[0]))
  }

  // MARK: -

  /// The moment that a text names, always with nine digits.
  private func nanosecondText(_ text: String) -> String? {
    guard let timestamp = Timestamp(text) else { return nil }
    return timestamp.text(.microseconds).prefix(20)
      + Self.padded(Int(timestamp.nanoseconds), 9) + "Z"
  }

  static func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    [padded(year, 4), padded(month, 2), padded(day, 2)].joined(separator: "-") + "T00:00:00.000Z"
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.count) + digits
  }
}
