/// The script for bash 4 or later, with or without the package bash-completion.
extension CompletionScript {
  static var bash: String {
    """
    _cf_ecs() {
      local IFS=$' \\n' line="${COMP_WORDS[*]:1:COMP_CWORD-1} "
      local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
      local options= values= operands=@file
      # bash splits --name=value at the equals sign.
      if [[ $word == = ]]; then
        word=
      elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
      fi
      case $line in
    \(commands.map(branch).joined())  esac
      if [[ $COMP_CWORD -eq 1 ]]; then operands="\(firstWords.map(\.rawValue).joined(separator: " ")) @file"; fi
      if [[ $line == *' -- '* ]]; then
        values=$operands
      elif [[ -z $values && $word == -* ]]; then
        values=$options
      fi
      values=${values:-$operands}
      COMPREPLY=()
      if [[ $values == *@file ]]; then
        # File names may contain spaces, and directories get a slash.
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
      fi
      mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "${values//@*/}" -- "$word")
    }
    complete -F _cf_ecs cf-ecs

    """
  }

  private static func branch(of command: Command) -> String {
    let pattern = command == .convert ? "*" : "'\(command.rawValue) '*"
    let options = command.options.flatMap(\.spellings).joined(separator: " ")
    let values = command.options.compactMap { option in
      option.value.map { value in
        "        \(option.spellings.joined(separator: "|"))) values='\(words(value))' ;;\n"
      }
    }
    return """
          \(pattern))
            options='\(options)'
            operands='\(command.operand.map(words) ?? "@none")'
      \(values.isEmpty ? "" : "      case $before in\n\(values.joined())      esac\n")      ;;

      """
  }

  /// The words to offer; `@file` and `@none` are placeholders and never offered.
  private static func words(_ value: Option.Value) -> String {
    switch value {
    case .file, .directory: "@file"
    case .choiceOrFile(let words): (words + ["@file"]).joined(separator: " ")
    default: value.words?.joined(separator: " ") ?? "@none"
    }
  }
}
