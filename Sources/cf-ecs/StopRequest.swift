import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why the work ends before the input does: a signal, or an output that takes no more.
///
/// Unsafe here: a signal handler may store numbers and call write(2), alarm(2) and pthread_kill(3),
/// nothing that allocates, so all state is numbers. Who waits for input also waits for the wake pipe;
/// a thread that may be stuck in write(2) registers, and gets a signal of its own that ends the call:
/// again each second, because the first may come just before the call. The second signal of a kind
/// kills as usual (`SA_RESETHAND`). A crash (too little memory) waits for the line that another thread
/// writes, at most a second.
enum StopRequest {
  /// Above zero: the signal's number.
  private static let reason = Atomic<CInt>(0)
  private static let writingThread = Atomic<UInt>(0)
  private static let isInLines = Atomic<Bool>(false)
  private static let wakePipe: (read: CInt, write: CInt) = {
    var ends: [CInt] = [-1, -1]
    _ = unsafe pipe(&ends)
    return (ends[0], ends[1])
  }()

  static var isPending: Bool { reason.load(ordering: .acquiring) != 0 }

  /// The signal that asked, if it was one.
  static var signalNumber: CInt? {
    let number = reason.load(ordering: .acquiring)
    return number > 0 ? number : nil
  }

  /// To end the work without a signal; the first reason stays.
  static func raise(_ newReason: CInt = -1) {
    _ = reason.compareExchange(expected: 0, desired: newReason, ordering: .acquiringAndReleasing)
    var byte: UInt8 = 0
    _ = unsafe write(wakePipe.write, &byte, 1)
  }

  /// From here on SIGINT, SIGTERM and SIGHUP are requests, and SIGPIPE and SIGXFSZ (the limit of a
  /// file's size) are errors of write(2).
  static func installHandlers() {
    _ = wakePipe  // made now, so that the handler never does
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
    handle(SIGURG) { _ in }
    handle(SIGALRM) { number in
      // The alarm of whoever started this, if it is not our own.
      if !StopRequest.isPending { StopRequest.raise(number) }
      StopRequest.endWriting()
    }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      handle(number, flags: CInt(truncatingIfNeeded: SA_RESETHAND)) { number in
        let saved = errno
        StopRequest.raise(number)
        errno = saved
        StopRequest.endWriting()
      }
    }
    for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      // What crashed does so again on return.
      handle(number, flags: CInt(truncatingIfNeeded: SA_RESETHAND)) { number in
        StopRequest.raise(number)
        for _ in 0..<100 where StopRequest.isInLines.load(ordering: .sequentiallyConsistent) {
          usleep(10_000)
        }
      }
    }
  }

  /// Between these two a crash elsewhere waits.
  static func beginLines() { isInLines.store(true, ordering: .sequentiallyConsistent) }
  static func endLines() { isInLines.store(false, ordering: .sequentiallyConsistent) }

  /// In a handler: ends the write(2) that may be stuck, now and each second from now.
  private static func endWriting() {
    let saved = errno
    let thread = writingThread.load(ordering: .acquiring)
    if thread != 0 { pthread_kill(word(thread), SIGURG) }
    _ = alarm(1)
    errno = saved
  }

  /// A write(2) in `body` that cannot go on ends when a request comes.
  static func whileInterruptible<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    writingThread.store(word(pthread_self()), ordering: .releasing)
    defer { writingThread.store(0, ordering: .releasing) }
    return try body()
  }

  /// Whether something can be read (or fails to be: that is for read(2) to tell). A call that may
  /// wait ends with it, with a stop request, or when nobody reads `output` any more, which is one.
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

  /// Without `SA_RESTART`, so that calls end with `EINTR`. What was ignored (nohup, a background job
  /// of a script) stays so.
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
    // Some who start programs leave signals blocked.
    var signals = sigset_t()
    unsafe sigaddset(&signals, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// A thread is a number on Linux and a pointer on Apple's; a handler is a pointer: all one word.
  private static func word<Value, Word>(_ value: Value) -> Word {
    unsafe unsafeBitCast(value, to: Word.self)
  }
}
