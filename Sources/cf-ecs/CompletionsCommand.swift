/// `cf-ecs completions`: the script with which a shell completes.
enum CompletionsCommand {
  static func run(_ options: Options) -> ExitStatus {
    // `Invocation` has taken nothing but the name of a shell.
    guard let shell = options.files.first.flatMap(CompletionScript.Shell.init) else {
      return .usage
    }
    return Main.write(CompletionScript(for: shell).text, to: "-")
  }
}
