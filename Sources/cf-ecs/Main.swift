import CFECSMalloc
import CloudflareECS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The entry point of `cf-ecs`.
@main enum Main {
  static func main() {
    cfecs_malloc_give_back_large_buffers()
    Descriptor.occupyStandardNumbers()
    StopRequest.installHandlers()
    // On Linux the runtime reads the arguments from /proc. Without it even the command's name is
    // missing; running as if no arguments were given would be wrong.
    guard !CommandLine.arguments.isEmpty else {
      Console().error("cannot read the arguments: /proc is not mounted")
      exit(ExitStatus.usage.code)
    }
    exit(run(Array(CommandLine.arguments.dropFirst())).code)
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do throws(UsageError) {
      if arguments.isEmpty, Descriptor.standardInput.isTerminal {
        Console().show(Command.convert.help)
        return .usage
      }
      if arguments.first == "--complete" {
        let lines = Completion(Array(arguments.dropFirst())).lines
        return write(lines.map { "\($0)\n" }.joined(), to: "-")
      }
      let invocation = try Invocation(arguments)
      switch invocation.options.information {
      case .help: return write(invocation.command.help, to: "-")
      case .version: return write("cf-ecs \(CloudflareECSVersion.current)\n", to: "-")
      case nil:
        var options = invocation.options
        try options.prepareTable()
        return try invocation.command.run(options)
      }
    } catch {
      // A signal ended the reading of a feed: that is not wrong usage.
      if let number = StopRequest.signalNumber { return .stopped(bySignal: number) }
      let console = Console()
      console.error(error.what)
      console.show("\(DisplayText.line(error.how))\n")
      return .usage
    }
  }

  /// Writes a text that is the whole output.
  static func write(_ text: String, to path: String) -> ExitStatus {
    do throws(OutputFile.Failure) {
      let output = try OutputFile(path: path)
      defer { output.discard() }
      try output.write(text.utf8.span)
      try output.seal()
      if let number = StopRequest.signalNumber { return .stopped(bySignal: number) }
      try OutputFile.publish([output])
      return .success
    } catch {
      return report(error)
    }
  }

  /// Reports a failure, but not after a signal: then it is most likely an interrupted call.
  static func report(_ failure: OutputFile.Failure) -> ExitStatus {
    if let number = StopRequest.signalNumber { return .stopped(bySignal: number) }
    Console().error(failure.message)
    return .outputFailed
  }
}
