#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files to read: the named files, and for a named directory the logs in it at any depth, in the
/// order of their names.
///
/// In a directory only regular files are opened and no link is followed. Files that Cloudflare writes
/// besides its logs are skipped: ownership challenges, empty files, the text that tests a destination.
/// So is everything whose name begins with a dot, and what is below that.
struct InputFiles {
  private(set) var paths: [String] = []
  /// The path of each file below the directory that was named, or the name of a file that was.
  private(set) var names: [String] = []
  private(set) var skipped = 0
  /// Directories that could not be read, and why.
  private(set) var faults: [String] = []
  /// What to say of directories without a log.
  private(set) var empty: [String] = []
  private let outputs: Set<FilePath.Identity>

  /// Looks for files until a stop is requested.
  /// - Parameter outputs: files that the command writes, or the directory in which it does. They are left out, unless
  ///   they are logs, which would be lost.
  init(_ names: [String], outputs: Set<FilePath.Identity>) {
    self.outputs = outputs
    for name in names where !StopRequest.isPending {
      // A name without a status is one of a file: opening it will say why.
      if name != "-", FilePath(text: name).isDirectory {
        let before = (paths.count, faults.count)
        add(directory: name.hasSuffix("/") ? String(name.dropLast()) : name, below: "")
        if before == (paths.count, faults.count) { empty.append("\(name): no logs in it") }
      } else {
        paths.append(name)
        self.names.append(String(name.dropFirst(FilePath(text: name).directory.count)))
      }
    }
  }

  /// - Parameter parents: the path below the directory that was named.
  private mutating func add(
    directory: String, below parents: String, isHidden: Bool = false
  ) {
    let entries: [String]
    do throws(SystemError) {
      entries = try FilePath(text: directory).entries()
    } catch {
      return faults.append("\(directory): \(error)")
    }
    if entries.contains(where: { $0.contains("\u{FFFD}") }) {
      faults.append("\(directory): cannot read a file whose name is not UTF-8")
    }
    // After a request to stop the order does not matter.
    let sorted = entries.sorted { one, other in
      !StopRequest.isPending && one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    for name in sorted {
      if StopRequest.isPending { return }
      let path = FilePath(text: "\(directory)/\(name)")
      let status: FilePath.Status?
      do throws(SystemError) { status = try path.ownStatus() } catch {
        faults.append("\(path.text): \(error)")
        continue
      }
      guard let status else {
        faults.append("\(path.text): \(SystemError(number: ENOENT))")
        continue
      }
      let isHidden = isHidden || name.hasPrefix(".")
      if outputs.contains(status.identity), !ByteSource.isLog(path.text) { continue }
      if status.kind == .directory {
        add(directory: path.text, below: "\(parents)\(name)/", isHidden: isHidden)
      } else if status.kind == .regular {
        if isHidden || Self.isNotLog(name, status.size, path.text) {
          skipped += 1
        } else {
          paths.append(path.text)
          self.names.append(parents + name)
        }
      }
    }
  }

  /// Leaves out the files that are marked, and counts them as skipped.
  mutating func passOver(_ isMarked: [Bool]) {
    let kept = paths.indices.filter { !isMarked[$0] }
    skipped += paths.count - kept.count
    paths = kept.map { paths[$0] }
    names = kept.map { names[$0] }
  }

  private static func isNotLog(_ name: String, _ size: Int, _ path: String) -> Bool {
    if name.hasPrefix("ownership-challenge") || size == 0 { return true }
    // The text `tests` takes 26 bytes as gzip. No log is as small as that.
    guard size <= 64 else { return false }
    guard var bytes = try? ByteSource.bytes(of: path, limit: 256) else { return false }
    while bytes.last.map({ $0 == 0x0A || $0 == 0x0D }) ?? false { bytes.removeLast() }
    return ["test", "tests"].contains { bytes.elementsEqual($0.utf8) }
  }
}

/// Unsafe code: the directory stream is closed in the function that opens it, and an entry's name is
/// read up to its terminating zero while the entry is valid.
extension FilePath {
  /// The names in a directory; some of them after a stop is requested.
  func entries() throws(SystemError) -> [String] {
    let opened = try unsafe StopRequest.waiting({ unsafe opendir(text) }) { unsafe $0 == nil }
    guard let stream = unsafe opened else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while !StopRequest.isPending {
      let read = try unsafe StopRequest.waiting({
        // Only errno distinguishes the end from an error.
        errno = 0
        return unsafe readdir(stream)
      }) { unsafe $0 == nil && errno != 0 }
      guard let entry = unsafe read else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
