import NIOCore
import NIOPosix

/// Threads for converting and writing, which take long. Other tasks, such as answering `/health`, run on Swift's
/// threads and on the event loops, and do not wait for these.
final class WorkerPool: TaskExecutor {
  private let threads = NIOThreadPool(numberOfThreads: max(2, System.coreCount))

  init() { threads.start() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
