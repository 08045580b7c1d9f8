import CloudflareECS

/// `cf-ecs rules`: prints the detection rules, or what rule files need.
enum RulesCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    if options.listsFeeds { return Main.write(IndicatorFeed.Form.table, to: options.output) }
    if options.listsFields { return Main.write(RuleCollection.fields, to: options.output) }
    if !options.checkedRules.isEmpty {
      let files = try RuleCollection(options.checkedRules, options)
      let status = Main.write(files.report, to: options.output)
      return status == .success && files.isFaulty ? .inputFaults : status
    }
    let files = try RuleCollection(options.ruleFiles, options)
    for fault in files.faults + files.warnings { Console().error(fault.description) }
    let isOfLayer = options.rulesFormat == .navigator && !options.showsAll
    let builtIn = isOfLayer ? BuiltInRules.sekoia : BuiltInRules.all
    let rules = options.ruleFiles.isEmpty ? builtIn : files.rules
    let reference = DetectionReference(of: rules, for: options.profile.table)
    let text =
      switch options.rulesFormat {
      case .table: reference.table
      case .json: reference.json
      case .sigma: reference.sigma
      case .navigator: NavigatorLayer(coverageOf: rules).json + "\n"
      }
    return Main.write(text, to: options.output)
  }
}
