import CloudflareECS

/// A command and its options, as read from the command line.
struct Invocation {
  private(set) var command = Command.convert
  private(set) var options = Options()

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    // A group comes before its commands, so the last match is the most specific one.
    if let command = Command.allCases.last(where: { rest.starts(with: $0.words) }) {
      self.command = command
      rest.removeFirst(command.words.count)
    }
    if command == .help { try readTopic(&rest) }
    while options.information == nil, let argument = rest.popFirst() {
      if argument == "--" {
        options.files += rest
        break
      } else if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2), &rest)
      } else if argument.hasPrefix("-"), argument != "-" {
        try readShort(argument.dropFirst(), &rest)
      } else {
        options.files.append(argument)
      }
    }
    if options.information == nil { try checkOperands() }
  }

  /// `cf-ecs help logpush job` is `cf-ecs logpush job --help`.
  private mutating func readTopic(_ rest: inout ArraySlice<String>) throws(UsageError) {
    guard let word = rest.first, !word.hasPrefix("-") else {
      if rest.isEmpty { (command, options.information) = (.convert, .help) }
      return
    }
    guard let topic = Command.allCases.last(where: { rest.starts(with: $0.words) }) else {
      throw wrong("help: no command '\(word)'", near: (word, Command.help.operand?.words ?? []))
    }
    rest.removeFirst(topic.words.count)
    (command, options.information) = (topic, .help)
  }

  private func checkOperands() throws(UsageError) {
    let first = options.files.first
    switch command.operand {
    case .choice(let words):
      if options.files.count == 1, words.contains(options.files[0]) { break }
      let list = words.dropLast().joined(separator: ", ") + " or \(words[words.count - 1])"
      throw wrong(
        "\(command.rawValue) takes \(list)", near: first.map { (text: $0, words: words) })
    case .file:
      // A command that is misspelt, or is not the first word, is taken for a file that does not exist.
      let names = Command.allCases.filter { $0.words.count == 1 }.map(\.rawValue)
      guard let first, let name = Spelling.nearest(to: first, in: names),
        (try? FilePath(text: first).status()) == nil
      else { break }
      throw UsageError(
        what: "no such file: '\(first)'",
        how: "Did you mean the command? Put it first: cf-ecs \(name)")
    case .word, .text, .directory, .choiceOrFile, nil:
      guard let first else { break }
      // After logpush it may be the destination, which holds a key: no message repeats it.
      throw [.logpushFields, .logpushJob].contains(command)
        ? wrong("\(command.rawValue) takes options only")
        : wrong("unexpected '\(first)': \(command.rawValue) reads no files")
    }
  }

  /// `--name`, `--name VALUE` or `--name=VALUE`.
  private mutating func readLong(
    _ text: Substring, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let option = try option("--\(parts[0])") { $0.name == parts[0] }
    if option.value == nil, parts.count == 2 { throw wrong("--\(option.name) takes no value") }
    try apply(
      option, parts.count == 2 ? String(parts[1]) : option.value == nil ? "" : rest.popFirst())
  }

  /// `-q`, `-o VALUE`, `-oVALUE`, or several together: `-qo VALUE`.
  private mutating func readShort(
    _ text: Substring, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var letters = text
    while let letter = letters.popFirst() {
      let option = try option("-\(letter)") { $0.short == letter }
      if option.value == nil {
        try apply(option, "")
      } else {
        return try apply(option, letters.isEmpty ? rest.popFirst() : String(letters))
      }
    }
  }

  private mutating func apply(_ option: Option, _ value: String?) throws(UsageError) {
    guard let value, option.value == nil || !value.isEmpty else {
      throw wrong("--\(option.name) needs a value: \(option.value?.name ?? "")")
    }
    do {
      try option.apply(&options, value)
    } catch {
      let refusal = error as? Option.Refusal
      let limit = refusal?.limit ?? ""
      if let reason = refusal?.reason { throw wrong("--\(option.name): '\(value)' \(reason)") }
      let given = command == .logpushJob ? "" : ", not '\(value)'"
      switch option.value {
      case .choice(let words), .choiceOrFile(let words):
        throw wrong(
          "--\(option.name) takes \(option.value?.name ?? "")\(given)", near: (value, words))
      case .word(_, let words):
        let words = words()
        throw wrong(
          "--\(option.name) takes \(words.joined(separator: "|"))\(given)", near: (value, words))
      case .text("N"): throw wrong("--\(option.name) takes a whole number above 0\(limit)\(given)")
      case .text, .file, .directory, nil:
        throw wrong("--\(option.name) takes \(option.value?.name ?? "no value")\(limit)\(given)")
      }
    }
  }

  private func option(
    _ text: String, where matches: (Option) -> Bool
  ) throws(UsageError) -> Option {
    if let option = command.options.first(where: matches) { return option }
    let name = command == .logpushJob ? text.prefix { $0.isLetter || $0 == "-" } : text[...]
    let near = (text: String(text.drop { $0 == "-" }), words: command.options.map(\.name))
    throw wrong("unknown option '\(name)'", near: text.hasPrefix("--") ? near : nil, prefix: "--")
  }

  /// - Parameter near: the text typed, and the words from which to suggest a correction.
  private func wrong(
    _ what: String, near: (text: String, words: [String])? = nil, prefix: String = ""
  ) -> UsageError {
    let word = near.flatMap { Spelling.nearest(to: $0.text, in: $0.words) }
    let hint = word.map { "Did you mean \(prefix)\($0)? " } ?? ""
    return UsageError(
      what: what,
      how: "\(hint)Help: cf-ecs \(command == .convert ? "" : "\(command.rawValue) ")--help")
  }
}
