/// A script that makes a shell complete what is typed after `cf-ecs`. It asks the command itself for the words,
/// see `Completion`, and has the shell complete the names of files.
struct CompletionScript {
  enum Shell: String, CaseIterable { case bash, zsh, fish }

  let text: String

  /// A script for the shell of this name.
  init?(_ name: String) {
    guard let shell = Shell(rawValue: name) else { return nil }
    self.init(for: shell)
  }

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

  /// For bash 4 or later, with or without the package bash-completion.
  private static let bash = #"""
    _cf_ecs() {
      local line word=${COMP_WORDS[COMP_CWORD]}
      # bash splits --name=value at the equals sign.
      if [[ $word == = ]]; then word=; fi
      COMPREPLY=()
      while IFS= read -r line; do
        case $line in
          @*)
            # File names may contain spaces, and directories get a slash.
            compopt -o filenames 2>/dev/null
            mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -A "${line#@}" -- "$word") ;;
          "$word"*) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
      done < <("${COMP_WORDS[0]}" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    }
    complete -F _cf_ecs cf-ecs

    """#

  /// Save it as `_cf-ecs` in `$fpath`, or source it after `compinit`.
  private static let zsh = #"""
    _cf-ecs() {
      local line
      local -a offered lines=("${(@f)$($words[1] --complete "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
      if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
      for line in $lines; do
        case $line in
          @file) _files ;;
          @directory) _files -/ ;;
          *) offered+=("${${line//:/\\:}/$'\t'/:}") ;;
        esac
      done
      if (( $#offered )); then _describe -t words word offered; fi
    }

    if [[ $funcstack[1] == _cf-ecs ]]; then
      _cf-ecs "$@"
    else
      compdef _cf-ecs cf-ecs
    fi

    """#

  /// Save it as `cf-ecs.fish` in the completions directory, or source it.
  private static let fish = #"""
    function __cf_ecs
        set -l words (commandline -opc) "$(commandline -ct)"
        set -l name (string match -r -- '^--[^=]*=' $words[-1])
        set -l value (string replace -r -- '^--[^=]*=' '' $words[-1])
        for line in ($words[1] --complete $words[2..] 2>/dev/null)
            switch $line
                case @file
                    printf '%s\n' "$name"(__fish_complete_path $value)
                case @directory
                    printf '%s\n' "$name"(__fish_complete_directories $value)
                case '*'
                    echo "$name$line"
            end
        end
    end
    complete -c cf-ecs -f -a '(__cf_ecs)'

    """#
}
