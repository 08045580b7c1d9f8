import CloudflareECS
import CloudflareECSGzip

/// The options of the command line, with their defaults.
struct Options {
  enum DocumentFormat: String, CaseIterable { case ndjson, pretty, bulk }
  enum InputChoice: String, CaseIterable { case auto, ndjson, json, csv, tsv }
  enum AlertFormat: String, CaseIterable { case ndjson, bulk, summary, navigator }
  enum RulesFormat: String, CaseIterable { case table, json, sigma, navigator }
  enum ReportFormat: String, CaseIterable { case text, json, html }
  enum Information { case help, version }

  var profile = BuiltInProfiles.all[0]
  var format = DocumentFormat.ndjson
  var mappingFormat = MappingReference.Format.markdown
  /// The search engine that the template is for.
  var target = IndexTemplate.Target.elasticsearch
  /// The pattern of index names in the template. Default: the profile's.
  var pattern: String?
  /// Whether to select only the fields in SEKOIA.IO's table.
  var isMinimal = false
  /// The file with Cloudflare's answer to "list fields"; `-` is standard input.
  var answer: String?
  /// The job to create. Its fields are `columns`, or else those of the profile.
  var job = LogpushJob(fields: [])
  var alertFormat = AlertFormat.ndjson
  var rulesFormat = RulesFormat.table
  /// Identifiers of the rules to run; empty means all.
  var rules: [String] = []
  /// Identifiers of rules that are not run.
  var excludedRules: [String] = []
  /// The lowest level of alerts.
  var leastLevel = DetectionRule.Level.low
  /// Rule files and directories.
  var ruleFiles: [String] = []
  /// Rule files and directories to check, in place of printing the rules.
  var checkedRules: [String] = []
  var hasBuiltInRules = true
  /// Whether to list the names of fields that rule files can use.
  var listsFields = false
  /// Whether to list the forms of feeds, not the rules.
  var listsFeeds = false
  var showsAll = false
  /// Indicator files.
  var feeds: [String] = []
  /// The alert level from which the exit status is a failure.
  var failLevel: DetectionRule.Level?
  /// The detector of `detect`, which writes alerts instead of documents.
  var detector: Detector?
  /// The summary of the alerts, which is written instead of them.
  var alerts: AlertSummary? {
    alertFormat == .ndjson || alertFormat == .bulk
      ? nil : detector.map { AlertSummary(rules: $0.rules) }
  }
  /// The report of `report`, which is written instead of documents.
  var report: EventReport?
  var reportFormat = ReportFormat.text
  /// The targets whose values are counted in place of the usual ones, separated by commas.
  var reportTargets: [String] = []
  /// The rows of each table.
  var top = 10
  /// `-` is standard output.
  var output = "-"
  /// A directory in which each input has an output of its own, in place of `output`.
  var outputDirectory: String?
  var skipsExisting = false
  /// Whether the outputs in the directory are compressed. Default: as their inputs are named.
  var compresses: Bool?
  /// The level of zlib, 1 to 9, if it is given.
  var compressionLevel: Int?
  var rejects: String?
  var isLenient = false
  /// Default: the number of cores, at most 8.
  var threads: Int?
  /// The converter's options, except those that depend on several options.
  var conversion = NDJSONConverter.Options()
  /// The form of the input, and for rows their columns and delimiter.
  var inputFormat = InputChoice.auto
  var columns: [String]?
  var delimiter: UInt8?
  /// The namespace of the data stream. Default: the profile's.
  var namespace: String?
  /// The index that the actions of `bulk` name.
  var index: String?
  /// Whether the actions of `bulk` have an identifier.
  var hasIdentifiers = false
  var parsesUserAgents = false
  /// The targets of `--select` and `--drop`.
  var selected: [String] = []
  var dropped: [String] = []
  /// The conditions of `--where`.
  var conditions: [String] = []
  /// When the run began.
  var runTime: Timestamp?
  /// `-` is standard error.
  var stats: String?
  var isQuiet = false
  /// Default: true on a terminal.
  var showsProgress: Bool?
  var information: Information?
  /// `-` is standard input, and so is an empty list.
  var files: [String] = []

  var zlibLevel: Int { compressionLevel ?? GzipEncoder.defaultLevel }

  /// The number of threads that convert.
  var workerCount: Int { min(threads ?? min(ThreadLock.coreCount, 8), 256) }

  /// The files that are written, apart from those in the directory of outputs.
  var outputs: [String] {
    [outputDirectory == nil ? output : nil, rejects, stats == "-" ? nil : stats].compactMap { $0 }
  }

  /// The files that are read besides the logs.
  var otherInputs: [String] {
    feeds + ruleFiles + [(profile as? TableFile)?.path].compactMap { $0 }
  }

  /// Whether the output is for `_bulk`.
  var isBulk: Bool { format == .bulk || alertFormat == .bulk }

  /// Applies the options that change the profile's table, and compiles the conditions for the whole of it.
  mutating func prepareTable() throws(UsageError) {
    var (table, refused) = (profile.table, "--user-agent:")
    do {
      if parsesUserAgents { table = try profile.tableParsingUserAgents() }
      if let namespace { table = table.named(namespace: namespace) }
      refused = "--select:"
      if !selected.isEmpty { table = try table.selecting(selected) }
      refused = "--drop:"
      if !dropped.isEmpty { table = try table.dropping(dropped) }
      refused = "--where"
      if !conditions.isEmpty { conversion.filter = try EventFilter(conditions, for: table.whole) }
    } catch {
      let isKnown = (error as? EventFilterError)?.isUnknownTarget == false
      throw UsageError(
        what: "\(refused) \(error)",
        how: isKnown
          ? "A condition is TARGET=VALUE, with != ^= $= *= < <= > >= in place of = as well"
          : "List the targets: cf-ecs mapping")
    }
    profile = TableFile(name: profile.name, path: (profile as? TableFile)?.path, table: table)
  }

  /// A converter that writes documents, alerts or the rows of a report or summary.
  func makeConverter() -> NDJSONConverter {
    if alerts != nil, let detector {
      return NDJSONConverter(rowsFor: detector, of: profile, options: libraryOptions)
    }
    if let report { return NDJSONConverter(rowsFor: report, options: libraryOptions) }
    return NDJSONConverter(profile, detector: detector, options: libraryOptions)
  }

  /// All options of the converter.
  var libraryOptions: NDJSONConverter.Options {
    var conversion = conversion
    if isBulk {
      conversion.format = .bulk(index: index, identifiers: hasIdentifiers, undated: runTime)
    }
    conversion.input =
      switch inputFormat {
      case .auto: .detected(columns: columns, delimiter: delimiter)
      case .ndjson: .ndjson
      case .json: .json
      case .csv: .csv(columns: columns, delimiter: delimiter ?? .init(ascii: ","))
      case .tsv: .csv(columns: columns, delimiter: delimiter ?? .init(ascii: "\t"))
      }
    return conversion
  }
}
