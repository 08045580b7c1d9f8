/// Hands out the work, in the order of the files: blocks of large files, and small files as a whole.
/// One thread at a time may use it.
final class Intake {
  enum Work {
    /// The block was filled.
    case block
    /// A file that the worker is to read alone.
    case file(FileReader)
    /// There is none, or a stop was requested.
    case nothing
  }

  private let files: [String]
  private let wholeFileLimit: Int
  private let output: Descriptor?
  private var nextFile = 0
  private var nextNumber = 0
  private var reader: FileReader?

  /// - Parameter wholeFileLimit: the size up to which a file is given to one worker as a whole.
  /// - Parameter output: watched while waiting for input.
  init(files: [String], wholeFileLimit: Int, watching output: Descriptor?) {
    self.files = files
    self.wholeFileLimit = wholeFileLimit
    self.output = output
  }

  /// Takes the next work. Sets number and file of the block in any case.
  func take(_ block: inout InputBlock) -> Work {
    if StopRequest.isPending || (reader == nil && nextFile == files.count) { return .nothing }
    block.number = nextNumber
    nextNumber += 1
    guard let reader else {
      let path = files[nextFile]
      block.file = nextFile
      nextFile += 1
      let reader = FileReader(path: path, watching: output)
      if isWhole(path) { return .file(reader) }
      self.reader = reader
      return fill(&block, from: reader)
    }
    block.file = nextFile - 1
    return fill(&block, from: reader)
  }

  private func fill(_ block: inout InputBlock, from reader: FileReader) -> Work {
    guard reader.fill(&block) else { return .nothing }
    if block.endsFile { self.reader = nil }
    return .block
  }

  private func isWhole(_ path: String) -> Bool {
    if wholeFileLimit == .max { return true }
    guard path != "-", let status = try? FilePath(text: path).status() else { return false }
    return status.kind == .regular && status.size <= wholeFileLimit
  }
}
