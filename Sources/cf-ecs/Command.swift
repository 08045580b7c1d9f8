/// The commands: who does the work, and the help page of each.
enum Command: String, CaseIterable {
  case convert, detect, mapping, rules

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .detect: try DetectCommand.run(options)
    case .mapping: MappingCommand.run(options)
    case .rules: RulesCommand.run(options)
    }
  }

  /// Fits a screen of 80 columns and 24 lines.
  var help: String {
    let own = Option.table.filter { $0.commands.contains(self) && !$0.help.isEmpty }
    // What is wider than a third of the screen has its help right behind it.
    let width = own.map { $0.synopsis.count }.filter { $0 <= 34 }.max() ?? 0
    let rows = own.map { option in
      let space = String(repeating: " ", count: max(0, width - option.synopsis.count) + 2)
      return "  \(option.synopsis)\(space)\(option.help)\n"
    }
    return "Usage: cf-ecs \(introduction)\n\n\(rows.joined())\n\(examples)\n"
  }

  private var introduction: String {
    switch self {
    case .convert:
      """
      [convert] [OPTIONS] [FILE ...]
      Cloudflare firewall events (JSON, CSV, TSV; gzip or plain) to ECS documents.
      No FILE, or -, is standard input. Other commands: detect, mapping, rules.
      """
    case .detect:
      """
      detect [OPTIONS] [FILE ...]
      Alerts from Cloudflare firewall events. No FILE, or -, is standard input.
      """
    case .rules:
      """
      rules [OPTIONS]
      The detection rules.
      """
    case .mapping:
      """
      mapping [OPTIONS]
      The table of a profile: which Cloudflare field becomes which ECS field, and how.
      """
    }
  }

  private var examples: String {
    switch self {
    case .convert:
      """
      Example: cf-ecs -o ecs.ndjson --rejects rejects.ndjson events/*.log.gz
      Exit status: 0 done, 1 input rejected, 2 usage, 3 output, 130 and 143 stopped
      """
    case .detect:
      """
      Example: cf-ecs detect -f summary events/*.log.gz
      Exit status: as convert; 4 if --fail-on found such an alert
      """
    case .rules: "Example: cf-ecs rules --format sigma > rules.yml"
    case .mapping: "Example: cf-ecs mapping --format json | jq '.[0]'"
    }
  }
}
