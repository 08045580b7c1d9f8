import CloudflareECS

/// `cf-ecs rules`: prints the detection rules.
enum RulesCommand {
  static func run(_ options: Options) -> ExitStatus {
    if options.listsFeeds { return Main.write(FeedForm.table, to: options.output) }
    let reference = DetectionReference(of: BuiltInRules.all)
    let text =
      switch options.rulesFormat {
      case .table: reference.table
      case .json: reference.json
      case .sigma: reference.sigma
      case .navigator: NavigatorLayer(coverageOf: BuiltInRules.all).json + "\n"
      }
    return Main.write(text, to: options.output)
  }
}
