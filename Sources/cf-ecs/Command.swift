/// The commands: who does the work, and the help page of each.
enum Command: String, CaseIterable {
  case convert, detect, mapping, rules, template
  /// The group; what follows are its members, named by two words.
  case logpush
  case logpushFields = "logpush fields"
  case logpushJob = "logpush job"
  case completions

  /// As they stand on the command line.
  var words: [String] { rawValue.split(separator: " ").map(String.init) }

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .detect: try DetectCommand.run(options)
    case .mapping: MappingCommand.run(options)
    case .rules: RulesCommand.run(options)
    case .template: TemplateCommand.run(options)
    // `Invocation` has refused it without what follows it.
    case .logpush: .usage
    case .logpushFields: LogpushCommand.fields(options)
    case .logpushJob: try LogpushCommand.job(options)
    case .completions: CompletionsCommand.run(options)
    }
  }

  /// What a command takes beside options.
  var operand: Option.Value? {
    switch self {
    case .convert, .detect: .file
    case .logpush: .choice(["fields", "job"])
    case .completions: Option.words(of: CompletionScript.Shell.self)
    case .mapping, .rules, .template, .logpushFields, .logpushJob: nil
    }
  }

  /// The options that it takes.
  var options: [Option] { Option.table.filter { $0.commands.contains(self) } }

  /// Fits a screen of 80 columns and 24 lines.
  var help: String {
    var lines: [(synopsis: String, help: String)] = []
    for option in options {
      if option.isListed {
        lines.append((option.synopsis, option.help))
      } else {
        lines[lines.count - 1].help += ", --\(option.name)"
      }
    }
    // What is wider than a third of the screen has its help right behind it.
    let width = lines.map { $0.synopsis.count }.filter { $0 <= 34 }.max() ?? 0
    let rows = lines.map { line in
      let space = String(repeating: " ", count: max(0, width - line.synopsis.count) + 2)
      return "  \(line.synopsis)\(space)\(line.help)\n"
    }
    let examples = examples.joined(separator: "\n          ")
    let files = if case .file = operand { " No FILE, or -, is standard input." } else { "" }
    return "Usage: cf-ecs \(usage)\n\(summary)\(files)\n\(note)\n\(rows.joined())\n"
      + "Examples: \(examples)\n\(exitStatus)"
  }

  /// Name, options and operands.
  var usage: String {
    let operand =
      switch operand {
      case .file: " [FILE ...]"
      case .choice(let words): " \(words.joined(separator: "|"))"
      case .word, .text, nil: ""
      }
    return self == .convert
      ? "[convert] [OPTIONS]\(operand)"
      : self == .logpush ? "\(rawValue)\(operand) [OPTIONS]" : "\(rawValue) [OPTIONS]\(operand)"
  }

  /// What it does, in a line.
  var summary: String {
    switch self {
    case .convert: "Cloudflare firewall events to ECS documents."
    case .detect: "Alerts from Cloudflare firewall events."
    case .mapping: "The table of a profile: which Cloudflare field becomes which ECS field."
    case .rules: "The detection rules."
    case .template: "The composable index template for a profile's documents."
    case .logpush: "What to select, and the job to create, for Cloudflare to send its events."
    case .logpushFields: "The fields that a Logpush job selects for a profile, with commas."
    case .logpushJob: "The body of the API call that creates a Logpush job. Nothing is called."
    case .completions: "The script with which a shell completes commands, options and values."
    }
  }

  private var note: String {
    switch self {
    case .convert: "Also: \(Self.others).\n"
    case .logpushFields: "With --check: which of them Cloudflare offers, and what else it offers.\n"
    default: ""
    }
  }

  /// `detect, mapping, …`
  private static let others = allCases.filter { $0 != .convert && $0.words.count == 1 }
    .map(\.rawValue).joined(separator: ", ")

  /// Command lines that a test runs.
  var examples: [String] {
    switch self {
    case .convert:
      [
        "cf-ecs -o ecs.ndjson.gz --rejects rejects.ndjson logs/",
        "gzip -dc logs/*.gz | cf-ecs --profile elastic --format pretty | less",
      ]
    case .detect:
      [
        "cf-ecs detect --format summary logs/",
        "cf-ecs detect --iocs iocs.txt --fail-on high -o alerts.ndjson logs/",
      ]
    case .mapping:
      ["cf-ecs mapping --profile elastic -o mapping.md", "cf-ecs mapping -f tsv | grep source.ip"]
    case .rules: ["cf-ecs rules", "cf-ecs rules --format sigma -o rules.yml"]
    case .template:
      [
        "cf-ecs template --profile elastic -o template.json",
        "cf-ecs template --target opensearch --pattern 'waf-*'",
      ]
    case .logpush: ["cf-ecs logpush fields --minimal", "cf-ecs logpush job --name example.com"]
    case .logpushFields:
      ["cf-ecs logpush fields --profile elastic", "cf-ecs logpush fields --check fields.json"]
    case .logpushJob:
      [
        "cf-ecs logpush job --name waf --destination - < destination.txt",
        #"cf-ecs logpush job --filter "$(cat filter.json)""#,
      ]
    case .completions:
      [
        "source <(cf-ecs completions bash)",
        "cf-ecs completions fish > ~/.config/fish/completions/cf-ecs.fish",
      ]
    }
  }

  private var exitStatus: String {
    switch self {
    case .convert:
      "Exit status: 0 done, 1 input rejected, 2 usage, 3 output, 130 and 143 stopped\n"
    case .detect: "Exit status: as convert; 4 if --fail-on found such an alert\n"
    case .logpushFields: "Exit status: 1 if the answer is unreadable or lacks what documents need\n"
    default: ""
    }
  }
}
