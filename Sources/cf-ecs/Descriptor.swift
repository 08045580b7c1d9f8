import CloudflareECSGzip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, and the system calls on it. `readOnce` and `writeOnce` make one call; the caller decides
/// whether to continue after a short count or an interruption.
///
/// Unsafe code: each pointer is used only during the call, and covers exactly the count given.
struct Descriptor: Sendable, Equatable {
  static let standardInput = Descriptor(number: STDIN_FILENO)
  static let standardOutput = Descriptor(number: STDOUT_FILENO)
  static let standardError = Descriptor(number: STDERR_FILENO)

  let number: CInt

  init(number: CInt) { self.number = number }

  /// Opens a file for reading. `O_NONBLOCK` keeps open(2) from waiting for the writer of a named pipe,
  /// where stop requests would not reach it.
  init(reading path: String) throws(SystemError) {
    try self.init(open: path, O_RDONLY | O_NONBLOCK)
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_NONBLOCK)
  }

  /// Opens a device or a pipe for writing, or connects to a socket.
  init(writing path: String, _ status: FilePath.Status) throws(SystemError) {
    if status.identity == FilePath.Status(.standardOutput)?.identity {
      // `/dev/stdout`: reopening it may not be permitted. Each output closes a descriptor of its own.
      self.init(number: try StopRequest.waiting { fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) })
    } else if status.kind == .socket {
      try self.init(connecting: path)
    } else {
      try self.init(open: path, O_WRONLY)
    }
  }

  /// Creates a file. Fails if the name exists, even as a link.
  init(creating path: String, mode: UInt16) throws(SystemError) {
    try self.init(open: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(mode))
  }

  private init(connecting path: String) throws(SystemError) {
    // 1 is SOCK_STREAM, which is an enumeration case on Linux and a number on Apple platforms.
    number = socket(AF_UNIX, 1, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // One byte less than the capacity, to keep the terminating zero.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { name in
      unsafe name.copyBytes(from: path.utf8.prefix(name.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    // An interrupted connect(2) goes on by itself, and cannot be repeated.
    let result = StopRequest.whileInterruptible {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          unsafe connect(number, address, size)
        }
      }
    }
    if result != 0 { throw SystemError() }
  }

  private init(open path: String, _ flags: CInt, mode: mode_t = 0) throws(SystemError) {
    number = try StopRequest.waiting { unsafe open(path, flags | O_CLOEXEC | O_NOCTTY, mode) }
  }

  /// Opens `/dev/null` for each standard descriptor that is closed (`>&-`). Otherwise a file opened
  /// later would get its number, and output meant for standard output would go into that file.
  static func occupyStandardNumbers() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // Opened in the wrong direction, so that using it is still an error.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  var isTerminal: Bool { isatty(number) == 1 }

  /// The width of a terminal; nil if this is none.
  var columns: Int? {
    var size = winsize()
    guard isTerminal else { return nil }
    _ = unsafe ioctl(number, UInt(TIOCGWINSZ), &size)
    return size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Calls read(2) once and appends the bytes. Returns their number, 0 at the end.
  func readOnce(atMost limit: Int, into bytes: inout ByteBuffer) throws(SystemError) -> Int {
    try unsafe bytes.append(atMost: limit) { (room) throws(SystemError) in
      let result = unsafe read(number, room.baseAddress, limit)
      if result < 0 { throw SystemError() }
      return result
    }
  }

  /// Calls write(2) once. Returns the number of bytes written from the start of `bytes`.
  func writeOnce(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    let result = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe write(number, buffer.baseAddress, buffer.count)
    }
    if result < 0 { throw SystemError() }
    return result
  }

  /// Writes all of `bytes`, or only some after a signal requests a stop. Returns the number written.
  /// - Parameter isPipe: whether this is a pipe. It gets whole lines, as far as it has room for them.
  func writeAll(_ bytes: Span<UInt8>, isPipe: Bool = false) throws(SystemError) -> Int {
    var done = 0
    while done < bytes.count, StopRequest.signalNumber == nil {
      let end = isPipe ? min(done + pipeRoom, bytes.count) : bytes.count
      let piece = bytes.extracting(done..<bytes.endOfLines(from: done, to: end))
      try StopRequest.whileInterruptible { () throws(SystemError) in
        do throws(SystemError) {
          done += try writeOnce(piece)
        } catch {
          if error.isUnreadiness { _ = isWritable(within: -1) }
          guard error.isUnreadiness || error.isInterruption else { throw error }
        }
      }
    }
    return done
  }

  /// The number of bytes that a pipe takes without waiting after some of them. Others may be waiting in
  /// it: then it takes few bytes wholly or not at all.
  private var pipeRoom: Int {
    #if os(Linux)
      var unread: CInt = 0
      // F_GETPIPE_SZ, which the headers do not always declare.
      if unsafe ioctl(number, UInt(FIONREAD), &unread) == 0, unread == 0 {
        return max(Int(PIPE_BUF), Int(fcntl(number, 1032)))
      }
    #endif
    return Int(PIPE_BUF)
  }

  /// Waits until bytes can be written, at most the given milliseconds (-1: without limit). A signal that
  /// requests a stop ends it if there is no limit.
  func isWritable(within milliseconds: CInt) -> Bool {
    var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
    let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
    while true {
      let left = (end - .now) / .milliseconds(1)
      let count = unsafe poll(&entry, 1, milliseconds < 0 ? -1 : CInt(max(0, left.rounded(.up))))
      guard count < 0, errno == EINTR, milliseconds >= 0 || StopRequest.signalNumber == nil
      else { return count > 0 }
    }
  }

  /// Flushes the file to disk. Ignores EINVAL: some file systems do not support it.
  func synchronize() throws(SystemError) {
    do throws(SystemError) {
      try StopRequest.waiting { fsync(number) }
    } catch { if error.number != EINVAL { throw error } }
  }

  func setMode(_ mode: UInt16) throws(SystemError) {
    if fchmod(number, mode_t(mode)) != 0 { throw SystemError() }
  }

  /// Closes the descriptor. Ignores an interruption: the number is already free, and a second close
  /// could close another file.
  func release() throws(SystemError) {
    if close(number) != 0, errno != EINTR { throw SystemError() }
  }

  /// Enlarges a pipe from 64 KiB to 1 MiB, which makes the process at its other end three times as
  /// fast.
  func enlargePipe() {
    #if os(Linux)
      // F_SETPIPE_SZ, which the headers do not always declare. Fails on anything but a pipe.
      _ = fcntl(number, 1031, 1 << 20)
    #endif
  }
}

extension Span<UInt8> {
  /// The end of the last line that ends before `end`. If none does, the end of the first line.
  fileprivate func endOfLines(from start: Int, to end: Int) -> Int {
    let lineFeed = UInt8(ascii: "\n")
    if end == count { return count }
    if let last = (start..<end).last(where: { self[$0] == lineFeed }) { return last + 1 }
    return (end..<count).first { self[$0] == lineFeed }.map { $0 + 1 } ?? count
  }
}
