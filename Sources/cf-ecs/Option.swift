import CloudflareECS

/// One row of the option table. The parser, the help, the manual page and the completions all use it.
struct Option: Sendable {
  /// The value of an option, or the operand of a command.
  enum Value: Sendable {
    /// One of these words.
    case choice([String])
    /// One of these words, or a file name.
    case choiceOrFile([String])
    /// One of many words, with this name in the help. The closure makes the words.
    case word(String, @Sendable () -> [String])
    /// A file name, which the shell completes.
    case file
    /// The name of a directory, likewise.
    case directory
    /// Any other text, with this name in the help.
    case text(String)

    /// The name in the help: `ndjson|pretty`, `FILE`, `N`.
    var name: String {
      switch self {
      case .choice(let words): words.joined(separator: "|")
      case .choiceOrFile(let words): (words + ["FILE"]).joined(separator: "|")
      case .file: "FILE"
      case .directory: "DIR"
      case .word(let name, _), .text(let name): name
      }
    }

    /// The possible words, if they are known.
    var words: [String]? {
      switch self {
      case .choice(let words), .choiceOrFile(let words): words
      case .word(_, let words): words()
      case .file, .directory, .text: nil
      }
    }
  }

  let name: String
  var short: Character?
  /// Nil for a switch.
  let value: Value?
  let help: String
  let commands: [Command]
  var isRepeatable = false
  /// False if the help shows only its name, on the line of the option before it.
  var isListed = true
  /// Sets the option. Throws if the value is not valid.
  let apply: @Sendable (inout Options, String) throws -> Void

  /// An option with a value that is read into a property.
  init<Property>(
    _ name: String, short: Character? = nil, isListed: Bool = true, _ value: Value,
    _ help: String, _ commands: [Command],
    _ path: any WritableKeyPath<Options, Property> & Sendable,
    read: @escaping @Sendable (String) throws -> Property
  ) {
    (self.name, self.short, self.value) = (name, short, value)
    (self.help, self.commands, self.isListed) = (help, commands, isListed)
    apply = { options, text in options[keyPath: path] = try read(text) }
  }

  /// An option whose value is one of the words of an enumeration.
  init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, short: Character? = nil, _ help: String, _ commands: [Command],
    _ path: any WritableKeyPath<Options, Choice> & Sendable
  ) {
    self.init(name, short: short, Self.words(of: Choice.self), help, commands, path) {
      try Self.choice($0)
    }
  }

  /// A repeatable option. Each use adds a value, or several.
  init(
    _ name: String, isListed: Bool = true, _ value: Value, _ help: String,
    _ commands: [Command],
    adding path: any WritableKeyPath<Options, [String]> & Sendable,
    read: @escaping @Sendable (String) throws -> [String] = { [$0] }
  ) {
    (self.name, self.value) = (name, value)
    (self.help, self.commands, isRepeatable) = (help, commands, true)
    self.isListed = isListed
    apply = { options, text in options[keyPath: path] += try read(text) }
  }

  /// A switch that sets a property to a fixed value.
  init<Property: Sendable>(
    _ name: String, short: Character? = nil, isListed: Bool = true, _ help: String,
    _ commands: [Command], _ path: any WritableKeyPath<Options, Property> & Sendable,
    set property: Property
  ) {
    (self.name, self.short, value) = (name, short, nil)
    (self.help, self.commands, self.isListed) = (help, commands, isListed)
    apply = { options, _ in options[keyPath: path] = property }
  }

  /// `-o, --output FILE`
  var synopsis: String {
    (short.map { "-\($0), " } ?? "    ") + "--\(name)" + (value.map { " \($0.name)" } ?? "")
  }

  /// `-o` and `--output`, as they are typed.
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(name)"] }
}
