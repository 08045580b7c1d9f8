import CloudflareECS

extension Option {
  /// All options of all commands, in the order of the help.
  static let table: [Option] = [
    Option(
      "profile", short: "p", .choiceOrFile(BuiltInProfiles.all.map { $0.name }),
      "the table (default: \(BuiltInProfiles.all[0].name))",
      all.filter { ![.logpush, .completions].contains($0) }, \.profile, read: profile),
    Option(
      "user-agent", isListed: false, "add program, device and system", tables + [.report],
      \.parsesUserAgents, set: true),
    Option("format", short: "f", "a line each (default), indented, or _bulk", convert, \.format),
    Option("format", short: "f", "alerts, _bulk, table or layer", [.detect], \.alertFormat),
    Option("index", .text("NAME"), "bulk: index", events, \.index, read: name(of: .index)),
    Option(
      "namespace", isListed: false, .text("NAME"), "\(MappingTable.namespaceTarget)", events,
      \.namespace, read: name(of: .namespace)),
    Option(
      "bulk-id", isListed: false, "bulk: _id of event.id; needs MatchIndex", events,
      \.hasIdentifiers, set: true),
    Option(
      "where", .text("COND"), "only events with COND; repeatable", inputs, adding: \.conditions),
    Option("select", .text("T,…"), "only targets T", tables, adding: \.selected, read: names),
    Option("drop", isListed: false, .text("T,…"), "not T", tables, adding: \.dropped, read: names),
    Option(
      "no-original", isListed: false, "leave out the raw record", events,
      \.conversion.keepsOriginal, set: false),
    Option(
      "by", .text("A,B"), "count these targets together; repeatable", [.report],
      adding: \.reportTargets),
    Option("top", .text("N"), "rows of each table (default: 10)", [.report], \.top, read: size),
    Option("format", short: "f", "default: text", [.report], \.reportFormat),
    Option("format", short: "f", "output format (default: markdown)", [.mapping], \.mappingFormat),
    Option(
      "pattern", .text("NAME"), "pattern of index or data stream names", [.template], \.pattern,
      read: name(of: .pattern)),
    Option("target", "the engine (default: elasticsearch)", [.template], \.target),
    Option("format", short: "f", "output format (default: table)", [.rules], \.rulesFormat),
    Option("feeds", "list the forms of indicator feeds", [.rules], \.listsFeeds, set: true),
    Option(
      "check", .file, "rule files: what cannot be evaluated", [.rules], adding: \.checkedRules),
    Option("fields", "list the field names for rule files", [.rules], \.listsFields, set: true),
    Option("rules", .file, "Sigma rules; repeatable", [.detect, .rules], adding: \.ruleFiles),
    Option(
      "all", "layer: of all rules, not of eight", [.rules], \.showsAll, set: true),
    Option(
      "no-builtin-rules", isListed: false, "only the rules of files and feeds", [.detect],
      \.hasBuiltInRules, set: false),
    Option(
      "rule", .word("ID", { BuiltInRules.all.map(\.id) }), "alone", [.detect], adding: \.rules),
    Option(
      "exclude-rule", isListed: false, .word("ID", { BuiltInRules.all.map(\.id) }),
      "not this rule", [.detect], adding: \.excludedRules),
    Option(
      "min-level", isListed: false, level, "no alerts below this level", [.detect],
      \.leastLevel, read: choice),
    Option("iocs", .file, "indicators; repeatable", [.detect], adding: \.feeds),
    Option(
      "max-groups", isListed: false, .text("N"), "groups that correlations count", [.detect],
      \.conversion.correlations.groups, read: size),
    Option("fail-on", level, "status 4 if one fires", [.detect], \.failLevel, read: choice),
    Option(
      "lateness", isListed: false, .text("SPAN"), "for correlations (default: 5m)", [.detect],
      \.conversion.correlations.lateness, read: span),
    Option("input-format", "default: auto (from the content)", inputs, \.inputFormat),
    Option("fields", .text("A,B,C"), "CSV columns", inputs, \.columns, read: names),
    Option(
      "delimiter", isListed: false, .text("C"), "between cells of CSV; \\t is a tab", inputs,
      \.delimiter, read: delimiter),
    Option(
      "unwrap", isListed: false, .text("MEMBER"), "the event is in this member of each record",
      inputs, \.conversion.unwrappedMember
    ) { $0 },
    Option(
      "output", short: "o", .file, "written atomically; .gz compresses",
      [.convert, .detect, .report, .mapping, .rules, .template], \.output
    ) { $0 },
    Option(
      "output-dir", short: "O", .directory, "one output for each FILE", events, \.outputDirectory
    ) { $0 },
    Option(
      "skip-existing", isListed: false, "pass over a FILE that has its output there", events,
      \.skipsExisting, set: true),
    Option(
      "compression-level", .text("N"), "default: 6", inputs, \.compressionLevel,
      read: compressionLevel),
    Option(
      "compress", isListed: false, "with --output-dir: compress all", events, \.compresses,
      set: true),
    Option(
      "no-compress", isListed: false, "with --output-dir: compress none", events, \.compresses,
      set: false),
    Option("rejects", .file, "rejects as JSON lines", inputs, \.rejects) { $0 },
    Option(
      "lenient", isListed: false, "exit with 0 even if records are rejected", inputs,
      \.isLenient, set: true),
    Option("threads", short: "j", .text("N"), "workers", inputs, \.threads, read: size),
    Option(
      "max-record-bytes", isListed: false, .text("N"), "reject longer records (default: 16M)",
      inputs, \.conversion.maximumRecordBytes, read: recordSize),
    Option(
      "stats", isListed: false, .file, "counts as JSON (-: standard error)", inputs, \.stats
    ) { $0 },
    Option("quiet", short: "q", "errors only", inputs, \.isQuiet, set: true),
    Option(
      "progress", isListed: false, "always show progress on standard error", inputs,
      \.showsProgress, set: true),
    Option(
      "no-progress", isListed: false, "show no progress on standard error", inputs, \.showsProgress,
      set: false),
    Option(
      "minimal", "only what SEKOIA.IO's field table needs", [.logpushFields, .logpushJob],
      \.isMinimal, set: true),
    Option(
      "check", .file, "answer to \"list fields\" (-: input)", [.logpushFields], \.answer
    ) { $0 },
    Option(
      "destination", .text("URL"), "URL of the intake; -: from standard input", job,
      \.job.destination
    ) { $0 },
    Option(
      "fields", .text("A,B,C"), "select these (default: all of the profile)", job, \.columns,
      read: names),
    Option("timestamps", "default: rfc3339", job, \.job.timestamps),
    Option("name", .text("NAME"), "the job's name", job, \.job.name) { $0 },
    Option("filter", .text("JSON"), "send only these events", job, \.job.filter) { $0 },
    Option(
      "filter-attack-traffic", "leave out DDoS attacks", job, \.job.filtersAttackTraffic,
      set: true),
    Option(
      "sample-rate", .text("R"), "send this part of them: 0.1 is one in ten", job,
      \.job.sampleRate, read: sampleRate),
    Option("cve-2021-44228", "write x{ for ${", job, \.job.redactsCVE202144228, set: true),
    Option("output-type", "default: ndjson", job, \.job.outputType),
    Option("csv-header", "CSV: begin each file with the names", job, \.job.hasHeader, set: true),
    Option(
      "max-upload-bytes", .text("SIZE"), "5MB to 1GB; 0: no limit", job,
      \.job.maximumUploadBytes, read: uploadSize),
    Option(
      "max-upload-records", .text("COUNT"), "1000 to 1000000; 0: no limit", job,
      \.job.maximumUploadRecords, read: count),
    Option(
      "max-upload-interval", .text("SECONDS"), "30 to 300; 0: no limit", job,
      \.job.maximumUploadInterval, read: count),
    Option("legacy", "logpull_options, not output_options", job, \.job.isLegacy, set: true),
    Option("help", short: "h", "this help", all, \.information, set: .help),
    Option("version", isListed: false, "the version", all, \.information, set: .version),
  ]

  private static let all = Command.allCases
  private static let level = Value.word("LEVEL", { DetectionRule.Level.allCases.map(\.rawValue) })
  private static let convert: [Command] = [.convert]
  private static let tables: [Command] = [.convert, .detect, .mapping, .template]
  private static let job: [Command] = [.logpushJob]
  private static let events: [Command] = [.convert, .detect]
  private static let inputs: [Command] = [.convert, .detect, .report]
}
