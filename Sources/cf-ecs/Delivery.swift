import CloudflareECS
import Synchronization

/// Writes what the workers converted, in the order of the blocks: whoever has the turn writes.
///
/// Safe to share: all but the turn itself belongs to the thread that has the turn (and, when no
/// worker runs, to the main thread); passing the turn on is a release, seeing it an acquire.
final class Delivery: @unchecked Sendable {
  /// So many rejected records of a file are named one by one.
  private static let reportLimit = 10

  private let turn = Atomic<Int>(0)
  private let lock = ThreadLock()
  private let files: [String]
  private let documents: OutputFile
  private let rejects: OutputFile?
  private let console: Console
  private var linesBefore = 0
  private var rejectedInFile = 0
  private var megabytes = 0.0
  private var lines = 0
  private(set) var rejected = 0
  private(set) var filesRead = 0
  private(set) var hasFaults = false
  private(set) var failure: OutputFile.Failure?

  init(files: [String], documents: OutputFile, rejects: OutputFile?, console: Console) {
    self.files = files
    self.documents = documents
    self.rejects = rejects
    self.console = console
  }

  func hasTurn(_ number: Int) -> Bool { turn.load(ordering: .acquiring) == number }

  /// Waits until all blocks before this one are written; false if the work is to stop.
  func awaitTurn(_ number: Int) -> Bool {
    lock.withLock {
      while !hasTurn(number), !StopRequest.isPending { lock.wait() }
    }
    return !StopRequest.isPending
  }

  /// To be called by a worker that ends: it may leave a block undelivered for which others wait.
  func wakeAll() { lock.withLock { lock.wakeAll() } }

  /// Writes what is ready of the block whose turn it is.
  func write(
    _ text: borrowing OutputBuffer, _ rejections: [Rejection], of block: borrowing InputBlock
  ) {
    do throws(OutputFile.Failure) {
      if documents.descriptor.isTerminal {
        let shown = TerminalText.escaped(String(decoding: text.array, as: UTF8.self), isJSON: true)
        try documents.write(shown.utf8.span)
      } else {
        try documents.write(text)
      }
      var lines = OutputBuffer()
      for var rejection in rejections {
        rejection.line += linesBefore
        report(rejection, in: files[block.file])
        if rejects != nil { rejection.appendLine(file: files[block.file], to: &lines) }
      }
      try rejects?.write(lines)
    } catch {
      failure = error
      StopRequest.raise()
    }
  }

  /// Ends the turn, and a file if it ends here.
  func finish(_ block: borrowing InputBlock, lines: Int) {
    let name = Self.displayName(files[block.file])
    linesBefore += lines
    self.lines += lines
    megabytes += Double(block.bytes.count) / 1e6
    console.progress { "\(Int(megabytes)) MB, \(self.lines) lines, \(rejected) rejected, \(name)" }
    if block.endsFile {
      if rejectedInFile > Self.reportLimit {
        console.error("\(name): more records rejected: \(rejectedInFile - Self.reportLimit)")
      }
      if let fault = block.fault {
        console.error("\(name): \(fault.message)")
        hasFaults = true
      }
      filesRead += 1
      linesBefore = 0
      rejectedInFile = 0
    }
    lock.withLock {
      turn.add(1, ordering: .acquiringAndReleasing)
      lock.wakeAll()
    }
  }

  private static func displayName(_ file: String) -> String {
    file == "-" ? "standard input" : file
  }

  private func report(_ rejection: Rejection, in file: String) {
    rejected += 1
    rejectedInFile += 1
    guard rejectedInFile <= Self.reportLimit else { return }
    let offset = rejection.offset + rejection.error.offset
    let place = "\(Self.displayName(file)):\(rejection.line)"
    console.error("\(place): \(rejection.error.description) (byte \(offset))")
  }
}
