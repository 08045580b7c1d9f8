import CloudflareECS

/// `cf-ecs convert`: converts firewall events to ECS documents. With a detector it is `cf-ecs detect`.
enum ConvertCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    try checkCombinations(options)
    var options = options
    if options.isBulk { options.runTime = try RunTime.now() }
    if !options.conditions.isEmpty { options.conversion.filter = try filter(options) }
    let names = options.files.isEmpty ? ["-"] : options.files
    let statsFile = options.stats == "-" ? nil : options.stats
    let outputNames = [options.output, options.rejects, statsFile].compactMap { $0 }
    let uses: [Use]
    do throws(OutputFile.Failure) {
      uses = try identify(inputs: names + options.feeds, outputs: outputNames)
    } catch { return Main.report(error) }
    try check(uses)
    let input = InputFiles(
      names, outputs: Set(uses.filter(\.isOutput).map(\.identity)))
    let files = input.paths
    var outputs: [OutputFile] = []
    // Removes the outputs that were not published.
    defer { for output in outputs { output.discard() } }
    func open(_ path: String) throws(OutputFile.Failure) -> OutputFile {
      outputs.append(try OutputFile(path: path, isPrivate: !outputs.isEmpty))
      return outputs[outputs.count - 1]
    }
    do throws(OutputFile.Failure) {
      // The first output has the documents. The others are private: they tell about requests that
      // went wrong.
      let documents = try open(options.output)
      let rejects = try options.rejects.map(open)
      let stats = try statsFile.map(open)
      let console = Console(
        isQuiet: options.isQuiet, progress: options.showsProgress,
        outputIsTerminal: documents.descriptor.isTerminal)
      let delivery = Delivery(
        options, files: files, documents: documents, rejects: rejects, console: console)

      for fault in input.faults { console.error(fault) }
      let pipeline = Pipeline(options, files: files, to: delivery, watching: documents.watched)
      var statistics = Statistics()
      statistics.writesDocuments = options.detector == nil
      statistics.feeds = options.detector?.indicators?.feeds ?? []
      statistics.filesSkipped = input.skipped
      statistics.counts = pipeline.run()
      statistics.files = delivery.filesRead
      statistics.given = (files.count, pipeline.bytesTaken, delivery.rejected)
      statistics.milliseconds = console.milliseconds
      // Erases the progress line.
      console.show("")
      if let failure = delivery.failure { throw failure }
      let isWhole = !StopRequest.isPending
      let mismatches = statistics.mismatches
      if isWhole, !mismatches.isEmpty {
        console.error(
          "internal error, the counts do not add up: \(mismatches.joined(separator: "; "))")
        return .internalError
      }
      let report = DetectCommand.report(
        options, delivery.tally, events: statistics.counts.accepted)
      if let report { try documents.write(report.utf8.span) }
      try stats?.write(statistics.json)
      for output in outputs { try output.seal() }
      // After a signal the output is incomplete, so it is not published.
      if let number = StopRequest.signalNumber { return .stopped(bySignal: number) }
      try OutputFile.publish(outputs)
      if options.stats == "-" {
        console.show(String(decoding: statistics.json.array, as: UTF8.self))
      }
      for note in statistics.notes(hasOriginal: options.conversion.keepsOriginal) {
        console.error(note)
      }
      console.summary(statistics.summary)
      let hasRejects =
        delivery.rejected > 0 && !options.isLenient || statistics.counts.unusableInputs > 0
      let isFaulty =
        isWhole
        && (delivery.hasFaults || hasRejects || !input.faults.isEmpty
          || statistics.feeds.contains(where: \.isFaulty))
      if isWhole, let limit = options.failLevel, let highest = delivery.tally.highest,
        highest >= limit
      {
        if isFaulty {
          console.error(
            "status 4: an alert of level \(highest.rawValue) fired. Without it the status would be 1:"
              + " some input was not read")
        }
        return .alertFired
      }
      return isFaulty ? .inputFaults : .success
    } catch {
      return Main.report(error)
    }
  }

  private static func filter(_ options: Options) throws(UsageError) -> EventFilter {
    do throws(EventFilterError) {
      return try EventFilter(options.conditions, for: options.normalizer.table)
    } catch {
      throw UsageError(what: "--where \(error)", how: "List the targets: cf-ecs mapping")
    }
  }

  /// Rejects an option that has no effect with the other options.
  private static func checkCombinations(_ options: Options) throws(UsageError) {
    func refuse(_ name: String, _ need: String) throws(UsageError) {
      throw UsageError(what: "--\(name) has no effect here", how: need)
    }
    func hasTarget(_ target: String) -> Bool {
      options.profile.table.rows.contains { $0.target == target }
    }
    if !options.isBulk {
      if options.index != nil { try refuse("index", "Use it with --format bulk") }
      if options.hasIdentifiers { try refuse("bulk-id", "Use it with --format bulk") }
    }
    if options.hasIdentifiers, !hasTarget("event.id") {
      throw UsageError(
        what: "--bulk-id: the profile \(options.profile.name) has no event.id",
        how: "Use it with --profile elastic")
    }
    if options.namespace != nil, !hasTarget("data_stream.namespace") {
      try refuse("namespace", "Use it with --profile elastic")
    }
    let readsRows = options.inputFormat != .ndjson && options.inputFormat != .json
    if !readsRows, options.columns != nil { try refuse("fields", "Use it with CSV and TSV") }
    if !readsRows, options.delimiter != nil { try refuse("delimiter", "Use it with CSV") }
  }

  /// A file that the command reads or writes.
  private struct Use {
    let path: String
    let isOutput: Bool
    let identity: FilePath.Identity
  }

  /// The files behind the names. Directories, terminals, `/dev/null` and other devices are left out, and
  /// inputs that cannot be examined: opening them will say why.
  private static func identify(
    inputs: [String], outputs: [String]
  ) throws(OutputFile.Failure) -> [Use] {
    var uses: [Use] = []
    for (path, isOutput) in inputs.map({ ($0, false) }) + outputs.map({ ($0, true) }) {
      do throws(SystemError) {
        let standard = isOutput ? Descriptor.standardOutput : .standardInput
        let status = path == "-" ? FilePath.Status(standard) : try FilePath(text: path).status()
        if let kind = status?.kind, kind == .other || kind == .directory { continue }
        var identity = status?.identity
        if identity == nil { identity = try FilePath(text: path).identity() }
        if let identity {
          uses.append(Use(path: path, isOutput: isOutput, identity: identity))
        }
      } catch {
        if isOutput { throw OutputFile.Failure(message: "\(path): \(error)") }
      }
    }
    return uses
  }

  /// Rejects an output that is also an input or another output, whatever its name.
  private static func check(_ uses: [Use]) throws(UsageError) {
    var others: [FilePath.Identity: String] = [:]
    for use in uses {
      if use.isOutput, let other = others[use.identity] {
        throw UsageError(
          what: "'\(use.path)' is both an output and \(other)",
          how: "Give each output its own name")
      }
      others[use.identity] = use.isOutput ? "another output" : "an input"
    }
  }
}
