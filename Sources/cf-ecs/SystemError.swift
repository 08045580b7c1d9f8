#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a system call failed.
struct SystemError: Error, CustomStringConvertible {
  /// The number that the last system call of this thread left behind.
  let number = errno

  var isInterruption: Bool { number == EINTR }
  /// A non-blocking file has nothing to give, or takes nothing, just now.
  var isUnreadiness: Bool { number == EAGAIN }
  var isBrokenPipe: Bool { number == EPIPE }

  /// The system's own words: `No such file or directory`.
  var description: String {
    // strerror answers with a terminated text for every number; it is copied at once.
    unsafe String(cString: strerror(number))
  }
}
