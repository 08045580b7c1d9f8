#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, and the system calls on it. Each method but `writeAll` is one call: its callers decide
/// whether a short count or an interruption means to go on.
///
/// Unsafe here: each pointer is used only while the call runs, and covers exactly the count given.
struct Descriptor: Sendable, Equatable {
  static let standardInput = Descriptor(number: STDIN_FILENO)
  static let standardOutput = Descriptor(number: STDOUT_FILENO)
  static let standardError = Descriptor(number: STDERR_FILENO)

  let number: CInt

  init(number: CInt) { self.number = number }

  /// Without `O_NONBLOCK` the opening of a named pipe would wait, deaf to stop requests.
  init(reading path: String) throws(SystemError) {
    try self.init(open: path, O_RDONLY | O_NONBLOCK)
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_NONBLOCK)
  }

  /// What is no plain file: a device, a pipe, or a socket, as its client.
  init(writing path: String, _ status: FilePath.Status) throws(SystemError) {
    if status.identity == FilePath.Status(.standardOutput)?.identity {
      // `/dev/stdout`, which not everybody may open again.
      self = .standardOutput
    } else if status.kind == .socket {
      try self.init(connecting: path)
    } else {
      try self.init(open: path, O_WRONLY)
    }
  }

  /// A new file, and neither a link nor anything that somebody prepared.
  init(creating path: String, mode: UInt16) throws(SystemError) {
    try self.init(open: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(mode))
  }

  private init(connecting path: String) throws(SystemError) {
    // Its type is an enumeration on Linux and a number on Apple's; streams are 1 everywhere.
    number = socket(AF_UNIX, 1, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // One byte less than there is room for: the zero stays.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { name in
      unsafe name.copyBytes(from: path.utf8.prefix(name.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe connect(number, address, size)
      }
    }
    if result != 0 { throw SystemError() }
  }

  private init(open path: String, _ flags: CInt, mode: mode_t = 0) throws(SystemError) {
    number = unsafe open(path, flags | O_CLOEXEC | O_NOCTTY, mode)
    if number < 0 { throw SystemError() }
  }

  /// Fills the standard numbers that were closed (`>&-`): else a file opened later would get one of
  /// them, and what is meant for standard output would go there.
  static func occupyStandardNumbers() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The wrong direction, so that their use is still an error.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  var isTerminal: Bool { isatty(number) == 1 }

  /// Appends what one read(2) gives, and answers how much that was; 0 is the end.
  func readOnce(atMost limit: Int, into bytes: inout [UInt8]) throws(SystemError) -> Int {
    try unsafe bytes.appendBytes(atMost: limit) { (room) throws(SystemError) in
      let result = unsafe read(number, room.baseAddress, limit)
      if result < 0 { throw SystemError() }
      return result
    }
  }

  /// Writes from the start of `bytes` what one write(2) takes, and answers how much that was.
  func writeOnce(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    let result = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe write(number, buffer.baseAddress, buffer.count)
    }
    if result < 0 { throw SystemError() }
    return result
  }

  /// Writes all of `bytes`, or, after a signal that asks to stop, some; answers how much that was.
  func writeAll(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    var done = 0
    while done < bytes.count, StopRequest.signalNumber == nil {
      try StopRequest.whileInterruptible { () throws(SystemError) in
        do throws(SystemError) {
          done += try writeOnce(bytes.extracting(done...))
        } catch {
          if error.isUnreadiness { _ = isWritable(within: -1) }
          guard error.isUnreadiness || error.isInterruption else { throw error }
        }
      }
    }
    return done
  }

  /// Waits until bytes can be written, at most so many milliseconds (-1: for ever).
  func isWritable(within milliseconds: CInt) -> Bool {
    var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&entry, 1, milliseconds) > 0
  }

  /// To the disk; what cannot be synchronized (EINVAL: some file systems) is no failure.
  func synchronize() throws(SystemError) {
    if fsync(number) != 0, errno != EINVAL { throw SystemError() }
  }

  func setMode(_ mode: UInt16) throws(SystemError) {
    if fchmod(number, mode_t(mode)) != 0 { throw SystemError() }
  }

  /// After an interruption the number is gone all the same: closing again could hit another file.
  func release() throws(SystemError) {
    if close(number) != 0, errno != EINTR { throw SystemError() }
  }

  /// A pipe of 1 MiB instead of 64 KiB: three times the speed for whoever is at its other end.
  func enlargePipe() {
    #if os(Linux)
      // F_SETPIPE_SZ, which the headers show only to some; refused on anything but a pipe.
      _ = fcntl(number, 1031, 1 << 20)
    #endif
  }
}
