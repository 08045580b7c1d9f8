/// The script for zsh: save it as `_cf-ecs` in `$fpath`, or source it after `compinit`.
extension CompletionScript {
  static var zsh: String {
    """
    _cf-ecs() {
      local first=$(( CURRENT == 2 ))
      case "${(j: :)words[2,CURRENT-1]} " in
    \(commands.map(branch).joined())  esac
    }

    # The first word is a command, or a file for convert.
    _cf-ecs_operand() {
      local -a commands=(
    \(firstWords.map { "    \(quoted("\($0.rawValue):\($0.summary)"))\n" }.joined())  )
      if (( first )); then _describe -t commands command commands; fi
      _files
    }

    if [[ $funcstack[1] == _cf-ecs ]]; then
      _cf-ecs "$@"
    else
      compdef _cf-ecs cf-ecs
    fi

    """
  }

  private static func branch(of command: Command) -> String {
    let pattern = command == .convert ? "*" : "'\(command.rawValue) '*"
    let arguments =
      command.options.flatMap(specifications)
      + (command.operand.map { [quoted("*:\($0.name):\(operand(action($0)))")] } ?? [])
    // _arguments expects the command as the first word.
    let count = command == .convert ? 0 : command.words.count
    let shift = count == 0 ? "" : "      shift \(count) words; (( CURRENT -= \(count) ))\n"
    return """
          \(pattern))
      \(shift)      _arguments -s -S : \\
              \(arguments.joined(separator: " \\\n        "))
            ;;

      """
  }

  private static func operand(_ action: String) -> String {
    action == "_files" ? "_cf-ecs_operand" : action
  }

  /// One for each spelling: `'(-p --profile)--profile=[the normalizer]:profile:(sekoia elastic)'`.
  private static func specifications(_ option: Option) -> [String] {
    let help = option.help.map { "[]\\:".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    let others = option.isRepeatable ? "*" : "(\(option.spellings.joined(separator: " ")))"
    return option.spellings.map { spelling in
      let value = option.value.map { value in
        let name = value.words == nil ? value.name : option.name
        return ":\(name):\(action(value))"
      }
      let sign = value == nil ? "" : spelling.hasPrefix("--") ? "=" : "+"
      return quoted("\(others)\(spelling)\(sign)[\(help)]\(value ?? "")")
    }
  }

  private static func action(_ value: Option.Value) -> String {
    switch value {
    case .file: return "_files"
    case .directory: return "_files -/"
    case .choiceOrFile(let words): return "{compadd \(words.joined(separator: " ")); _files}"
    default: break
    }
    return value.words.map { "(\($0.joined(separator: " ")))" } ?? " "
  }
}
