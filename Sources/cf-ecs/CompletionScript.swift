/// What a shell needs to complete commands, options, their values and file names: the option table in
/// the shell's own words.
///
/// Commands are words of the first place (members of a group of the second), as in `Invocation`: what
/// stands there decides which options there are, and everything else is `convert`.
struct CompletionScript {
  enum Shell: String, CaseIterable { case bash, zsh, fish }

  let text: String

  init(for shell: Shell) {
    let heading =
      "# Completions of cf-ecs for \(shell.rawValue): cf-ecs completions \(shell.rawValue)\n"
    text =
      switch shell {
      case .bash: heading + Self.bash
      case .zsh: "#compdef cf-ecs\n" + heading + Self.zsh
      case .fish: heading + Self.fish
      }
  }

  /// Members of a group before the group, whose name is the beginning of theirs.
  static let commands = Command.allCases.reversed()

  /// One word for the shell's `case`: `logpush-fields`.
  static func name(of command: Command) -> String { command.words.joined(separator: "-") }

  /// The words of the first place.
  static let firstWords = Command.allCases.filter { $0.words.count == 1 }

  /// In single quotes, which bash and zsh end for a quote within; fish wants `\'` and `\\` there.
  static func quoted(_ text: String) -> String {
    "'\(text.map { $0 == "'" ? #"'\''"# : String($0) }.joined())'"
  }
}
