/// An instant, written as a job's timestamp format says.
struct EventTime {
  /// Since 1970, in UTC.
  var nanoseconds: Int

  func json(_ form: EventOptions.TimeForm) -> String {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return switch form {
    case .rfc3339: "\"\(civil(seconds))Z\""
    case .rfc3339ms: "\"\(civil(seconds)).\(padded(rest / 1_000_000, 3))Z\""
    case .rfc3339ns: "\"\(civil(seconds)).\(padded(rest, 9))Z\""
    case .unix: "\(seconds)"
    case .unixmilli: "\(nanoseconds / 1_000_000)"
    case .unixnano: "\(nanoseconds)"
    }
  }

  /// Date and time in the Gregorian calendar. Years are counted from March, so that a leap day is the
  /// last of its year.
  private func civil(_ seconds: Int) -> String {
    let day = seconds / 86_400 + 719_468
    let second = seconds % 86_400
    let dayOfEra = day % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + day / 146_097 * 400 + (month <= 2 ? 1 : 0)
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return "\(year)-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
      + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
  }

  private func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
