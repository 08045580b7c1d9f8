import CloudflareECS
import CloudflareECSGzip

/// `cf-ecs detect`: writes alerts for firewall events.
enum DetectCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    var options = options
    let feedRule = BuiltInRules.intelligenceFeed.id
    let builtIn = BuiltInRules.all.filter {
      options.hasBuiltInRules || $0.id == feedRule && !options.feeds.isEmpty
    }
    let files = try RuleCollection(options.ruleFiles, options, beside: builtIn)
    let isUseless = !options.ruleFiles.isEmpty && files.rules.isEmpty
    let last = isUseless ? ["no rule of --rules can be evaluated"] : []
    for fault in (files.faults + files.warnings).map(\.description) + last {
      Console().error(fault)
    }
    if isUseless { return .inputFaults }
    let rules = try rules(
      of: builtIn + files.rules, options.rules, without: options.excludedRules)
    if options.feeds.isEmpty, options.rules.contains(feedRule) {
      throw UsageError(what: "--rule \(feedRule) without a feed", how: "Name one with --iocs FILE")
    }
    if let level = options.failLevel, level < options.leastLevel {
      throw UsageError(
        what:
          "--min-level \(options.leastLevel.rawValue) leaves out alerts of level \(level.rawValue)",
        how: "Lower --min-level, or use --fail-on \(options.leastLevel.rawValue)")
    }
    try FileUses(inputs: options.files + options.otherInputs, outputs: options.outputs).check()
    let indicators = try options.feeds.isEmpty ? nil : load(options.feeds, options)
    let detector = Detector(
      rules: rules, indicators: indicators, leastLevel: options.leastLevel,
      for: options.profile.table.whole)
    for warning in detector.warnings { Console().error(warning) }
    options.detector = detector
    return try ConvertCommand.run(options)
  }

  /// All rules, or only those with the given identifiers, without the excluded ones.
  private static func rules(
    of all: [DetectionRule], _ names: [String], without excluded: [String]
  ) throws(UsageError) -> [DetectionRule] {
    for name in names + excluded where !all.contains(where: { $0.id == name }) {
      throw UsageError(
        what: "unknown rule '\(name)'", how: "List the rules: cf-ecs rules")
    }
    let rules = all.filter {
      (names.isEmpty || names.contains($0.id)) && !excluded.contains($0.id)
    }
    if rules.isEmpty {
      throw UsageError(what: "no rule is left to run", how: "List the rules: cf-ecs rules")
    }
    return rules
  }

  /// Loads the indicators of all feeds. Says of each what was loaded, and shows the first rows that were not.
  private static func load(_ files: [String], _ options: Options) throws(UsageError) -> IndicatorSet
  {
    let console = Console(isQuiet: options.isQuiet)
    let now = try RunTime.now()
    var set = IndicatorSet()
    for file in files {
      let source: ByteSource
      do throws(ByteSource.Fault) {
        source = try ByteSource(path: file)
      } catch {
        throw UsageError(
          what: "\(file): \(error.message)", how: "--iocs takes indicator files")
      }
      var feed = IndicatorFeed(name: file == "-" ? "standard input" : file, at: now)
      var fault: String?
      do throws(ByteSource.Fault) {
        var bytes = ByteBuffer()
        while !feed.isTooLarge, case .bytes = try source.read(atMost: 1 << 18, into: &bytes) {
          feed.read(bytes.storage.span.extracting(first: bytes.count), into: &set)
          bytes.truncate(to: 0)
        }
      } catch { fault = error.message }
      let report = feed.finish(into: &set, fault: fault)
      guard report.isFaulty || !options.isQuiet else { continue }
      console.error(report.text)
      for row in report.unsupported.first { console.error("not supported: \(row)") }
    }
    return set
  }

  /// Writes a summary of the alerts in the form that was asked for.
  static func write(
    _ alerts: AlertSummary, _ options: Options, events: Int, to output: OutputFile?
  ) throws(OutputFile.Failure) {
    let isLayer = options.alertFormat == .navigator
    let text = isLayer ? alerts.navigatorLayer.json + "\n" : alerts.text(events: events)
    try output?.write(text.utf8.span)
  }
}
