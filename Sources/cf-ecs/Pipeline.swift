import CloudflareECS

/// Converts files to documents on several threads, in the order of the input.
///
/// Every worker does all the work on what it takes. Of a large file it takes a block: it reads and
/// decompresses the block (one worker at a time), converts it (in parallel), and writes it when its turn
/// comes. A small file it takes as a whole, and reads it ahead of its turn, too. So there are no queues,
/// and a block stays in one core's cache. The main thread is the first worker; the others start when the
/// input turns out to be large.
///
/// Safe to share: each variable is used under the lock that is named after it.
final class Pipeline: @unchecked Sendable {
  /// The size of the files that are read as a whole and ahead of their turn. Of most such files, the
  /// documents fit into what a worker may hold.
  private static let smallFile = 1 << 19

  private let options: Options
  private let delivery: Delivery
  private let outputs: OutputDirectory?
  private let intakeLock = ThreadLock()
  private let intake: Intake
  private let countsLock = ThreadLock()
  private var counts = ConversionCounts()

  /// - Parameter documents: the output of all documents; nil if `outputs` has one for each file.
  init(
    _ options: Options, files: [String], to delivery: Delivery, documents: OutputFile?,
    outputs: OutputDirectory?
  ) {
    self.options = options
    self.delivery = delivery
    self.outputs = outputs
    // Blocks are better shares of the work where the documents are compressed: it is most of the work,
    // and has to wait until the turn. Correlations count the events of all files in their order.
    let needsBlocks = documents?.compresses ?? false || options.detector?.correlations != nil
    let wholeFileLimit = documents == nil ? .max : needsBlocks ? 0 : Self.smallFile
    intake = Intake(
      files: files, wholeFileLimit: wholeFileLimit, watching: documents?.watched)
  }

  /// Converts all files, unless a stop is requested.
  func run() -> ConversionCounts {
    var helpers: [() -> Void] = []
    let helperCount = options.workerCount - 1
    work { [self] bytesRead in
      if helpers.isEmpty, helperCount > 0, bytesRead >= 1 << 20 {
        helpers = (0..<helperCount).map { _ in ThreadLock.start { self.work { _ in } } }
      }
    }
    for join in helpers { join() }
    counts.add(delivery.counts)
    (counts.lines, counts.bytes) = delivery.results.size
    return counts
  }

  /// - Parameter afterBlock: called with the number of bytes that all workers have read.
  private func work(afterBlock: (Int) -> Void) {
    var worker = Worker(options, delivery, outputs)
    while worker.takeWork(from: intake, under: intakeLock), worker.finishWork(afterBlock) {}
    delivery.wakeAll()
    countsLock.withLock { counts.add(worker.counts) }
  }
}
