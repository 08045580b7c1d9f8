/// Finds names of inputs and outputs that mean the same file. Terminals, `/dev/null` and other devices may be
/// used more than once. Directories are ignored, because they are not written.
struct FileUses {
  private struct Use {
    let path: String
    let isOutput: Bool
    let identity: FilePath.Identity
  }

  private var uses: [Use] = []
  /// Why an output could not be examined. For an input, opening it will say why.
  private(set) var failure: OutputFile.Failure?

  init(inputs: [String], outputs: [String]) {
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
        if isOutput, failure == nil { failure = OutputFile.Failure(message: "\(path): \(error)") }
      }
    }
  }

  /// The outputs.
  var outputs: Set<FilePath.Identity> { Set(uses.filter(\.isOutput).map(\.identity)) }

  /// Rejects an output that is also an input or another output, whatever its name.
  func check() throws(UsageError) {
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
