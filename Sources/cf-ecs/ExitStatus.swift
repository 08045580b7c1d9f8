/// The exit status of the command.
struct ExitStatus: Equatable {
  let code: Int32

  static let success = ExitStatus(code: 0)
  /// Some input was rejected, corrupt or unreadable. The rest was converted.
  static let inputFaults = ExitStatus(code: 1)
  static let usage = ExitStatus(code: 2)
  static let outputFailed = ExitStatus(code: 3)
  /// An alert reached the level of `--fail-on`.
  static let alertFired = ExitStatus(code: 4)
  /// The counts do not add up.
  static let internalError = ExitStatus(code: 70)

  /// 130 after SIGINT, 143 after SIGTERM.
  static func stopped(bySignal number: Int32) -> ExitStatus { ExitStatus(code: 128 + number) }
}
