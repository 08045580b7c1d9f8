/// What can stand in place of the last word of a command line: `cf-ecs --complete WORD …`, which the scripts of the
/// shells call.
///
/// As in `Invocation`, a command is the first word (and in a group the second). It decides which options are
/// offered; without a command those of `convert` are.
struct Completion {
  /// A word each, with a tab and a description if it has one. `@file` and `@directory` stand for names of files,
  /// which the shell completes. The shell selects those that fit what was typed.
  let lines: [String]

  init(_ arguments: [String]) {
    // bash makes three words of `--name=value`.
    var words = arguments.filter { $0 != "=" }
    var typed = arguments.last == "=" ? "" : words.popLast() ?? ""
    if typed.hasPrefix("--"), let equals = typed.firstIndex(of: "=") {
      words.append(String(typed[..<equals]))
      typed = ""
    }
    let command = Command.allCases.last { words.starts(with: $0.words) } ?? .convert
    let option = words.last.flatMap { word in command.options.first { $0.needsValue(after: word) } }
    if words.contains("--") {
      lines = Self.lines(for: command.operand)
    } else if let option {
      lines = Self.lines(for: option.value)
    } else if typed.hasPrefix("-") {
      lines = command.options.flatMap { option in
        option.spellings.map { "\($0)\t\(option.help)" }
      }
    } else {
      let commands = words.isEmpty ? Command.allCases.filter { $0.words.count == 1 } : []
      lines = commands.map { "\($0.rawValue)\t\($0.summary)" } + Self.lines(for: command.operand)
    }
  }

  private static func lines(for value: Option.Value?) -> [String] {
    switch value {
    case .file: ["@file"]
    case .directory: ["@directory"]
    case .choiceOrFile(let words): words + ["@file"]
    default: value?.words ?? []
    }
  }
}

extension Option {
  /// Whether the value stands in the word after this one: `--output`, `-o`, `-qo`.
  fileprivate func needsValue(after word: String) -> Bool {
    if value == nil { return false }
    if word.hasPrefix("--") { return word == "--\(name)" }
    return word.hasPrefix("-") && word.count > 1 && word.last == short
  }
}
