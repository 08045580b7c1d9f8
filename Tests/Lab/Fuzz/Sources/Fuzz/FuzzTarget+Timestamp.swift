import CloudflareECS

extension FuzzTarget {
  /// A time: what is written is read as the same moment.
  static let timestamp = FuzzTarget(name: "timestamp") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self), let moment = Timestamp(text) else {
      return
    }
    let shortest = moment.text(.shortest)
    expect(Timestamp(shortest) == moment, "\(text): \(shortest)")
    expect(Timestamp(shortest)?.text(.shortest) == shortest, "\(text): \(shortest)")
    let micros = Timestamp(seconds: moment.seconds, nanoseconds: moment.nanoseconds / 1000 * 1000)
    expect(Timestamp(moment.text(.microseconds)) == micros, "\(text): cut to microseconds")
    let digits = "\(moment.seconds)\(String(moment.nanoseconds + 1_000_000_000).dropFirst())"
    if moment.seconds >= 100_000_000 { expect(Timestamp(digits) == moment, "\(text): \(digits)") }
  }
}
