/// A command and its options, as read from the command line.
struct Invocation {
  private(set) var command = Command.convert
  private(set) var options = Options()

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    // A group comes before its members, so the last that fits is the one that is meant.
    if let command = Command.allCases.last(where: { rest.starts(with: $0.words) }) {
      self.command = command
      rest.removeFirst(command.words.count)
    }
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
    if ![.convert, .detect, .logpush].contains(command), let file = options.files.first,
      options.information == nil
    {
      // Behind logpush it may be the destination, which no message repeats.
      throw [.logpushFields, .logpushJob].contains(command)
        ? wrong("\(command.rawValue) takes options only")
        : wrong("\(command.rawValue) reads no files, so what is '\(file)'?")
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

  /// `-q`, `-o VALUE`, `-oVALUE`, and several together: `-qo VALUE`.
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
      throw wrong("--\(option.name) needs a value: \(option.value ?? "")")
    }
    if (try? option.apply(&options, value)) == nil {
      let accepted = option.value == "N" ? "a whole number above 0" : option.value ?? ""
      let given = command == .logpushJob ? "" : ", not '\(value)'"
      throw wrong("--\(option.name) takes \(accepted)\(given)")
    }
  }

  private func option(
    _ text: String, where matches: (Option) -> Bool
  ) throws(UsageError) -> Option {
    let own = Option.table.filter { $0.commands.contains(command) }
    if let option = own.first(where: matches) { return option }
    let near = own.map { "--\($0.name)" }
      .map { (name: $0, distance: Self.editDistance(text, $0)) }
      .min { $0.distance < $1.distance }
    let hint = near.map { $0.distance <= 3 ? "Did you mean \($0.name)? " : "" } ?? ""
    let name = command == .logpushJob ? text.prefix { $0.isLetter || $0 == "-" } : text[...]
    throw wrong("unknown option '\(name)'", hint: hint)
  }

  private func wrong(_ what: String, hint: String = "") -> UsageError {
    UsageError(
      what: what,
      how: "\(hint)Help: cf-ecs \(command == .convert ? "" : "\(command.rawValue) ")--help")
  }

  /// How many letters to insert, remove or replace.
  private static func editDistance(_ one: String, _ other: String) -> Int {
    var row = Array(0...other.count)
    for (i, a) in one.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let change = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(change, row[j] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
