import CloudflareECS

/// One row of the option table: what the parser accepts is what the help says.
struct Option: Sendable {
  let name: String
  let short: Character?
  /// The value's name in the help, or its choices: `FILE`, `ndjson|pretty`; none for a switch.
  let value: String?
  let help: String
  let commands: [Command]
  /// Throws if the value is not one that the option takes.
  let apply: @Sendable (inout Options, String) throws -> Void

  init(
    _ name: String, _ short: Character?, _ value: String?, _ help: String, _ commands: [Command],
    apply: @escaping @Sendable (inout Options, String) throws -> Void
  ) {
    (self.name, self.short, self.value) = (name, short, value)
    (self.help, self.commands, self.apply) = (help, commands, apply)
  }

  /// All options of all commands, in the order of the help.
  static let table: [Option] = [
    Option("profile", "p", profileNames, "the normalizer (default: sekoia)", Command.allCases) {
      options, name in
      guard let profile = BuiltInProfiles.all.first(where: { $0.name == name }) else {
        throw Refusal()
      }
      options.profile = profile
    },
    Option(
      "format", "f", "ndjson|pretty|bulk", "a line each (default), indented, or for _bulk",
      [.convert]
    ) {
      $0.format = try choice($1)
    },
    Option("index", nil, "NAME", "with bulk: the index or data stream", [.convert]) {
      $0.index = $1
    },
    Option("namespace", nil, "NAME", "data_stream.namespace, in elastic", [.convert]) {
      $0.conversion.namespace = $1
    },
    Option("no-original", nil, nil, "leave out the raw record", [.convert]) {
      options, _ in options.conversion.keepsOriginal = false
    },
    Option("format", "f", "markdown|json|tsv", "the form (default: markdown)", [.mapping]) {
      $0.mappingFormat = try choice($1)
    },
    Option("pattern", nil, "NAME", "names of the indices or data streams", [.template]) {
      $0.pattern = $1
    },
    Option(
      "target", nil, "elasticsearch|opensearch", "for which program (default: elasticsearch)",
      [.template]
    ) {
      $0.target = try choice($1)
    },
    Option("output", "o", "FILE", "write FILE, all or nothing; .gz compresses", Command.allCases) {
      $0.output = $1
    },
    Option("rejects", nil, "FILE", "write rejected records, a JSON line each", [.convert]) {
      $0.rejects = $1
    },
    Option("lenient", nil, nil, "rejected records do not change the exit status", [.convert]) {
      options, _ in options.isLenient = true
    },
    Option("threads", "j", "N", "worker threads (default: the cores, at most 8)", [.convert]) {
      $0.threads = min(try size($1), 256)
    },
    Option("max-record-bytes", nil, "N", "reject longer records (default: 16M)", [.convert]) {
      $0.conversion.maximumRecordBytes = try size($1)
    },
    Option("stats", nil, "FILE", "write counts as JSON (-: standard error)", [.convert]) {
      $0.stats = $1
    },
    Option("quiet", "q", nil, "nothing but errors on standard error", [.convert]) {
      options, _ in options.isQuiet = true
    },
    Option("progress", nil, nil, "show progress even if not on a terminal", [.convert]) {
      options, _ in options.showsProgress = true
    },
    Option("no-progress", nil, nil, "show no progress", [.convert]) {
      options, _ in options.showsProgress = false
    },
    Option("help", "h", nil, "show this page", Command.allCases) {
      options, _ in options.information = .help
    },
    Option("version", nil, nil, "show the version", [.convert]) {
      options, _ in options.information = .version
    },
  ]

  /// `-o, --output FILE`
  var synopsis: String {
    (short.map { "-\($0), " } ?? "    ") + "--\(name)" + (value.map { " \($0)" } ?? "")
  }

  private struct Refusal: Error {}

  private static let profileNames = BuiltInProfiles.all.map { $0.name }.joined(separator: "|")

  private static func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else { throw Refusal() }
    return choice
  }

  /// `4096`, `64K`, `16M`, `1G`; nothing below 1.
  private static func size(_ text: String) throws -> Int {
    let shift = ["K": 10, "M": 20, "G": 30][text.suffix(1).uppercased()]
    let digits = text.dropLast(shift == nil ? 0 : 1)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0,
      case (let size, false) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    else { throw Refusal() }
    return size
  }
}
