import CloudflareECS
import Testing

/// Timestamps as text.
@Suite struct TimestampTextTests {
  @Test(
    "microseconds are always six digits, finer ones cut",
    arguments: [
      ("1657630626", "2022-07-12T12:57:06.000000Z"),
      ("1657630626219", "2022-07-12T12:57:06.219000Z"),
      ("1657630626219000999", "2022-07-12T12:57:06.219000Z"),
      ("1657630626999999999", "2022-07-12T12:57:06.999999Z"),
      ("0001-02-03 04:05:06.070809", "0001-02-03T04:05:06.070809Z"),
    ])
  func microseconds(text: String, expected: String) {
    #expect(Timestamp(text)?.text(.microseconds) == expected)
  }

  @Test(
    "the shortest text has 3, 6 or 9 digits, the fewest that lose nothing",
    arguments: [
      ("1657630626", "2022-07-12T12:57:06.000Z"),
      ("1657630626.2", "2022-07-12T12:57:06.200Z"),
      ("1657630626.21", "2022-07-12T12:57:06.210Z"),
      ("1657630626.219", "2022-07-12T12:57:06.219Z"),
      ("1657630626.2190", "2022-07-12T12:57:06.219Z"),
      ("1657630626.2191", "2022-07-12T12:57:06.219100Z"),
      ("1657630626.219001", "2022-07-12T12:57:06.219001Z"),
      ("1657630626.2190010", "2022-07-12T12:57:06.219001Z"),
      ("1657630626.2190011", "2022-07-12T12:57:06.219001100Z"),
      ("1657630626.000000001", "2022-07-12T12:57:06.000000001Z"),
      ("1657630626.0000000009", "2022-07-12T12:57:06.000Z"),
    ])
  func shortest(text: String, expected: String) {
    #expect(Timestamp(text)?.text(.shortest) == expected)
    #expect(Timestamp(text)?.description == expected)
  }

  @Test("writing returns the length and fills the front of the buffer")
  func write() throws {
    let timestamp = try #require(Timestamp("1657630626219000001"))
    var text = InlineArray<32, UInt8>(repeating: 0xFF)
    #expect(timestamp.write(.microseconds, into: &text) == 27)
    #expect((0..<27).map { text[$0] } == Array("2022-07-12T12:57:06.219000Z".utf8))
    #expect(timestamp.write(.shortest, into: &text) == 30)
    #expect((0..<30).map { text[$0] } == Array("2022-07-12T12:57:06.219000001Z".utf8))
  }

  @Test("every day of 400 years, and the ends of every year, are read and written right")
  func calendar() {
    var days: Int64 = -719_162  // 0001-01-01
    for year in 1...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let months = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, last) in zip(1..., months) {
        let checked = 1801...2200 ~= year ? 1...last : month == 1 ? 1...1 : last...last
        for day in checked {
          let text = TimestampTests.date(year, month, day)
          let timestamp = Timestamp(seconds: (days + Int64(day) - 1) * 86_400)
          guard timestamp?.text(.shortest) == text, Timestamp(text) == timestamp else {
            Issue.record("\(text)")
            return
          }
        }
        days += Int64(last)
      }
    }
    #expect(days == 2_932_897)  // 10000-01-01
  }

  @Test("every second of a day is written right")
  func clock() {
    for second in 0..<86_400 {
      let (hour, minute) = (second / 3600, second / 60 % 60)
      let expected =
        "1970-01-01T"
        + [hour, minute, second % 60].map { TimestampTests.padded($0, 2) }.joined(separator: ":")
        + ".000Z"
      guard Timestamp(seconds: Int64(second))?.text(.shortest) == expected else {
        Issue.record("\(expected)")
        return
      }
    }
  }
}
