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
      [.convert, .detect, .mapping], \.profile,
      read: profile),
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
    Option("fields", "A,B,C", "columns of CSV or TSV without a header", events, \.columns) {
      $0.split(separator: ",").map(String.init)
    },
    Option("delimiter", "C", "between cells of CSV; \\t is a tab", events, \.delimiter) {
      try delimiter($0)
    },
    Option("output", short: "o", "FILE", "all or nothing; .gz compresses", all, \.output) { $0 },
    Option("rejects", "FILE", "rejected records, one JSON line each", events, \.rejects) { $0 },
    Option("lenient", "exit with 0 though records are rejected", events, \.isLenient, set: true),
    Option(
      "threads", short: "j", "N", "worker threads (default: cores, at most 8)", events, \.threads,
      read: size),
    Option(
      "max-record-bytes", "N", "reject longer records (default: 16M)", events,
      \.conversion.maximumRecordBytes, read: size),
    Option("stats", "FILE", "counts as JSON (-: standard error)", events, \.stats) { $0 },
    Option("quiet", short: "q", "standard error: errors only", events, \.isQuiet, set: true),
    Option(
      "progress", "or --no-progress (default: on a terminal)", events, \.showsProgress, set: true),
    Option("no-progress", "", events, \.showsProgress, set: false),
    Option("help", short: "h", "this page; --version: the version", all, \.information, set: .help),
    Option("version", "", convert, \.information, set: .version),
  ]

  /// `-o, --output FILE`
  var synopsis: String {
    (short.map { "-\($0), " } ?? "    ") + "--\(name)" + (value.map { " \($0)" } ?? "")
  }

  private static let all = Command.allCases
  private static let convert: [Command] = [.convert]
  private static let events: [Command] = [.convert, .detect]

  private struct Refusal: Error {}

  private static let profileNames = BuiltInProfiles.all.map { $0.name }.joined(separator: "|")

  @Sendable private static func profile(_ name: String) throws -> any Normalizer.Type {
    guard let profile = BuiltInProfiles.all.first(where: { $0.name == name }) else {
      throw Refusal()
    }
    return profile
  }

  @Sendable private static func choice<Choice: RawRepresentable>(_ text: String) throws -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else { throw Refusal() }
    return choice
  }

  /// `4096`, `64K`, `16M`, `1G`; nothing below 1.
  @Sendable private static func size(_ text: String) throws -> Int {
    let shift = ["K": 10, "M": 20, "G": 30][text.suffix(1).uppercased()]
    let digits = text.dropLast(shift == nil ? 0 : 1)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0,
      case (let size, false) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    else { throw Refusal() }
    return size
  }

  /// One byte, or `\t`.
  private static func delimiter(_ text: String) throws -> UInt8 {
    if text == "\\t" { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != UInt8(ascii: "\"") else {
      throw Refusal()
    }
    return byte
  }
}
