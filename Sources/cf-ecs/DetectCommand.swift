import CloudflareECS

/// `cf-ecs detect`: alerts from firewall events.
enum DetectCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    var options = options
    let rules = try rules(options.rules)
    options.detector = Detector(rules: rules)
    return try ConvertCommand.run(options)
  }

  /// The built-in rules, or those that were named.
  private static func rules(_ names: [String]) throws(UsageError) -> [DetectionRule] {
    for name in names where !BuiltInRules.all.contains(where: { $0.id == name }) {
      throw UsageError(
        what: "there is no rule '\(name)'", how: "All rules: cf-ecs rules")
    }
    return names.isEmpty
      ? BuiltInRules.all : BuiltInRules.all.filter { names.contains($0.id) }
  }

  /// What stands in the place of the alerts, if people or the Navigator are to read it.
  static func report(
    _ options: Options, _ tally: AlertTally, events: Int
  ) -> String? {
    guard let detector = options.detector else { return nil }
    switch options.alertFormat {
    case .ndjson: return nil
    case .summary:
      return AlertSummary(rules: detector.rules, tally: tally, events: events).text
    case .navigator:
      return NavigatorLayer(hitsOf: detector.rules, alerts: tally.hits).json + "\n"
    }
  }
}
