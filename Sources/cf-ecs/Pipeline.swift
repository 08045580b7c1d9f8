import CloudflareECS

/// Files to documents on several threads, in the order of the input.
///
/// Every worker goes the whole way of its block: it takes the next block (one worker at a time reads
/// and decompresses), converts it (all at once), and writes it when its turn comes. So there are no
/// queues, memory is one block and its output a worker, and a block stays in one core's cache. The
/// main thread is the first worker; the others start when the input turns out to be large.
///
/// Safe to share: what is not constant is used under the lock of its name.
final class Pipeline: @unchecked Sendable {
  private let options: Options
  private let delivery: Delivery
  private let intakeLock = ThreadLock()
  private let intake: Intake
  private let countsLock = ThreadLock()
  private var counts = ConversionCounts()

  /// Bytes read, of all files.
  var bytesTaken: Int { intakeLock.withLock { intake.bytesTaken } }

  /// - Parameter output: watched while waiting for input, so that its reader's end is seen at once.
  init(_ options: Options, files: [String], to delivery: Delivery, watching output: Descriptor?) {
    self.options = options
    self.delivery = delivery
    intake = Intake(files: files, blockSize: 1 << 18, watching: output)
  }

  /// Converts everything there is, or until the work is to stop.
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
