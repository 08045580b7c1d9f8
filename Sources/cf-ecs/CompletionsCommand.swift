/// `cf-ecs completions`: prints a completion script for a shell.
enum CompletionsCommand {
  static func run(_ options: Options) -> ExitStatus {
    // `Invocation` accepts only the name of a shell.
    guard let shell = options.files.first.flatMap(CompletionScript.Shell.init) else {
      return .usage
    }
    return Main.write(CompletionScript(for: shell).text, to: "-")
  }
}
