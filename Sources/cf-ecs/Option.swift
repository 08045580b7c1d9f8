import CloudflareECS

/// One row of the option table: what the parser accepts is what the help says.
struct Option: Sendable {
  let name: String
  let short: Character?
  /// The value's name in the help, or its choices: `FILE`, `ndjson|pretty`; none for a switch.
  let value: String?
  /// Empty for an option that another one's help tells of.
  let help: String
  let commands: [Command]
  /// Throws if the value is not one that the option takes.
  let apply: @Sendable (inout Options, String) throws -> Void

  /// An option whose value is read into a property.
  init<Property>(
    _ name: String, short: Character? = nil, _ value: String, _ help: String,
    _ commands: [Command], _ path: any WritableKeyPath<Options, Property> & Sendable,
    read: @escaping @Sendable (String) throws -> Property
  ) {
    (self.name, self.short, self.value) = (name, short, value)
    (self.help, self.commands) = (help, commands)
    apply = { options, text in options[keyPath: path] = try read(text) }
  }

  /// An option that may be repeated, each time with one value more.
  init(
    _ name: String, _ value: String, _ help: String, _ commands: [Command],
    adding path: any WritableKeyPath<Options, [String]> & Sendable
  ) {
    (self.name, self.short, self.value) = (name, nil, value)
    (self.help, self.commands) = (help, commands)
    apply = { options, text in options[keyPath: path].append(text) }
  }

  /// A switch that gives a property its value.
  init<Property: Sendable>(
    _ name: String, short: Character? = nil, _ help: String, _ commands: [Command],
    _ path: any WritableKeyPath<Options, Property> & Sendable, set property: Property
  ) {
    (self.name, self.short, self.value) = (name, short, nil)
    (self.help, self.commands) = (help, commands)
    apply = { options, _ in options[keyPath: path] = property }
  }

  /// All options of all commands, in the order of the help.
  static let table: [Option] = [
    Option(
      "profile", short: "p", profileNames, "the normalizer (default: sekoia)",
      all.filter { ![.logpush, .rules].contains($0) }, \.profile, read: profile),
    Option(
      "format", short: "f", "ndjson|pretty|bulk", "a line each (default), indented, or _bulk",
      convert,
      \.format, read: choice),
    Option("index", "NAME", "with bulk: the index or data stream", convert, \.index) { $0 },
    Option(
      "namespace", "NAME", "data_stream.namespace, in elastic", convert, \.conversion.namespace
    ) { $0 },
    Option(
      "no-original", "leave out the raw record", events, \.conversion.keepsOriginal, set: false),
    Option(
      "format", short: "f", "markdown|json|tsv", "the form (default: markdown)", [.mapping],
      \.mappingFormat, read: choice),
    Option(
      "pattern", "NAME", "names of the indices or data streams", [.template], \.pattern
    ) { $0 },
    Option(
      "target", "elasticsearch|opensearch", "for which program (default: first)",
      [.template], \.target, read: choice),
    Option(
      "format", short: "f", "ndjson|summary|navigator", "alerts (default), table, or layer",
      [.detect], \.alertFormat, read: choice),
    Option(
      "format", short: "f", "table|json|sigma|navigator", "the form (default: table)", [.rules],
      \.rulesFormat, read: choice),
    Option("rule", "ID", "run this rule only; repeatable", [.detect], adding: \.rules),
    Option(
      "iocs", "FILE", "indicators: STIX 2.1, CSV or text; repeatable", [.detect], adding: \.feeds),
    Option(
      "fail-on", "LEVEL", "exit with 4 on low, medium, high or critical", [.detect],
      \.failLevel, read: choice),
    Option(
      "input-format", "FORM", "auto (default), ndjson, json, csv or tsv", events,
      \.inputFormat, read: choice),
    Option(
      "fields", "A,B,C", "columns of CSV or TSV without a header", events, \.columns, read: names),
    Option("delimiter", "C", "between cells of CSV; \\t is a tab", events, \.delimiter) {
      try delimiter($0)
    },
    Option(
      "output", short: "o", "FILE", "all or nothing; .gz compresses",
      [.convert, .detect, .mapping, .rules, .template],
      \.output
    ) { $0 },
    Option("rejects", "FILE", "rejected records, one JSON line each", events, \.rejects) { $0 },
    Option("lenient", "exit with 0 though records are rejected", events, \.isLenient, set: true),
    Option(
      "threads", short: "j", "N", "worker threads (default: cores, at most 8)", events, \.threads,
      read: size),
    Option(
      "max-record-bytes", "N", "reject longer records (default: 16M)", events,
      \.conversion.maximumRecordBytes, read: recordSize),
    Option("stats", "FILE", "counts as JSON (-: standard error)", events, \.stats) { $0 },
    Option("quiet", short: "q", "standard error: errors only", events, \.isQuiet, set: true),
    Option(
      "progress", "or --no-progress (default: on a terminal)", events, \.showsProgress, set: true),
    Option("no-progress", "", events, \.showsProgress, set: false),
    Option(
      "minimal", "only what SEKOIA.IO's field table needs", [.logpushFields, .logpushJob],
      \.isMinimal, set: true),
    Option(
      "check", "FILE", "Cloudflare's answer to \"list fields\" (-: input)", [.logpushFields],
      \.answer
    ) { $0 },
    Option(
      "destination", "URL", "the intake; -: read it, as it holds a key", job, \.job.destination
    ) { $0 },
    Option(
      "fields", "A,B,C", "select these (default: all of the profile)", job, \.columns, read: names),
    Option(
      "timestamps", "rfc3339|unix|unixnano|rfc3339ms|rfc3339ns", "default: rfc3339", job,
      \.job.timestamps, read: choice),
    Option("name", "NAME", "the job's name", job, \.job.name) { $0 },
    Option("filter", "JSON", "send only these events", job, \.job.filter) { $0 },
    Option(
      "max-upload-bytes", "N", "5000000 to 1000000000", job, \.job.maximumUploadBytes, read: size),
    Option(
      "max-upload-records", "N", "1000 to 1000000", job, \.job.maximumUploadRecords, read: size),
    Option(
      "max-upload-interval", "N", "30 to 300 seconds", job, \.job.maximumUploadInterval, read: size),
    Option("legacy", "logpull_options, not output_options", job, \.job.isLegacy, set: true),
    Option("help", short: "h", "this page; --version: the version", all, \.information, set: .help),
    Option("version", "", convert, \.information, set: .version),
  ]

  /// `-o, --output FILE`
  var synopsis: String {
    (short.map { "-\($0), " } ?? "    ") + "--\(name)" + (value.map { " \($0)" } ?? "")
  }

  private static let all = Command.allCases
  private static let convert: [Command] = [.convert]
  private static let job: [Command] = [.logpushJob]
  private static let events: [Command] = [.convert, .detect]
}
