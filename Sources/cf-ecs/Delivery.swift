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
  /// Converts what depends on what came before it in its file.
  private var stream: NDJSONConverter
  /// Lines of the file at hand that are done with.
  private(set) var linesBefore = 0
  private var rejectedInFile = 0
  private var megabytes = 0.0
  /// Lines and bytes of the files that are done with.
  private(set) var size = (lines: 0, bytes: 0)
  private(set) var rejected = 0
  /// What fired, added by whoever has the turn, so in the order of the input.
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

  /// Whether the lines of the block at hand stand for themselves.
  var isIdle: Bool { stream.isIdle }

  /// Counts of what was converted here.
  var counts: ConversionCounts { stream.counts }

  /// Takes note of lines that a worker has converted alone.
  func advance(lines: Int, bytes: Int) {
    linesBefore += lines
    stream.resume(afterLines: linesBefore, bytes: bytes)
  }

  /// Whether more could be made of what was given: then convert nothing, or finish the file again.
  var hasBacklog: Bool { stream.hasBacklog }

  /// Converts bytes that depend on what came before them.
  func convert(
    _ bytes: Span<UInt8>, into documents: inout OutputBuffer, of block: borrowing InputBlock
  ) -> [Rejection] {
    stream.convert(bytes, into: &documents)
    tally.add(stream.takeHits())
    linesBefore = stream.position.lines
    return stream.takeRejections()
  }

  /// Converts what is left at the end of a file.
  func finishFile(into documents: inout OutputBuffer, of block: borrowing InputBlock)
    -> [Rejection]
  {
    stream.finish(into: &documents)
    tally.add(stream.takeHits())
    linesBefore = stream.position.lines
    return stream.takeRejections()
  }

  /// Ends the turn, and a file if it ends here.
  func endTurn(of block: borrowing InputBlock) {
    let name = Self.displayName(files[block.file])
    megabytes += Double(block.bytes.count) / 1e6
    console.progress {
      "\(Int(megabytes)) MB, \(size.lines + linesBefore) lines, \(rejected) rejected, \(name)"
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
    let place = "\(Self.displayName(file)):\(rejection.line)"
    console.error("\(place): \(rejection.error.description) (byte \(offset))")
  }
}
