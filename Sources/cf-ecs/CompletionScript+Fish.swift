/// The script for fish: save it as `cf-ecs.fish` in the completions directory, or source it.
extension CompletionScript {
  static var fish: String {
    """
    # Whether the current command is one of the arguments.
    function __cf_ecs_is
        set -l words (commandline -opc)
        set -l command convert
        switch "$words[2..-1] "
    \(commands.filter { $0 != .convert }.map { "        case '\($0.rawValue) *'\n            set command \(name(of: $0))\n" }.joined())    end
        contains -- $command $argv
    end

    # Whether the current word is the first.
    function __cf_ecs_first
        test (count (commandline -opc)) -eq 1
    end


    """
      + firstWords.map { command in
        "complete -c cf-ecs -n __cf_ecs_first -a \(command.rawValue) -d \(fishQuoted(command.summary))\n"
      }.joined() + Command.allCases.map(operands).joined() + Option.table.map(line).joined()
  }

  private static func operands(of command: Command) -> String {
    if case .file = command.operand { return "" }
    let words = command.operand?.words.map { " -a '\($0.joined(separator: " "))'" } ?? ""
    return "complete -c cf-ecs -n '__cf_ecs_is \(name(of: command))' -f\(words)\n"
  }

  private static func line(for option: Option) -> String {
    let commands = option.commands.map(name).joined(separator: " ")
    let value =
      switch option.value {
      case .file: " -r -F"
      case .choiceOrFile(let words): " -r -F -a '\(words.joined(separator: " "))'"
      case .directory: " -x -a '(__fish_complete_directories)'"
      case let value?: " -x" + (value.words.map { " -a '\($0.joined(separator: " "))'" } ?? "")
      case nil: ""
      }
    return "complete -c cf-ecs -n '__cf_ecs_is \(commands)'"
      + (option.short.map { " -s \($0)" } ?? "")
      + " -l \(option.name)\(value) -d \(fishQuoted(option.help))\n"
  }

  private static func fishQuoted(_ text: String) -> String {
    "'\(text.map { "'\\".contains($0) ? "\\\($0)" : String($0) }.joined())'"
  }
}
