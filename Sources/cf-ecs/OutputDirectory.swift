/// The outputs of `--output-dir`: one for each input.
struct OutputDirectory {
  /// Added to the name of an output if its input could not be read to its end.
  static let partial = ".partial"
  private static let logSuffixes = [".log", ".ndjson", ".json", ".csv", ".tsv", ".txt"]

  /// The output of each input.
  private(set) var paths: [String]
  private let directory: String
  private let level: Int

  /// - Parameter input: loses the files whose output is there, if the options say so.
  init(_ directory: String, _ options: Options, _ input: inout InputFiles) throws(UsageError) {
    self.directory = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    level = options.zlibLevel
    paths = []
    for name in input.names {
      paths.append("\(self.directory)/\(Self.name(for: name, compresses: options.compresses))")
    }
    try checkNames(of: input)
    if options.skipsExisting {
      let isThere = paths.map { (try? FilePath(text: $0).status()) != nil }
      input.passOver(isThere)
      paths = zip(paths, isThere).filter { !$0.1 }.map(\.0)
    }
  }

  /// The name of an output: `a/b.log.gz` becomes `a/b.ecs.ndjson.gz`.
  ///
  /// - Parameter compresses: whether it ends in `.gz`. If nil, it does if the input's name does.
  static func name(for input: String, compresses: Bool?) -> String {
    let directory = FilePath(text: input).directory
    var name = input.dropFirst(directory.count)
    let isZipped = name.hasSuffix(".gz") && name.count > 3
    if isZipped { name = name.dropLast(3) }
    if let suffix = logSuffixes.first(where: { name.hasSuffix($0) && name.count > $0.count }) {
      name = name.dropLast(suffix.count)
    }
    return "\(directory)\(name).ecs.ndjson\(compresses ?? isZipped ? ".gz" : "")"
  }

  /// Makes the directory.
  func make() throws(OutputFile.Failure) { try make(directory) }

  /// Opens the output of an input.
  func open(_ file: Int) throws(OutputFile.Failure) -> OutputFile {
    try make(String(FilePath(text: paths[file]).directory.dropLast()))
    return try OutputFile(path: paths[file], level: level)
  }

  private func make(_ path: String) throws(OutputFile.Failure) {
    do throws(SystemError) {
      try FilePath(text: path.isEmpty ? "/" : path).makeDirectory()
    } catch {
      throw OutputFile.Failure(message: "\(path): \(error)")
    }
  }

  /// Refuses two inputs with the same output.
  private func checkNames(of input: InputFiles) throws(UsageError) {
    var owners: [String: Int] = [:]
    for (file, path) in paths.enumerated() {
      if let other = owners.updateValue(file, forKey: path) {
        throw UsageError(
          what:
            "'\(input.paths[other])' and '\(input.paths[file])' have the same output, '\(path)'",
          how: "Convert them in two runs, each with an --output-dir of its own")
      }
    }
  }
}
