import CloudflareECS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The command line: `cf-ecs --help` says what it does.
@main enum Main {
  static func main() {
    Descriptor.occupyStandardNumbers()
    StopRequest.installHandlers()
    exit(run(Array(CommandLine.arguments.dropFirst())).code)
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do throws(UsageError) {
      let invocation = try Invocation(arguments)
      switch invocation.options.information {
      case .help: return write(invocation.command.help, to: "-")
      case .version: return write("cf-ecs \(CloudflareECSVersion.current)\n", to: "-")
      case nil: return try invocation.command.run(invocation.options)
      }
    } catch {
      let console = Console()
      console.error(error.what)
      console.show("\(TerminalText.escaped(error.how))\n")
      return .usage
    }
  }

  /// A text that is the whole output.
  static func write(_ text: String, to path: String) -> ExitStatus {
    var output: OutputFile?
    do throws(OutputFile.Failure) {
      let file = try OutputFile(path: path)
      output = file
      try file.write(text.utf8.span)
      try file.seal()
      try file.publish()
      return .success
    } catch {
      output?.discard()
      return report(error)
    }
  }

  static func report(_ failure: OutputFile.Failure) -> ExitStatus {
    guard case .failed(let message) = failure else { return .success }
    Console().error(message)
    return .outputFailed
  }
}
