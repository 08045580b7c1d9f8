/// A script that makes a shell complete commands, options, their values and file names. It is made from
/// the option table.
///
/// As in `Invocation`, a command is the first word (and in a group the second). It decides which
/// options are offered; without a command those of `convert` are.
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

  /// All commands. Those of a group come before the group, because their names begin with its name.
  static let commands = Command.allCases.reversed()

  /// The name as one word: `logpush-fields`.
  static func name(of command: Command) -> String { command.words.joined(separator: "-") }

  /// The commands that can be the first word.
  static let firstWords = Command.allCases.filter { $0.words.count == 1 }

  /// Quotes a text for bash and zsh, which write a quote inside single quotes as `'\''`.
  static func quoted(_ text: String) -> String {
    "'\(text.map { $0 == "'" ? #"'\''"# : String($0) }.joined())'"
  }
}
