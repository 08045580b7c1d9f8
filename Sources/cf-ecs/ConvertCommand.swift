import CloudflareECS

/// `cf-ecs convert`: converts firewall events to ECS documents. With a detector it is `cf-ecs detect`.
enum ConvertCommand {
  static func run(_ options: Options) throws(UsageError) -> ExitStatus {
    try checkCombinations(options)
    var options = options
    if options.isBulk { options.runTime = try RunTime.now() }
    let names = options.files.isEmpty ? ["-"] : options.files
    let statsFile = options.stats == "-" ? nil : options.stats
    let output = options.outputDirectory == nil ? options.output : nil
    let outputNames = options.outputs
    var excluded = FileUses(inputs: [], outputs: outputNames).outputs
    if let path = options.outputDirectory, let identity = try? FilePath(text: path).identity() {
      excluded.insert(identity)
    }
    var input = InputFiles(names, outputs: excluded)
    let directory = try options.outputDirectory.map { (path) throws(UsageError) in
      try OutputDirectory(path, options, &input)
    }
    let files = input.paths
    let uses = FileUses(
      inputs: files + options.otherInputs, outputs: outputNames + (directory?.paths ?? []))
    if let failure = uses.failure { return Main.report(failure) }
    try uses.check()
    var outputs: [OutputFile] = []
    // Removes the outputs that were not published.
    defer { for output in outputs { output.discard() } }
    // All but the documents are private: they tell about requests that went wrong.
    func open(_ path: String, isPrivate: Bool = true) throws(OutputFile.Failure) -> OutputFile {
      let file = try OutputFile(path: path, isPrivate: isPrivate, level: options.zlibLevel)
      outputs.append(file)
      return file
    }
    do throws(OutputFile.Failure) {
      try directory?.make()
      let documents = try output.map { (path) throws(OutputFile.Failure) in
        try open(path, isPrivate: false)
      }
      let rejects = try options.rejects.map { (path) throws(OutputFile.Failure) in try open(path) }
      let stats = try statsFile.map { (path) throws(OutputFile.Failure) in try open(path) }
      let console = Console(
        isQuiet: options.isQuiet, progress: options.showsProgress,
        outputIsTerminal: documents?.descriptor.isTerminal ?? false)
      let delivery = Delivery(
        options, files: files, documents: documents, rejects: rejects, console: console)

      for message in input.faults + input.empty { console.error(message) }
      let pipeline = Pipeline(
        options, files: files, to: delivery, documents: documents, outputs: directory)
      var statistics = Statistics()
      statistics.writesDocuments = options.detector == nil && options.report == nil
      statistics.feeds = options.detector?.indicators?.feeds ?? []
      statistics.filesSkipped = input.skipped
      statistics.counts = pipeline.run()
      statistics.files = delivery.results.filesRead
      statistics.given = (files.count, delivery.bytesRead, delivery.results.rejected)
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
      if let alerts = delivery.results.alerts {
        try DetectCommand.write(
          alerts, options, events: statistics.counts.evaluated, to: documents)
      }
      if isWhole, let report = delivery.results.report?.withFiltered(statistics.counts.filtered) {
        try ReportCommand.write(report, options, to: documents)
      }
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
        delivery.results.rejected > 0 && !options.isLenient || statistics.counts.unusableInputs > 0
      let isFaulty =
        isWhole
        && (delivery.results.hasFaults || hasRejects || !input.faults.isEmpty
          || statistics.feeds.contains(where: \.isFaulty))
      if isWhole, let limit = options.failLevel, let highest = statistics.counts.highestLevel,
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

  /// Rejects an option that has no effect with the other options.
  private static func checkCombinations(_ options: Options) throws(UsageError) {
    func refuse(_ name: String, _ need: String) throws(UsageError) { throw noEffect(name, need) }
    func hasTarget(_ target: String) -> Bool {
      options.profile.table.whole.rows.contains { $0.target == target }
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
    if options.namespace != nil, !hasTarget(MappingTable.namespaceTarget) {
      try refuse("namespace", "Use it with --profile elastic")
    }
    try checkOutputs(options)
    let readsRows = options.inputFormat != .ndjson && options.inputFormat != .json
    if !readsRows, options.columns != nil { try refuse("fields", "Use it with CSV and TSV") }
    if !readsRows, options.delimiter != nil { try refuse("delimiter", "Use it with CSV") }
  }

  private static func checkOutputs(_ options: Options) throws(UsageError) {
    guard let directory = options.outputDirectory else {
      if options.skipsExisting {
        throw noEffect("skip-existing", "Use it with --output-dir")
      }
      if let compresses = options.compresses {
        throw noEffect(compresses ? "compress" : "no-compress", "Use it with --output-dir")
      }
      let outputs = [options.output, options.rejects, options.stats]
      if options.compressionLevel != nil,
        !outputs.contains(where: { $0?.hasSuffix(".gz") ?? false })
      {
        throw noEffect("compression-level", "Use it with an output that ends in .gz")
      }
      return
    }
    func refuse(_ what: String, _ how: String) -> UsageError {
      UsageError(what: "--output-dir: \(what)", how: how)
    }
    if options.output != "-" { throw refuse("--output is given, too", "Use one of the two") }
    if options.files.isEmpty || options.files.contains("-") {
      throw refuse("standard input has no name", "Name the files, or use --output")
    }
    if options.alerts != nil {
      throw refuse(
        "a report of each file is not written", "Use --format ndjson or bulk, or --output")
    }
    func identity(_ path: String) -> FilePath.Identity? { try? FilePath(text: path).identity() }
    if let name = options.files.first(where: { identity($0) == identity(directory) }) {
      throw refuse("'\(name)' is an input, too", "Give another directory")
    }
  }

  private static func noEffect(_ name: String, _ need: String) -> UsageError {
    UsageError(what: "--\(name) has no effect here", how: need)
  }
}
