import CloudflareECS
import Synchronization

/// Writes the documents of the workers in the order of the blocks. Only the worker that has the turn
/// writes.
///
/// Safe to share: everything except the turn itself belongs to the thread that has the turn (and to the
/// main thread when no worker runs). Passing the turn on is a release, receiving it an acquire.
final class Delivery: @unchecked Sendable {
  /// The number of rejections of a file that are reported individually.
  private static let reportLimit = 10

  private let turn = Atomic<Int>(0)
  private let lock = ThreadLock()
  private let files: [String]
  private let documents: OutputFile
  private let rejects: OutputFile?
  private let console: Console
  /// Converts bytes that depend on earlier bytes of the same file.
  private var stream: NDJSONConverter
  /// Lines of the current file that are done.
  private(set) var linesBefore = 0
  private var rejectedInFile = 0
  private var bytesDone = 0
  /// The size of all files; nil if one of them has none. Looked up when progress is first shown.
  private lazy var totalSize: Int? = Progress.size(of: files)
  /// Lines and bytes of the files that are done.
  private(set) var size = (lines: 0, bytes: 0)
  private(set) var rejected = 0
  /// Counts of the alerts. The worker that has the turn adds to them, so in the order of the input.
  var tally = AlertTally()
  private(set) var filesRead = 0
  private(set) var hasFaults = false
  private(set) var failure: OutputFile.Failure?

  init(
    _ options: Options, files: [String], documents: OutputFile, rejects: OutputFile?,
    console: Console
  ) {
    self.files = files
    stream = options.makeConverter()
    self.documents = documents
    self.rejects = rejects
    self.console = console
    documents.isColored = options.format == .pretty && TerminalColor.isWanted
  }

  func hasTurn(_ number: Int) -> Bool { turn.load(ordering: .acquiring) == number }

  /// Waits until all earlier blocks are written. Returns false if a stop was requested.
  func awaitTurn(_ number: Int) -> Bool {
    lock.withLock {
      while !hasTurn(number), !StopRequest.isPending { lock.wait() }
    }
    return !StopRequest.isPending
  }

  /// Wakes all waiting workers. A worker calls it when it ends, because others may wait for a block
  /// that it did not deliver.
  func wakeAll() { lock.withLock { lock.wakeAll() } }

  /// Writes documents and rejections of the block that has the turn.
  func write(
    _ text: borrowing OutputBuffer, _ rejections: [Rejection], of block: borrowing InputBlock
  ) {
    do throws(OutputFile.Failure) {
      try documents.write(text)
      var lines = OutputBuffer()
      for rejection in rejections {
        report(rejection, in: files[block.file])
        if rejects != nil { rejection.appendLine(file: files[block.file], to: &lines) }
      }
      try rejects?.write(lines)
    } catch {
      failure = error
      StopRequest.raise()
    }
  }

  /// Whether the current block's lines can be converted without those before them.
  var isIdle: Bool { stream.isIdle }

  /// Counts of the records that were converted here, not by a worker.
  var counts: ConversionCounts { stream.counts }

  /// Advances past lines that a worker has converted.
  func advance(lines: Int, bytes: Int) {
    linesBefore += lines
    stream.resume(afterLines: linesBefore, bytes: bytes)
  }

  /// Whether bytes already passed in are still to be converted. If so, call `convert` with no bytes, or
  /// `finishFile` again.
  var hasBacklog: Bool { stream.hasBacklog }

  /// Converts bytes that depend on earlier ones.
  func convert(
    _ bytes: Span<UInt8>, into documents: inout OutputBuffer, of block: borrowing InputBlock
  ) -> [Rejection] {
    stream.convert(bytes, into: &documents)
    tally.add(stream.takeHits())
    linesBefore = stream.position.lines
    return stream.takeRejections()
  }

  /// Converts the rest at the end of a file.
  func finishFile(into documents: inout OutputBuffer, of block: borrowing InputBlock)
    -> [Rejection]
  {
    stream.isCut = block.fault != nil
    stream.finish(into: &documents)
    tally.add(stream.takeHits())
    linesBefore = stream.position.lines
    return stream.takeRejections()
  }

  /// Ends the turn, and the file if the block is its last.
  func endTurn(of block: borrowing InputBlock) {
    let name = Self.displayName(files[block.file])
    bytesDone += block.bytes.count
    let taken = block.taken
    console.progress {
      Progress(
        bytes: bytesDone, taken: taken, total: totalSize, milliseconds: console.milliseconds,
        lines: size.lines + linesBefore, rejected: rejected, file: name
      ).text
    }
    if block.endsFile {
      if rejectedInFile > Self.reportLimit {
        console.error("\(name): more records rejected: \(rejectedInFile - Self.reportLimit)")
      }
      if let fault = block.fault {
        console.error("\(name): \(fault.message)")
        hasFaults = true
      }
      filesRead += 1
      size.lines += linesBefore
      size.bytes += stream.position.bytes
      linesBefore = 0
      rejectedInFile = 0
      stream.beginStream()
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
    let location = "\(Self.displayName(file)):\(rejection.line)"
    console.error("\(location): \(rejection.error.description) (byte \(offset))")
  }
}
