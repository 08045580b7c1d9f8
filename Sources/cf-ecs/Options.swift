import CloudflareECS

/// What the command line asked for, with what holds if it does not say.
struct Options {
  enum DocumentFormat: String, CaseIterable { case ndjson, pretty, bulk }
  enum MappingFormat: String, CaseIterable { case markdown, json, tsv }
  enum Information { case help, version }

  var profile = BuiltInProfiles.all[0]
  var format = DocumentFormat.ndjson
  var mappingFormat = MappingFormat.markdown
  /// For which program the template is.
  var target = IndexTemplate.Target.elasticsearch
  /// The pattern of index names in the template; the profile's own if absent.
  var pattern: String?
  /// `-` is standard output.
  var output = "-"
  var rejects: String?
  var isLenient = false
  /// If absent, as many as the machine has cores, at most 8.
  var threads: Int?
  /// What the library is told.
  var conversion = ConverterOptions()
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
}
