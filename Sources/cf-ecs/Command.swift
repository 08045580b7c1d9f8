/// The commands: who does the work, and the help page of each.
enum Command: String, CaseIterable {
  case convert, detect, mapping, rules, template
  /// The group; what follows are its members, named by two words.
  case logpush
  case logpushFields = "logpush fields"
  case logpushJob = "logpush job"

  /// As they stand on the command line.
  var words: [String] { rawValue.split(separator: " ").map(String.init) }

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .detect: try DetectCommand.run(options)
    case .mapping: MappingCommand.run(options)
    case .rules: RulesCommand.run(options)
    case .template: TemplateCommand.run(options)
    case .logpush:
      throw UsageError(
        what: "logpush is followed by fields or job", how: "Help: cf-ecs logpush --help")
    case .logpushFields: LogpushCommand.fields(options)
    case .logpushJob: try LogpushCommand.job(options)
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
      No FILE or -: standard input. Others: detect, mapping, rules, template, logpush.
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
    case .template:
      """
      template [OPTIONS]
      The composable index template for a profile's documents.
      """
    case .logpush:
      """
      logpush fields|job [OPTIONS]
      What to select, and the job to create, for Cloudflare to send firewall events.
      """
    case .logpushFields:
      """
      logpush fields [OPTIONS]
      The fields that a Logpush job selects for a profile, with commas between them.
      With --check: which of them Cloudflare offers, and what else it offers.
      """
    case .logpushJob:
      """
      logpush job [OPTIONS]
      The JSON body of the API call that creates a Logpush job. Nothing is called.
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
    case .template:
      """
      Example: cf-ecs template -p elastic | curl -sS -X PUT --data-binary @- \\
                 -H 'Content-Type: application/json' "$ES/_index_template/cloudflare"
      """
    case .logpush:
      """
      Examples: cf-ecs logpush fields --help
                cf-ecs logpush job --help
      """
    case .logpushFields:
      """
      Examples:
        cf-ecs logpush fields --minimal
        curl -sH "Authorization: Bearer $TOKEN" \\
          "$API/zones/$ZONE/logpush/datasets/firewall_events/fields" |
          cf-ecs logpush fields --check -
      Exit status: 0 done, 1 the answer is unreadable or lacks Action, ClientIP,
      Datetime or RayID, 2 usage, 3 output
      """
    case .logpushJob:
      """
      Examples:
        cf-ecs logpush job --destination - --name example.com < destination.txt |
          curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
            --data @- "$API/zones/$ZONE/logpush/jobs"
        cf-ecs logpush job --filter \\
          '{"where":{"key":"Action","operator":"eq","value":"block"}}'
      """
    }
  }
}
