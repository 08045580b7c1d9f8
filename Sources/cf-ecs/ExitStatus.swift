/// What the command tells the shell.
struct ExitStatus: Equatable {
  let code: Int32

  static let success = ExitStatus(code: 0)
  /// Some input was rejected, corrupt or unreadable; all the rest was converted.
  static let inputFaults = ExitStatus(code: 1)
  static let usage = ExitStatus(code: 2)
  static let outputFailed = ExitStatus(code: 3)
  /// `--fail-on`: such an alert fired.
  static let alertFired = ExitStatus(code: 4)
  /// The counts do not add up.
  static let internalError = ExitStatus(code: 70)

  /// 130 after an interrupt, 143 after a termination.
  static func stopped(bySignal number: Int32) -> ExitStatus { ExitStatus(code: 128 + number) }
}
