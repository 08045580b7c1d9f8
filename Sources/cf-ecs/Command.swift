import CloudflareECS

/// The commands: which type runs each, and its help page.
enum Command: String, CaseIterable {
  case convert, detect, report, mapping, rules, template
  /// A group. The two commands below it have names of two words.
  case logpush
  case logpushFields = "logpush fields"
  case logpushJob = "logpush job"
  case completions, help

  /// The words of the name, as typed on the command line.
  var words: [String] { rawValue.split(separator: " ").map(String.init) }

  func run(_ options: Options) throws(UsageError) -> ExitStatus {
    switch self {
    case .convert: try ConvertCommand.run(options)
    case .detect: try DetectCommand.run(options)
    case .report: try ReportCommand.run(options)
    case .mapping:
      Main.write(
        MappingReference(of: options.profile).text(options.mappingFormat), to: options.output)
    case .rules: try RulesCommand.run(options)
    case .template:
      Main.write(
        IndexTemplate(of: options.profile, target: options.target, pattern: options.pattern).json,
        to: options.output)
    // `Invocation` rejects the group's name alone, and reads `help` as the option of that name.
    case .logpush, .help: .usage
    case .logpushFields: LogpushCommand.fields(options)
    case .logpushJob: try LogpushCommand.job(options)
    // `Invocation` accepts only the name of a shell.
    case .completions:
      Main.write(options.files.first.flatMap(CompletionScript.init)?.text ?? "", to: "-")
    }
  }

  /// The operand that the command takes besides options.
  var operand: Option.Value? {
    switch self {
    case .convert, .detect, .report: .file
    case .logpush: .choice(["fields", "job"])
    case .completions: Option.words(of: CompletionScript.Shell.self)
    case .help: .word("COMMAND", { Self.allCases.map(\.rawValue).filter { !$0.contains(" ") } })
    case .mapping, .rules, .template, .logpushFields, .logpushJob: nil
    }
  }

  var options: [Option] { Option.table.filter { $0.commands.contains(self) } }

  /// The help page, which fits a screen of 80 columns and 24 lines.
  var help: String {
    var lines: [(synopsis: String, help: String)] = []
    for option in options {
      if option.isListed {
        lines.append((option.synopsis, option.help))
      } else {
        let value = option.value.map { " \($0.name)" } ?? ""
        lines[lines.count - 1].help += ", --\(option.name)\(value)"
      }
    }
    // Wider synopses are followed directly by their help, not aligned.
    let width = lines.map { $0.synopsis.count }.filter { $0 <= 34 }.max() ?? 0
    let rows = lines.map { line in
      let space = String(repeating: " ", count: max(0, width - line.synopsis.count) + 2)
      return "  \(line.synopsis)\(space)\(line.help)\n"
    }
    let examples = examples.joined(separator: "\n          ")
    let files = if case .file = operand { " Default FILE: - (standard input)." } else { "" }
    return "Usage: cf-ecs \(usage)\n\(summary)\(files)\n\(note)\n\(rows.joined())\n"
      + "Examples: \(examples)\n\(exitStatus)"
  }

  /// The name, options and operands.
  var usage: String {
    let operand =
      switch operand {
      case .file: " [FILE ...]"
      case .choice(let words): " \(words.joined(separator: "|"))"
      case .word(let name, _): " [\(name)]"
      case .text, .directory, .choiceOrFile, nil: ""
      }
    return self == .convert
      ? "[convert] [OPTIONS]\(operand)"
      : self == .logpush ? "\(rawValue)\(operand) [OPTIONS]" : "\(rawValue) [OPTIONS]\(operand)"
  }

  /// One line that says what the command does.
  var summary: String {
    switch self {
    case .convert: "Converts Cloudflare firewall events to ECS."
    case .detect: "Writes alerts for Cloudflare firewall events."
    case .report: "Counts firewall events: who, what, when."
    case .mapping: "Prints a profile's table: which Cloudflare field becomes which ECS field."
    case .rules: "Prints the detection rules."
    case .template: "Prints the composable index template for a profile's documents."
    case .logpush: "Prints what a Logpush job needs: its fields, or its API request body."
    case .logpushFields: "Prints the fields of a Logpush job for a profile, comma-separated."
    case .logpushJob: "Prints the API request body that creates a Logpush job. Sends nothing."
    case .completions: "Prints a shell script that completes commands, options and values."
    case .help: "Prints the help of a command, or that of convert."
    }
  }

  private var note: String {
    switch self {
    case .convert: "Also: \(Self.others).\n"
    case .logpushFields: "With --check: compares them with the fields that Cloudflare offers.\n"
    default: ""
    }
  }

  /// `detect, mapping, …`
  private static let others = allCases.filter { $0 != .convert && $0.words.count == 1 }
    .map(\.rawValue).joined(separator: ", ")

  /// Example command lines. A test runs them.
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
    case .report:
      [
        "cf-ecs report --where event.action=block,drop logs/",
        "cf-ecs report --by source.ip,rule.id -f html -o report.html logs/",
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
    case .help: ["cf-ecs help", "cf-ecs help logpush job"]
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
    case .logpushFields: "Exit status: 1 if the answer is unreadable or lacks required fields\n"
    default: ""
    }
  }
}
