import CloudflareECS

extension RuleCollection {
  /// The rules of files, and of all rule files in directories.
  init(_ names: [String], _ options: Options, beside: [DetectionRule] = []) throws(UsageError) {
    self.init(for: options.profile.table.whole, beside: beside)
    let files = InputFiles(names, outputs: [])
    var faults = files.faults
    for path in files.paths where names.contains(path) || Self.isRuleFile(path) {
      do throws(ByteSource.Fault) {
        add(try ByteSource.bytes(of: path, limit: Self.sizeLimit) ?? [], file: path)
      } catch { faults.append("\(path): \(error.message)") }
    }
    check(names, have: files.paths)
    if let fault = faults.first {
      throw UsageError(what: fault, how: "Name a rule file or a directory")
    }
  }
}
