import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A request to stop before the end of the input: from a signal, or because the output cannot be
/// written.
///
/// Every system call that may wait is made in `waiting` or `whileInterruptible`, which register the thread.
/// The handler of a stop signal sends each registered thread a signal that ends its call, again every
/// 50 ms, because the first may arrive just before the call. A thread that waits for a pipe or a terminal
/// also waits for the wake pipe. A second signal of the same kind kills the process as usual
/// (`SA_RESETHAND`). A crash (out of memory) waits at most a second for the line that another thread is
/// writing.
///
/// Unsafe code: a signal handler must not allocate. It may store numbers and call write(2), ualarm(3) and
/// pthread_kill(3), so all state is numbers. Only the main thread runs the handlers of stop signals, and
/// it is the one that joins the others: a registered thread exists while its handler runs.
enum StopRequest {
  /// 0: no request; above 0: the number of the signal; -1: another reason.
  private static let reason = Atomic<CInt>(0)
  /// The threads in a call that may wait; 0 where a place is free. `--threads` allows 256, and the main
  /// thread is one of them.
  private static let waitingThreads = InlineArray<256, Atomic<UInt>> { _ in Atomic(0) }
  private static let isInLines = Atomic<Bool>(false)
  private static let wakePipe: (read: CInt, write: CInt) = {
    var ends: [CInt] = [-1, -1]
    _ = unsafe pipe(&ends)
    return (ends[0], ends[1])
  }()

  static var isPending: Bool { reason.load(ordering: .acquiring) != 0 }

  /// The number of the signal that requested the stop, if it was a signal.
  static var signalNumber: CInt? {
    let number = reason.load(ordering: .acquiring)
    return number > 0 ? number : nil
  }

  /// Requests a stop. The first reason is kept.
  static func raise(_ newReason: CInt = -1) {
    _ = reason.compareExchange(expected: 0, desired: newReason, ordering: .acquiringAndReleasing)
    var byte: UInt8 = 0
    _ = unsafe write(wakePipe.write, &byte, 1)
  }

  /// Makes SIGINT, SIGTERM and SIGHUP stop requests, and turns SIGPIPE and SIGXFSZ (the file size limit)
  /// into errors of write(2).
  static func installHandlers() {
    // Initialized here, not in a handler.
    _ = wakePipe
    _ = waitingThreads[0].load(ordering: .relaxed)
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
    handle(SIGURG) { _ in }
    handle(SIGALRM) { number in
      // If no stop is pending, the alarm is not ours: the parent process set it.
      if !StopRequest.isPending { StopRequest.raise(number) }
      StopRequest.endWaiting()
    }
    for number in stopSignals {
      handle(number, flags: CInt(truncatingIfNeeded: SA_RESETHAND)) { number in
        let saved = errno
        StopRequest.raise(number)
        errno = saved
        StopRequest.endWaiting()
      }
    }
    for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      // On return the faulting instruction runs again and crashes the process.
      handle(number, flags: CInt(truncatingIfNeeded: SA_RESETHAND)) { number in
        StopRequest.raise(number)
        for _ in 0..<100 where StopRequest.isInLines.load(ordering: .sequentiallyConsistent) {
          usleep(10_000)
        }
      }
    }
  }

  /// A crash of another thread waits from `beginLines` to `endLines`.
  static func beginLines() { isInLines.store(true, ordering: .sequentiallyConsistent) }
  static func endLines() { isInLines.store(false, ordering: .sequentiallyConsistent) }

  /// Called in a handler: interrupts the calls that may wait, now and again every 50 ms.
  private static func endWaiting() {
    let saved = errno
    for index in waitingThreads.indices {
      let thread = waitingThreads[index].load(ordering: .acquiring)
      if thread != 0 { pthread_kill(word(thread), SIGURG) }
    }
    _ = ualarm(50_000, 0)
    errno = saved
  }

  private static let stopSignals = [SIGINT, SIGTERM, SIGHUP]

  /// Leaves stop signals to the main thread. Each other thread calls it when it begins.
  static func leaveToMainThread() {
    var signals = sigset_t()
    for number in stopSignals + [SIGALRM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Runs `body`. A signal that requests a stop interrupts a call that waits in it.
  static func whileInterruptible<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    let thread: UInt = word(pthread_self())
    let place = waitingThreads.indices.first { index in
      waitingThreads[index].compareExchange(
        expected: 0, desired: thread, ordering: .acquiringAndReleasing
      ).exchanged
    }
    defer { if let place { waitingThreads[place].store(0, ordering: .releasing) } }
    return try body()
  }

  /// Makes a system call that may wait, and fails with a number below 0.
  @discardableResult
  static func waiting(_ call: () -> CInt) throws(SystemError) -> CInt {
    try waiting(call) { $0 < 0 }
  }

  /// Makes a system call that may wait. Repeats it if a signal interrupts it that requests no stop.
  static func waiting<Result>(
    _ call: () -> Result, fails: (Result) -> Bool
  ) throws(SystemError) -> Result {
    while true {
      let result = whileInterruptible(call)
      if !fails(result) { return result }
      let error = SystemError()
      guard error.isInterruption, signalNumber == nil else { throw error }
    }
  }

  /// Whether read(2) would return at once, with data, the end or an error. A call that may wait returns
  /// when it would, or after a stop request. It requests a stop when the reader of `output` closes it.
  static func awaitInput(_ input: Descriptor, watching output: Descriptor?, mayWait: Bool) -> Bool {
    var entries = [
      pollfd(fd: input.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakePipe.read, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output?.number ?? -1, events: 0, revents: 0),
    ]
    while !isPending {
      let count = unsafe poll(&entries, 3, mayWait ? -1 : 0)
      if count < 0, errno == EINTR { continue }
      if count > 0, entries[2].revents != 0 { raise() }
      if count <= 0 || entries[0].revents != 0 { return count != 0 }
    }
    return false
  }

  /// Installs a handler without `SA_RESTART`, so that calls end with `EINTR`. A signal that is ignored
  /// (nohup, a background job of a script) stays ignored.
  private static func handle(
    _ number: CInt, flags: CInt = 0, _ action: @escaping @convention(c) (CInt) -> Void
  ) {
    var old = sigaction()
    var new = sigaction()
    unsafe sigaction(number, nil, &old)
    // The handler is the first word of the structure in glibc, musl and Darwin alike.
    let before = unsafe withUnsafeBytes(of: &old) { unsafe $0.load(as: Int.self) }
    if before == word(SIG_IGN) { return }
    new.sa_flags = flags
    unsafe withUnsafeMutableBytes(of: &new) { record in
      unsafe record.storeBytes(of: word(action), as: Int.self)
    }
    unsafe sigaction(number, &new, nil)
    // Some programs start others with signals blocked.
    var signals = sigset_t()
    unsafe sigaddset(&signals, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Reinterprets a word: a thread is a number on Linux and a pointer on Apple platforms, a handler is a
  /// pointer.
  private static func word<Value, Word>(_ value: Value) -> Word {
    unsafe unsafeBitCast(value, to: Word.self)
  }
}
