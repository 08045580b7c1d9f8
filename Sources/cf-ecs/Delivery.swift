import CloudflareECS
import CloudflareECSGzip

/// Writes what the workers make, in the order of the input. Only the worker that has the turn writes.
///
/// Safe to share: everything belongs to the thread that has the turn (and to the main thread when no
/// worker runs), except what is used under the lock.
final class Delivery: @unchecked Sendable {
  /// The number of rejections of a file that are reported individually.
  private static let reportLimit = 10

  /// The results of the run.
  struct Results {
    /// What is written in place of documents. The worker that has the turn adds to it, so in the order of the input.
    var report: EventReport?
    var alerts: AlertSummary?
    /// Lines and bytes of the files that are done.
    var size = (lines: 0, bytes: 0)
    var rejected = 0
    var filesRead = 0
    var hasFaults = false
  }

  /// The turns of blocks, and of files that are read as a whole.
  private let turns: Turn<FileReport>
  /// The turns of compressed members.
  private let memberTurns: Turn<Never>
  private let files: [String]
  /// The output of all documents, nil if each file has its own, and that of rejections.
  private let outputs: (documents: OutputFile?, rejects: OutputFile?)
  private let console: Console
  /// Converts bytes that depend on earlier bytes of the same file.
  private var stream: NDJSONConverter
  /// The lines of the current file that are done, its rejections, and how many batches of members were taken.
  private var done = (lines: 0, rejected: 0, batches: 0)
  /// The size of all files; nil if one of them has none. Looked up when progress is first shown.
  private lazy var totalSize: Int? = Progress.size(of: files)
  private(set) var results: Results

  private let lock = ThreadLock()
  private var shared: (bytes: Int, taken: Int, failure: OutputFile.Failure?) = (0, 0, nil)

  init(
    _ options: Options, files: [String], documents: OutputFile?, rejects: OutputFile?,
    console: Console
  ) {
    turns = Turn(workers: options.workerCount, room: 4 << 20)
    memberTurns = Turn(workers: options.workerCount)
    self.files = files
    stream = options.makeConverter()
    results = Results(report: options.report, alerts: options.alerts)
    outputs = (documents, rejects)
    self.console = console
    documents?.isColored = options.format == .pretty && TerminalColor.isWanted
  }

  /// Waits until everything before is written. Returns false if a stop was requested.
  func awaitTurn(_ number: Int) -> Bool { turns.wait(for: number) }

  func hasTurn(_ number: Int) -> Bool { turns.has(number) }

  /// Wakes all waiting workers. A worker calls it when it ends, because others may wait for a block
  /// that it did not deliver.
  func wakeAll() { turns.wakeAll() }

  /// Counts a block that was read. Any worker may call it. Returns the bytes of all blocks so far.
  @discardableResult
  func count(_ block: borrowing InputBlock) -> Int {
    lock.withLock {
      shared.bytes += block.bytes.count
      shared.taken += block.taken
      return shared.bytes
    }
  }

  /// The number of bytes read from all files, decompressed.
  var bytesRead: Int { lock.withLock { shared.bytes } }

  /// Stops the run because an output could not be written. Any worker may call it.
  func fail(_ failure: OutputFile.Failure) {
    lock.withLock { shared.failure = shared.failure ?? failure }
    StopRequest.raise()
  }

  var failure: OutputFile.Failure? { lock.withLock { shared.failure } }

  // The rest is for the worker that has the turn.

  /// Writes documents and rejections of a file.
  func write(_ text: Span<UInt8>, _ rejections: [Rejection], of file: Int) {
    do throws(OutputFile.Failure) {
      results.report?.add(rows: text)
      results.alerts?.add(rows: text)
      if results.report == nil, results.alerts == nil { try outputs.documents?.append(text) }
      guard !rejections.isEmpty else { return }
      var lines = OutputBuffer()
      for rejection in rejections {
        report(rejection, in: files[file])
        if outputs.rejects != nil { rejection.appendLine(file: files[file], to: &lines) }
      }
      try outputs.rejects?.write(lines)
    } catch {
      fail(error)
    }
  }

  /// Whether the current block's lines can be converted without those before them.
  var isIdle: Bool { stream.isIdle }

  /// Counts of the records that were converted here, not by a worker.
  var counts: ConversionCounts { stream.counts }

  /// The lines of the current file that are done.
  var linesBefore: Int { done.lines }

  /// Advances past lines that a worker has converted.
  func advance(lines: Int, bytes: Int) {
    done.lines += lines
    stream.resume(afterLines: done.lines, bytes: bytes)
  }

  /// Has correlation rules count the events of a worker.
  func settle(_ candidates: CorrelationCandidates, into documents: inout OutputBuffer) {
    stream.settle(candidates, into: &documents)
  }

  /// Whether bytes already passed in are still to be converted. If so, call `convert` with no bytes, or
  /// `finishFile` again.
  var hasBacklog: Bool { stream.hasBacklog }

  /// Converts bytes that depend on earlier ones.
  func convert(_ bytes: Span<UInt8>, into documents: inout OutputBuffer) -> [Rejection] {
    stream.convert(bytes, into: &documents)
    done.lines = stream.position.lines
    return stream.takeRejections()
  }

  /// Converts the rest at the end of a file.
  func finishFile(into documents: inout OutputBuffer, of block: borrowing InputBlock)
    -> [Rejection]
  {
    stream.isCut = block.fault != nil
    stream.finish(into: &documents)
    done.lines = stream.position.lines
    return stream.takeRejections()
  }

  /// Ends the turn of a block, and the file if the block is its last. Returns the members that are to be
  /// compressed and written.
  func endTurn(of block: borrowing InputBlock) -> MemberBatch? {
    if block.endsFile {
      var report = FileReport(file: block.file)
      report.lines = done.lines
      report.bytes = stream.position.bytes
      report.fault = block.fault
      finish(report)
      done.lines = 0
      stream.beginStream()
    }
    let batch = takeMembers()
    endTurn(file: block.file)
    return batch
  }

  /// Writes the documents and rejections of a file that one worker reads as a whole.
  func deliver(_ text: Span<UInt8>, _ report: inout FileReport) {
    write(text, report.rejections, of: report.file)
    report.clear()
    showProgress(of: report.file)
  }

  /// Ends the turn of a file that was read as a whole.
  func endTurn(of report: consuming FileReport) {
    finish(report)
    endTurn(file: report.file)
  }

  /// Hands the report of a file to the worker that has an earlier turn, which delivers it afterwards. Returns
  /// false if the report is too large or the file's turn has come: the caller then waits for the turn and
  /// delivers the report itself. Any worker may call this.
  func leave(_ report: FileReport, for number: Int) -> Bool {
    turns.leave(report, size: report.size, for: number)
  }

  private func endTurn(file: Int) {
    showProgress(of: file)
    while var report = turns.end() {
      let documents = report.documents
      deliver(documents.span, &report)
      finish(report)
    }
  }

  private func finish(_ report: FileReport) {
    let name = Self.displayName(files[report.file])
    if done.rejected > Self.reportLimit {
      console.error("\(name): more records rejected: \(done.rejected - Self.reportLimit)")
    }
    if let fault = report.fault {
      console.error("\(name): \(fault.message)")
      results.hasFaults = true
    }
    results.filesRead += 1
    results.size.lines += report.lines
    results.size.bytes += report.bytes
    done.rejected = 0
  }

  private func showProgress(of file: Int) {
    console.progress {
      let read = lock.withLock { shared }
      return Progress(
        bytes: read.bytes, taken: read.taken, total: totalSize,
        milliseconds: console.milliseconds, lines: results.size.lines + done.lines,
        rejected: results.rejected,
        file: Self.displayName(files[file])
      ).text
    }
  }

  private static func displayName(_ file: String) -> String {
    file == "-" ? "standard input" : file
  }

  private func report(_ rejection: Rejection, in file: String) {
    results.rejected += 1
    done.rejected += 1
    guard done.rejected <= Self.reportLimit else { return }
    let offset = rejection.offset + rejection.error.offset
    let location = "\(Self.displayName(file)):\(rejection.line)"
    console.error("\(location): \(rejection.error.description) (byte \(offset))")
  }
}

/// Gzip members of the output. A worker takes full members during its turn, compresses them after the turn,
/// and writes them in the order in which they were taken.
extension Delivery {
  struct MemberBatch {
    fileprivate let number: Int
    fileprivate let pieces: [[UInt8]]
  }

  private func takeMembers() -> MemberBatch? {
    guard let pieces = outputs.documents?.takeFullMembers(), !pieces.isEmpty else { return nil }
    defer { done.batches += 1 }
    return MemberBatch(number: done.batches, pieces: pieces)
  }

  /// Compresses the members, and writes them after all that were taken before.
  ///
  /// - Parameter encoder: nil if there is no memory for one.
  func write(_ batch: MemberBatch, with encoder: GzipEncoder?) {
    let bytes = encoder?.encode(batch.pieces)
    // A batch always ends its turn, because other workers wait for it. After a failure nothing more is
    // written, so that no member is missing between two others.
    memberTurns.waitToEnd(for: batch.number)
    do throws(OutputFile.Failure) {
      guard let bytes else {
        throw OutputFile.Failure(message: "cannot compress: \(SystemError.noMemory)")
      }
      if failure == nil { try outputs.documents?.writeMembers(bytes.span) }
    } catch {
      fail(error)
    }
    _ = memberTurns.end()
  }
}
