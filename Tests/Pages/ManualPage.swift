import CloudflareECS

@testable import cf_ecs

/// The manual page, `Documentation/cf-ecs.1`: the option table, and what there is to say beyond it.
enum ManualPage {
  static let path = "Documentation/cf-ecs.1"
  /// When the words below were last changed.
  private static let date = "2026-11-29"

  static var text: String {
    // The group has no page of its own: its members are commands.
    let commands = Command.allCases.filter { $0 != .logpush }
    var lines: [String] = [
      #".\" Generated from the option table: do not edit. RECORD=1 swift test --filter PageTests"#,
      #".\" rewrites this page."#,
      ".TH CF-ECS 1 \(date) \(quoted("CloudflareECS \(CloudflareECSVersion.current)"))",
      ".SH NAME",
      #"cf-ecs \- Cloudflare firewall events to ECS documents and alerts"#,
      ".SH SYNOPSIS",
      ".nf",
    ]
    for command in commands { lines.append(".B \(quoted("cf-ecs \(command.usage)"))") }
    lines.append(".fi")
    lines.append(".SH DESCRIPTION")
    lines += description.map(escaped)
    lines.append(".SH COMMANDS")
    for command in commands { lines += section(command) }
    lines.append(".SH EXIT STATUS")
    for (code, meaning) in statuses { lines += item(code, [meaning]) }
    lines.append(".SH ENVIRONMENT")
    lines += item("NO_COLOR", ["If it is set and not empty, nothing is in colour."])
    lines += item("TERM", ["If it is `dumb`, nothing is in colour either."])
    lines += item(
      "SOURCE_DATE_EPOCH",
      ["Seconds since 1970, in place of the time at which the run began, in bulk output."])
    lines.append(".SH EXAMPLES")
    lines.append(".nf")
    lines += Command.allCases.flatMap(\.examples).map(escaped)
    lines.append(".fi")
    lines.append(".SH SEE ALSO")
    lines += [".BR gzip (1),", ".BR jq (1),", ".BR curl (1)"]
    return lines.map(broken).joined(separator: "\n") + "\n"
  }

  /// Text in lines of at most 80 bytes; requests stay as they are.
  private static func broken(_ line: String) -> String {
    guard line.utf8.count > 80, !line.hasPrefix(".") else { return line }
    var lines: [String] = []
    for word in line.split(separator: " ") {
      if let last = lines.last, last.utf8.count + word.utf8.count < 80, !last.hasSuffix(".") {
        lines[lines.count - 1] += " \(word)"
      } else {
        // A dot that begins a line would be a request.
        lines.append(word.hasPrefix(".") ? "\\&\(word)" : String(word))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The words of the details that name no option; a test finds them empty.
  static var strayDetails: [String] {
    details.keys.filter { name in !Option.table.contains { key($0) == name } }
  }

  private static let description: [String] = [
    "Reads what Cloudflare's Logpush writes for the dataset firewall_events, and writes one document"
      + " of the Elastic Common Schema for each event, one a line, in the order of the input.",
    ".PP",
    "Input may be plain or compressed by gzip, and may be JSON objects, one a line or not, an array,"
      + " batches, a GraphQL response, CSV or TSV. The form is detected from the content, not from the name.",
    "A FILE that is a directory is read with all that is below it, in the order of names; what"
      + " Cloudflare leaves there beside its logs is passed over and counted, and so are names that"
      + " begin with a dot.",
    ".PP",
    "A record that cannot be read is rejected, and the records around it are converted.",
    "Standard output carries data only. Errors, progress and a summary go to standard error, the last"
      + " two only if it is a terminal.",
  ]

  /// A page of the documentation has the same table.
  static let statuses: [(code: String, meaning: String)] = [
    (
      "0",
      "All input was converted, or rejects are allowed by --lenient, or the reader of the output closed the pipe."
    ),
    ("1", "Some input was rejected, corrupt or unreadable. All the rest was converted."),
    ("2", "Wrong usage. Nothing was read."),
    ("3", "The output could not be written. An existing file of its name is unchanged."),
    (
      "4",
      "detect --fail-on: an alert of that level or above fired. Standard error says if some input was rejected, too."
    ),
    ("70", "Internal error: the counts do not add up."),
    ("130, 143", "Interrupted, terminated. Only whole lines were written."),
  ]

  /// More than fits in a line of the help.
  private static let details: [String: String] = [
    "convert format":
      "`pretty` is in colour on a terminal. `bulk` writes pairs of lines for _bulk: an action,"
      + " `create`, and a document. An index made from `cf-ecs template` accepts each. What it would"
      + " refuse is left out, and a document without a time for a data stream gets that of the run;"
      + " both are counted in --stats, as not_indexable and no_timestamp, and said on standard error.",
    "bulk-id":
      "If the same batch is sent again, its documents are refused, not stored twice. The table needs"
      + " event.id, as elastic has it, and the job has to select MatchIndex. The _id of an alert ends"
      + " with its rule.id.",
    "user-agent":
      "Documents get the targets user_agent.name, version, device.name, os.name, os.version and, in elastic, os.full, by"
      + " the rules of uap-core. Conditions, --select and --by can use them.",
    "select":
      "T is a target, or a name and .* for all targets below it: source.ip,url.*. Conditions and detection rules see"
      + " the whole table all the same. Members that no table knows are written only if their target is selected."
      + " With --format bulk, the time and the names of a data stream, and the event.id for --bulk-id, are written"
      + " whatever is selected. In the index template and the mapping it is the same.",
    "drop":
      "It removes a target, not a value: an address is also in the raw record, in related.ip and in texts."
      + " Dropping the raw record has the effect of --no-original.",
    "no-original":
      "What could not be converted is then kept with the members that no table knows, under its own"
      + " name.",
    "index":
      "A name that Elasticsearch would refuse is refused here, also after --namespace and --pattern.",
    "output":
      "FILE appears only when it is complete; until then an existing file is unchanged."
      + " A symbolic link is followed. A device, pipe or socket is written directly.",
    "output-dir":
      "DIR is made if it is absent, and not read as input. An output has the path of its input below the directory"
      + " that was named, or the name of the FILE. A suffix .log, .ndjson, .json, .csv, .tsv or .txt, before"
      + " .gz, becomes .ecs.ndjson; to other names that is appended; .gz stays. Each output is written"
      + " atomically. If an input could not be read to its end, or has another format, its output has the name"
      + " with .partial appended. Rejects, counts and messages are in the order of the input.",
    "skip-existing":
      "With it, a run can be resumed or repeated. The files are counted as skipped. An output that is .partial does not count."
      + " Rejects and counts are those of the files that are read.",
    "compression-level":
      "From 1, the fastest, to 9, the smallest. The bytes are the same for every number of threads.",
    "unwrap":
      "As JSON text or as an object: `message` for archives of Filebeat, `event.original` for ECS documents. A member"
      + " of exactly this name is taken first; if there is none, dots are a path.",
    "input-format":
      "`auto` detects the form from the content. `ndjson` takes strictly one record a line, so that a broken line is"
      + " one reject.",
    "convert fields": "They are in the order of the cells, with commas between them.",
    "rejects":
      "Each has the file, line and offset, a code, a message and the raw text. The file is for its"
      + " owner only.",
    "threads":
      "If absent, the machine's cores, at most 8. The output is the same for every number.",
    "max-record-bytes":
      "A suffix K, M or G is times 1,024, and so on. A longer record is never cut.",
    "stats":
      "Files, bytes, records, accepted, documents, evaluated, rejected, skipped, filtered, blank lines,"
      + " alerts, indicators by kind, issues by code, names that no table knows (at most 1,000, the rest"
      + " as `other`), and seconds. Records are those accepted, rejected and skipped; accepted ones are"
      + " documents, or evaluated by detect or report, or filtered.",
    "quiet": "No summary and no progress.",
    "profile":
      "FILE is a table as `mapping --format json` prints it, changed as you like.",
    "where":
      "COND is TARGET=VALUE[,VALUE...], without spaces: TARGET is a target of the profile or a Cloudflare"
      + " field. Operators: = (one of the values; for an address a CIDR block, too), != (none of them), ^="
      + " (begins with), $= (ends with), *= (contains), and for numbers and times <, <=, >, >=. TARGET alone"
      + " is present, !TARGET is absent. A comma in a value is written \\,. Times are RFC 3339. All conditions have to hold. Other events are counted as filtered.",
    "by":
      "Targets of the profile or Cloudflare fields. Each --by gives a table, in place of the usual ones. Of an array,"
      + " each element counts; together with other targets, its elements are one text.",
    "report format":
      "`text` fits the terminal, or 80 columns, and is in colour on a terminal. `json` has the same numbers for"
      + " scripts. `html` is one file that needs no network and no script, of at most 300 KB. Counts are exact up to"
      + " 100,000 values of a table; above that they are shown with bounds.",
    "rule": "Only this rule runs, or those that are given: it can be repeated.",
    "exclude-rule": "Can be repeated.",
    "max-groups":
      "Default: 100,000. Beyond that the group that was active least recently is forgotten, and the number of forgotten"
      + " groups is said.",
    "lateness":
      "An event that is older than the newest of its group by more than this is not counted.",
    "all":
      "Without it, --format navigator has the techniques of the eight rules that SEKOIA.IO documents.",
    "fail-on": "The exit status is 4 if an alert of this or a higher level fired.",
    "min-level": "An alert of a feed has the level of the indicator.",
    "iocs":
      "`rules --feeds` lists the forms. Of each feed one line says how many indicators it has, and what of"
      + " it is not supported, expired or revoked. One that gives no indicator is status 1.",
    "destination":
      "It holds a key: `-` reads it from standard input, so that it is not in the list of processes."
      + " No message repeats it.",
    "rules":
      "FILE may be a directory: all .yml, .yaml and .json files in it are read. They run beside the built-in rules. A"
      + " rule that cannot be evaluated is named. If none can be, the status is 1.",
    "rules check":
      "FILE may be a directory; can be repeated. Each rule is named with the reason. The status is 1 if there is one.",
    "rules fields":
      "Targets of the profile and Cloudflare fields are names, too.",
    "logpush fields check":
      "FILE may be compressed. The second line of the output has the fields to select.",
    "filter":
      "Its form is checked, and that Cloudflare can filter this dataset by its fields."
      + " Its operators are not.",
    "sample-rate": "It is more than 0 and at most 1, and comes after the filter.",
    "cve-2021-44228": "For receivers that may run an old Log4j.",
    "max-upload-bytes": "With KB, MB or GB it is in thousands, as Cloudflare counts.",
  ]

  private static func section(_ command: Command) -> [String] {
    // An option of several commands is explained where it stands first.
    let own = command.options.filter { $0.commands[0] == command }
    let shared = command.options.filter { $0.commands[0] != command }
      .map { "\\-\\-\(escaped($0.name))" }
    let more =
      shared.isEmpty
      ? [] : [".PP", "As explained above: " + shared.joined(separator: ", ") + "."]
    let heading = [".SS \(quoted(command.rawValue))", escaped(command.summary)]
    return heading + own.flatMap(paragraph) + more
  }

  private static func paragraph(_ option: Option) -> [String] {
    // A name of somebody else's stays as it is.
    let isName = option.help.prefix { $0 != " " }.contains("_")
    let first =
      (isName ? "" : option.help.prefix(1).uppercased())
      + option.help.dropFirst(isName ? 0 : 1) + "."
    var choices: [String] = []
    if case .word(_, let words)? = option.value {
      choices = ["One of \(words().joined(separator: ", "))."]
    }
    let more = (details[key(option)] ?? details[option.name]).map { [$0] } ?? []
    return item(option.synopsis.trimmingPrefix("    "), [first] + choices + more)
  }

  private static func key(_ option: Option) -> String {
    details[option.name] == nil ? "\(option.commands[0].rawValue) \(option.name)" : option.name
  }

  private static func item(_ tag: some StringProtocol, _ sentences: [String]) -> [String] {
    [".TP", ".B \(quoted(String(tag)))"] + sentences.map(escaped)
  }

  private static func quoted(_ text: String) -> String {
    "\"\(escaped(text).replacing("\"", with: "\\(dq"))\""
  }

  /// Hyphens are minus signs, as they are typed; a backslash, and a dot or quote that begins a line,
  /// are no requests.
  private static func escaped(_ text: String) -> String {
    if text == ".PP" { return text }
    let line = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("`", with: "\"").replacing("'", with: "\\(aq")
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : line
  }
}
