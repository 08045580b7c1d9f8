/// The commands: who does the work, and the help page of each.
enum Command: String, CaseIterable {
  case convert, mapping

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .mapping: MappingCommand.run(options)
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
      No FILE, or -, is standard input. Other command: mapping.
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
    case .mapping: "Example: cf-ecs mapping --format json | jq '.[0]'"
    }
  }
}
