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
  private(set) var skipped = 0
  /// Directories that could not be read, and why.
  private(set) var faults: [String] = []
  private let outputs: Set<FilePath.Identity>

  /// - Parameter outputs: files that the command writes. They are not read.
  init(_ names: [String], outputs: [String]) {
    self.outputs = Set(outputs.compactMap { FilePath(text: $0).identity })
    for name in names {
      if name != "-", FilePath(text: name).isDirectory {
        add(directory: name.hasSuffix("/") ? String(name.dropLast()) : name)
      } else {
        paths.append(name)
      }
    }
  }

  private mutating func add(directory: String, isHidden: Bool = false) {
    let names: [String]
    do throws(SystemError) {
      names = try FilePath(text: directory).entries()
    } catch {
      return faults.append("\(directory): \(error)")
    }
    if names.contains(where: { $0.contains("\u{FFFD}") }) {
      faults.append("\(directory): cannot read a file whose name is not UTF-8")
    }
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = FilePath(text: "\(directory)/\(name)")
      let entry: FilePath.Entry
      do throws(SystemError) { entry = try path.entry() } catch {
        faults.append("\(path.text): \(error)")
        continue
      }
      let isHidden = isHidden || name.hasPrefix(".")
      if entry.isDirectory {
        add(directory: path.text, isHidden: isHidden)
      } else if entry.isRegular, !outputs.contains(entry.identity) {
        if isHidden || Self.isNotLog(name, entry, path.text) {
          skipped += 1
        } else {
          paths.append(path.text)
        }
      }
    }
  }

  private static func isNotLog(_ name: String, _ entry: FilePath.Entry, _ path: String) -> Bool {
    if name.hasPrefix("ownership-challenge") || entry.size == 0 { return true }
    // The text `tests` takes 26 bytes as gzip. No log is as small as that.
    guard entry.size <= 64 else { return false }
    var bytes: [UInt8] = []
    guard let source = try? ByteSource(path: path) else { return false }
    while bytes.count < 256, case .bytes? = try? source.read(atMost: 256, into: &bytes) {}
    while bytes.last.map({ $0 == 0x0A || $0 == 0x0D }) ?? false { bytes.removeLast() }
    return ["test", "tests"].contains { bytes.elementsEqual($0.utf8) }
  }
}

/// Unsafe code: the directory stream is closed in the function that opens it, and an entry's name is
/// read up to its terminating zero while the entry is valid.
extension FilePath {
  /// A directory entry, links not followed.
  struct Entry {
    let identity: Identity
    let size: Int
    let isRegular: Bool
    let isDirectory: Bool
  }

  var isDirectory: Bool {
    var record = stat()
    return unsafe stat(text, &record) == 0 && record.st_mode & S_IFMT == S_IFDIR
  }

  func entry() throws(SystemError) -> Entry {
    var record = stat()
    if unsafe lstat(text, &record) != 0 { throw SystemError() }
    let kind = record.st_mode & S_IFMT
    return Entry(
      identity: Status(record).identity, size: Int(record.st_size),
      isRegular: kind == S_IFREG, isDirectory: kind == S_IFDIR)
  }

  /// The names in a directory.
  func entries() throws(SystemError) -> [String] {
    guard let stream = unsafe opendir(text) else { throw SystemError() }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      // Only errno distinguishes the end from an error.
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    let error = SystemError()
    if error.number != 0 { throw error }
    return names
  }
}
