import CloudflareECS

/// What the command line asked for, with what holds if it does not say.
struct Options {
  enum DocumentFormat: String, CaseIterable { case ndjson, pretty, bulk }
  enum InputChoice: String, CaseIterable { case auto, ndjson, json, csv, tsv }
  enum MappingFormat: String, CaseIterable { case markdown, json, tsv }
  enum AlertFormat: String, CaseIterable { case ndjson, summary, navigator }
  enum RulesFormat: String, CaseIterable { case table, json, sigma, navigator }
  enum Information { case help, version }

  var profile = BuiltInProfiles.all[0]
  var format = DocumentFormat.ndjson
  var mappingFormat = MappingFormat.markdown
  /// For which program the template is.
  var target = IndexTemplate.Target.elasticsearch
  /// The pattern of index names in the template; the profile's own if absent.
  var pattern: String?
  /// Whether only the fields of SEKOIA.IO's table are selected.
  var isMinimal = false
  /// The file with Cloudflare's list of fields; `-` is standard input.
  var answer: String?
  /// The job to create; its fields are `columns`, or follow from the profile.
  var job = LogpushJob(fields: [])
  var alertFormat = AlertFormat.ndjson
  var rulesFormat = RulesFormat.table
  /// Rules to run; all if none are named.
  var rules: [String] = []
  /// Files of indicators.
  var feeds: [String] = []
  /// An alert of this level or above is a failure.
  var failLevel: DetectionLevel?
  /// What `detect` runs instead of writing the events' documents.
  var detector: Detector?
  /// `-` is standard output.
  var output = "-"
  var rejects: String?
  var isLenient = false
  /// If absent, as many as the machine has cores, at most 8.
  var threads: Int?
  /// What the library is told, but for what depends on several options.
  var conversion = ConverterOptions()
  /// How the input is told, and its columns and delimiter if it is rows.
  var inputFormat = InputChoice.auto
  var columns: [String]?
  var delimiter: UInt8?
  /// The namespace of the data stream; the profile's own if absent.
  var namespace: String?
  /// The index that `bulk` names.
  var index: String?
  /// `-` is standard error.
  var stats: String?
  var isQuiet = false
  /// If absent, on a terminal.
  var showsProgress: Bool?
  var information: Information?
  /// `-`, or none at all, is standard input.
  var files: [String] = []

  /// Whether documents or alerts are written, and not a report on them.
  var writesDocuments: Bool { detector == nil || alertFormat == .ndjson }

  /// What reads the input and writes documents or alerts.
  func makeConverter() -> NDJSONConverter {
    NDJSONConverter(
      namespace.map { ElasticNormalizer(namespace: $0) } ?? profile, detector: detector,
      options: libraryOptions)
  }

  /// What the library is told.
  var libraryOptions: ConverterOptions {
    var conversion = conversion
    if format == .bulk { conversion.format = .bulk(index: index) }
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
