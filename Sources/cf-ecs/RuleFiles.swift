import CloudflareECS

/// The files of `--rules` and `rules --check`.
enum RuleFiles {
  /// Reads the rules of files, and of all rule files in directories.
  static func load(
    _ names: [String], _ options: Options, beside others: [DetectionRule] = []
  ) throws(UsageError) -> RuleCollection {
    let files = InputFiles(names, outputs: [])
    let console = Console(isQuiet: options.isQuiet)
    for fault in files.faults { console.error(fault) }
    var rules = RuleCollection(for: options.normalizer.table, beside: others)
    for path in files.paths
    where names.contains(path) || [".yml", ".yaml", ".json"].contains(where: path.hasSuffix) {
      do throws(ByteSource.Fault) {
        let text = try ByteSource.bytes(of: path, limit: RuleCollection.sizeLimit) ?? []
        rules.add(text, file: path)
      } catch {
        throw UsageError(what: "\(path): \(error.message)", how: "Name a rule file or a directory")
      }
    }
    return rules
  }
}
