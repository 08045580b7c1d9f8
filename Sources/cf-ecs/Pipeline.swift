import CloudflareECS

/// Converts files to documents on several threads, in the order of the input.
///
/// Every worker does all the work on its block: it reads and decompresses the block (one worker at a
/// time), converts it (in parallel), and writes it when its turn comes. So there are no queues, each
/// worker needs memory for one block and its output, and a block stays in one core's cache. The main
/// thread is the first worker; the others start when the input turns out to be large.
///
/// Safe to share: each variable is used under the lock that is named after it.
final class Pipeline: @unchecked Sendable {
  private let options: Options
  private let delivery: Delivery
  private let intakeLock = ThreadLock()
  private let intake: Intake
  private let countsLock = ThreadLock()
  private var counts = ConversionCounts()

  /// The number of bytes read from all files.
  var bytesTaken: Int { intakeLock.withLock { intake.bytesTaken } }

  /// - Parameter output: watched while waiting for input, to notice at once that its reader has
  ///   closed it.
  init(_ options: Options, files: [String], to delivery: Delivery, watching output: Descriptor?) {
    self.options = options
    self.delivery = delivery
    intake = Intake(files: files, blockSize: 1 << 18, watching: output)
  }

  /// Converts all files, unless a stop is requested.
  func run() -> ConversionCounts {
    var helpers: [() -> Void] = []
    let helperCount = min(options.threads ?? min(ThreadLock.coreCount, 8), 256) - 1
    work { [self] in
      if helpers.isEmpty, helperCount > 0, intakeLock.withLock({ intake.isLarge }) {
        helpers = (0..<helperCount).map { _ in ThreadLock.start { self.work {} } }
      }
    }
    for join in helpers { join() }
    counts.add(delivery.counts)
    (counts.lines, counts.bytes) = delivery.size
    return counts
  }

  private func work(afterBlock: () -> Void) {
    var worker = Worker(options)
    while intakeLock.withLock({ worker.takeBlock(from: intake) }),
      worker.deliverBlock(to: delivery)
    {
      afterBlock()
    }
    delivery.wakeAll()
    countsLock.withLock { counts.add(worker.counts) }
  }
}
