import CloudflareECS

/// `cf-ecs report`: counts firewall events in place of writing documents.
enum ReportCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    var options = options
    let combinations = options.reportTargets.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    do throws(EventFilterError) {
      options.report = try EventReport(
        options.profile.table, by: combinations, top: options.top)
      options.report?.conditions = options.conditions
    } catch {
      throw UsageError(what: "--by \(error)", how: "List the targets: cf-ecs mapping")
    }
    return try ConvertCommand.run(options)
  }

  /// Writes a report in the form that was asked for.
  static func write(
    _ report: EventReport, _ options: Options, to output: OutputFile?
  ) throws(OutputFile.Failure) {
    let columns = output?.descriptor.columns
    let text =
      switch options.reportFormat {
      case .text:
        report.text(width: columns ?? 80, isColored: columns != nil && TerminalColor.isWanted)
      case .json: report.json + "\n"
      case .html: report.html
      }
    try output?.write(text.utf8.span, isEscaped: options.reportFormat == .text)
  }
}
