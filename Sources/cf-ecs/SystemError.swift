#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a system call failed.
struct SystemError: Error, CustomStringConvertible {
  let number: CInt

  /// - Parameter number: by default that of this thread's last system call.
  init(number: CInt = errno) { self.number = number }

  static var noMemory: SystemError { SystemError(number: ENOMEM) }
  static var tooManyLinks: SystemError { SystemError(number: ELOOP) }
  /// A name whose bytes are not UTF-8.
  static var notUTF8: SystemError { SystemError(number: EILSEQ) }

  /// No such file, or no such directory above it.
  var isAbsence: Bool { number == ENOENT || number == ENOTDIR }
  var isInterruption: Bool { number == EINTR }
  /// A non-blocking file is not ready for reading or writing.
  var isUnreadiness: Bool { number == EAGAIN }
  var isBrokenPipe: Bool { number == EPIPE }

  /// The system's message: `No such file or directory`.
  var description: String {
    // strerror returns a terminated text for every number. It is copied at once.
    unsafe String(cString: strerror(number))
  }
}
