/// A day of the proleptic Gregorian calendar, years 1 to 9999.
///
/// Days are counted from 0000-03-01. If the year starts in March, the leap day is its last day, and
/// the month lengths before it follow one straight line (153 days in every five months). Neither
/// direction then needs a table or a loop.
struct CivilDate: Equatable {
  /// The day count of 1970-01-01.
  static let unixEpoch = 719_468

  var year: UInt32
  /// 1 to 12.
  var month: UInt32
  /// 1 to 31.
  var day: UInt32
}

extension CivilDate {
  /// The date of a day count.
  @inline(__always)
  init(dayCount: UInt32) {
    // In quarter days, so that the divisors are integers: a century averages 146,097 of them, a
    // year 1,461.
    let quarters = dayCount &* 4 &+ 3
    let century = quarters / 146_097
    let quartersOfCentury = quarters % 146_097 | 3
    let yearOfCentury = quartersOfCentury / 1461
    let dayOfYear = quartersOfCentury % 1461 / 4
    // The straight line, (5 * dayOfYear + 461) / 153, in 16.16 fixed point: the upper half is the
    // month, 3 to 14; the lower half, divided by 2141, is the days of the month that have passed.
    let line = dayOfYear &* 2141 &+ 197_913
    let isAfterDecember: UInt32 = dayOfYear >= 306 ? 1 : 0
    year = century &* 100 &+ yearOfCentury &+ isAfterDecember
    month = line &>> 16 &- isAfterDecember &* 12
    day = (line & 0xFFFF) / 2141 &+ 1
  }

  /// The day count of a valid date.
  @inline(__always)
  var dayCount: UInt32 {
    let isBeforeMarch: UInt32 = month < 3 ? 1 : 0
    let yearFromMarch = year &- isBeforeMarch
    let monthFromMarch = month &+ isBeforeMarch &* 12 &- 3
    let century = yearFromMarch / 100
    return yearFromMarch &* 365 &+ yearFromMarch / 4 &- century &+ century / 4
      &+ (monthFromMarch &* 153 &+ 2) / 5 &+ day &- 1
  }

  /// Whether the calendar has this day.
  @inline(__always)
  var isValid: Bool {
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth
  }

  @inline(__always)
  private var daysInMonth: UInt32 {
    if month == 2 { return isLeapYear ? 29 : 28 }
    // 31 and 30 days alternate up to July, and start again with 31 in August.
    return 30 | (month ^ month &>> 3)
  }

  @inline(__always)
  private var isLeapYear: Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}
