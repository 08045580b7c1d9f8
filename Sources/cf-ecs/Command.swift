/// The commands: who does the work, and the help page of each.
enum Command: String, CaseIterable {
  case convert, mapping, template

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .mapping: MappingCommand.run(options)
    case .template: TemplateCommand.run(options)
    }
  }

  /// Fits a screen of 80 columns and 24 lines.
  var help: String {
    let own = Option.table.filter { $0.commands.contains(self) && !$0.help.isEmpty }
    let width = own.map { $0.synopsis.count }.max() ?? 0
    let rows = own.map { option in
      let space = String(repeating: " ", count: width + 2 - option.synopsis.count)
      return "  \(option.synopsis)\(space)\(option.help)\n"
    }
    return "Usage: cf-ecs \(introduction)\n\n\(rows.joined())\n\(examples)\n"
  }

  private var introduction: String {
    switch self {
    case .convert:
      """
      [convert] [OPTIONS] [FILE ...]
      Cloudflare firewall events (NDJSON, gzip or plain) to Elastic Common Schema
      documents. No FILE, or -, is standard input. Other commands: mapping, template.
      """
    case .mapping:
      """
      mapping [OPTIONS]
      The table of a profile: which Cloudflare field becomes which ECS field, and how.
      """
    case .template:
      """
      template [OPTIONS]
      The composable index template for a profile's documents.
      """
    }
  }

  private var examples: String {
    switch self {
    case .convert:
      """
      Example: cf-ecs -o ecs.ndjson --rejects rejects.ndjson events/*.log.gz
      Exit status: 0 done, 1 some input rejected or unreadable, 2 wrong usage,
      3 output not written, 130 interrupted, 143 terminated
      """
    case .mapping: "Example: cf-ecs mapping --format json | jq '.[0]'"
    case .template:
      """
      Example: cf-ecs template --profile elastic |
                 curl -sS -X PUT -H 'Content-Type: application/json' --data-binary @- \\
                   "$ES/_index_template/cloudflare-firewall-events"
      """
    }
  }
}
