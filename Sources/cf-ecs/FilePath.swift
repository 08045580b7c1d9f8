import CloudflareECSGzip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file's path, and the system calls on it.
///
/// Unsafe code: each call reads the path up to its terminating zero, and fills a local structure or (in
/// readlink) at most the count given.
struct FilePath {
  /// Identifies a file whatever its path. For a file that does not exist: the
  /// nearest directory that does, and the rest of the path.
  struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
    var newName: Substring = ""
  }

  struct Status {
    enum Kind { case regular, directory, link, pipe, socket, other }

    let kind: Kind
    /// Permissions.
    let mode: UInt16
    let identity: Identity
    let size: Int

    init?(_ descriptor: Descriptor) {
      var record = stat()
      if unsafe fstat(descriptor.number, &record) != 0 { return nil }
      self.init(record)
    }

    init(_ record: stat) {
      kind =
        switch record.st_mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .directory
        case S_IFLNK: .link
        case S_IFIFO: .pipe
        case S_IFSOCK: .socket
        default: .other
        }
      mode = UInt16(record.st_mode & 0o7777)
      size = Int(record.st_size)
      identity = Identity(
        device: UInt64(truncatingIfNeeded: record.st_dev), inode: UInt64(record.st_ino))
    }
  }

  let text: String

  /// The status of the file, links followed; nil if there is none.
  func status() throws(SystemError) -> Status? {
    try unsafe Self.status { unsafe stat(text, $0) }
  }

  /// The status of the file or of the link; nil if there is none.
  func ownStatus() throws(SystemError) -> Status? {
    try unsafe Self.status { unsafe lstat(text, $0) }
  }

  private static func status(
    _ call: (UnsafeMutablePointer<stat>) -> CInt
  ) throws(SystemError) -> Status? {
    var record = stat()
    do throws(SystemError) {
      // Each call may wait, and there are several before anything else asks.
      if StopRequest.signalNumber != nil { throw SystemError(number: EINTR) }
      try StopRequest.waiting { unsafe call(&record) }
    } catch {
      if error.isAbsence { return nil }
      throw error
    }
    return Status(record)
  }

  /// `a/b/` for `a/b/c`, empty for `c`.
  var directory: String { text.lastIndex(of: "/").map { String(text[...$0]) } ?? "" }

  /// The path after following all links, whether a file is there or not.
  func target() throws(SystemError) -> FilePath {
    var path = self
    // Linux follows at most 40 links.
    for _ in 0..<40 {
      // U+FFFD replaced bytes that are not UTF-8, so this path names another file.
      if path.text.contains("\u{FFFD}") { throw .notUTF8 }
      guard try path.ownStatus()?.kind == .link else { return path }
      var bytes = ByteBuffer()
      try unsafe bytes.append(atMost: 4_096) { (room) throws(SystemError) in
        let count = unsafe readlink(path.text, room.baseAddress!, 4_096)
        if count < 0 { throw SystemError() }
        return count
      }
      let link = String(decoding: bytes.array, as: UTF8.self)
      path = FilePath(text: link.hasPrefix("/") ? link : path.directory + link)
    }
    throw .tooManyLinks
  }

  /// Whether it is a directory, or a link to one.
  var isDirectory: Bool { (try? status())?.kind == .directory }

  /// What identifies the file. If the file does not exist, that is the nearest directory that does, and the
  /// rest of the path.
  func identity() throws(SystemError) -> Identity? {
    if let status = try status() { return status.identity }
    let target = try target()
    // Directories above it may be missing, too.
    var directory = target.directory
    while !directory.isEmpty, try FilePath(text: directory).status() == nil {
      directory = FilePath(text: String(directory.dropLast())).directory
    }
    var identity = try FilePath(text: directory.isEmpty ? "." : directory).status()?.identity
    identity?.newName = target.text.dropFirst(directory.count)
    return identity
  }

  func checkWritable() throws(SystemError) {
    if unsafe access(text, W_OK) != 0 { throw SystemError() }
  }

  func move(to target: FilePath) throws(SystemError) {
    if unsafe rename(text, target.text) != 0 { throw SystemError() }
  }

  func remove() { unsafe unlink(text) }

  /// Makes a directory, and those above it, unless they are there.
  func makeDirectory() throws(SystemError) {
    if unsafe mkdir(text, 0o777) == 0 { return }
    let error = SystemError()
    if error.number == EEXIST {
      if !isDirectory { throw SystemError(number: ENOTDIR) }
      return
    }
    let parent = FilePath(text: String(directory.dropLast()))
    guard error.number == ENOENT, !parent.text.isEmpty else { throw error }
    try parent.makeDirectory()
    if unsafe mkdir(text, 0o777) != 0, errno != EEXIST { throw SystemError() }
  }
}
