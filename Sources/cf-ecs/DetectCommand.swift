import CloudflareECS

/// `cf-ecs detect`: writes alerts for firewall events.
enum DetectCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    var options = options
    let rules = try rules(options.rules)
    let indicators = try options.feeds.isEmpty ? nil : load(options.feeds, options)
    options.detector = Detector(rules: rules, indicators: indicators)
    return try ConvertCommand.run(options)
  }

  /// The built-in rules, or only those with the given identifiers.
  private static func rules(_ names: [String]) throws(UsageError) -> [DetectionRule] {
    for name in names where !BuiltInRules.all.contains(where: { $0.id == name }) {
      throw UsageError(
        what: "unknown rule '\(name)'", how: "List the rules: cf-ecs rules")
    }
    return names.isEmpty
      ? BuiltInRules.all : BuiltInRules.all.filter { names.contains($0.id) }
  }

  /// Loads the indicators of all feeds. Reports those that were not loaded, with the first identifiers.
  private static func load(_ files: [String], _ options: Options) throws(UsageError) -> IndicatorSet
  {
    var set = IndicatorSet()
    for file in files {
      var feed = IndicatorFeed()
      do throws(ByteSource.Fault) {
        let source = try ByteSource(path: file)
        var bytes: [UInt8] = []
        while case .bytes = try source.read(atMost: 1 << 18, into: &bytes) {
          feed.read(bytes.span, into: &set)
          bytes.removeAll(keepingCapacity: true)
        }
      } catch {
        throw UsageError(
          what: "\(file): \(error.message)", how: "--iocs takes indicator files")
      }
      feed.finish(into: &set)
    }
    let console = Console(isQuiet: options.isQuiet)
    console.summary(
      "indicators: \(set.loaded), revoked: \(list(set.revoked, most: 3)), "
        + "expired: \(list(set.expired, most: 3)), unsupported: \(set.unsupported.count)")
    if set.unsupported.count > 0 {
      console.error("unsupported indicators: \(list(set.unsupported, most: 10))")
    }
    return set
  }

  /// The count, and the first identifiers.
  private static func list(_ skipped: IndicatorSet.Skipped, most: Int) -> String {
    guard skipped.count > 0 else { return "0" }
    let first = skipped.identifiers.prefix(most).map { DisplayText.value($0) }
      .joined(separator: ", ")
    return "\(skipped.count): \(first)\(skipped.count > most ? ", …" : "")"
  }

  /// The report that is written instead of alerts; nil if alerts are written.
  static func report(
    _ options: Options, _ tally: AlertTally, events: Int
  ) -> String? {
    guard let detector = options.detector else { return nil }
    switch options.alertFormat {
    case .ndjson, .bulk: return nil
    case .summary:
      return AlertSummary(rules: detector.rules, tally: tally, events: events).text
    case .navigator:
      return NavigatorLayer(hitsOf: detector.rules, alerts: tally.hits).json + "\n"
    }
  }
}
