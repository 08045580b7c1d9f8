import CloudflareECS

/// `cf-ecs logpush fields` and `cf-ecs logpush job`: print the fields to select, and the job to create.
///
/// Neither uses the network or needs a token: the user calls Cloudflare's API with `curl`.
enum LogpushCommand {
  /// A limit far above the length of Cloudflare's answer or of a URL.
  private static let maximumInput = 1 << 20

  static func fields(_ options: Options) -> ExitStatus {
    let fields = LogpushFields(for: options.profile, isMinimal: options.isMinimal)
    guard let path = options.answer else { return Main.write(fields.list + "\n", to: "-") }
    let check: LogpushFields.Availability
    do {
      guard let answer = try ByteSource.text(of: path, limit: maximumInput) else { return stopped }
      check = try fields.check(answer: JSONValue(json: answer))
    } catch {
      if StopRequest.isPending { return stopped }
      Console().error("\(path == "-" ? "standard input" : path): \(error)")
      return .inputFaults
    }
    let status = Main.write(check.summary, to: "-")
    guard status == .success, !check.missingEssentials.isEmpty else { return status }
    let names = check.missingEssentials.joined(separator: ",")
    Console().error("Cloudflare does not offer fields that documents need: \(names)")
    return .inputFaults
  }

  static func job(_ options: Options) throws(UsageError) -> ExitStatus {
    var job = options.job
    job.fields =
      options.columns ?? LogpushFields(for: options.profile, isMinimal: options.isMinimal).names
    if job.destination == "-" {
      do {
        guard let text = try ByteSource.text(of: "-", limit: maximumInput) else { return stopped }
        job.destination = String(text.trimmingSpace)
      } catch {
        if StopRequest.isPending { return stopped }
        Console().error("standard input: \(error)")
        return .inputFaults
      }
    }
    do throws(LogpushError) {
      let body = JSONValue.object(try job.body()).json
      var output = OutputBuffer(minimumCapacity: 4_096)
      PrettyJSON.append(body.utf8.span, to: &output)
      return Main.write(String(decoding: output.array, as: UTF8.self) + "\n", to: "-")
    } catch {
      throw UsageError(what: error.description, how: "Help: cf-ecs logpush job --help")
    }
  }

  private static var stopped: ExitStatus {
    StopRequest.signalNumber.map(ExitStatus.stopped) ?? .success
  }
}
