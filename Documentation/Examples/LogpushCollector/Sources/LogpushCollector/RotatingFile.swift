import Foundation
import NIOPosix

/// A file of whole lines. Before a push that would make it longer than a limit it gets the time into
/// its name, and a new one begins; so a push is never in two files.
actor RotatingFile: EventStore {
  // Writing blocks: it has a thread of its own.
  private static let thread = MultiThreadedEventLoopGroup(numberOfThreads: 1).next().executor
  nonisolated var unownedExecutor: UnownedSerialExecutor { Self.thread.asUnownedSerialExecutor() }

  private let path: URL, limit: Int
  private var file: FileHandle
  /// Up to here the file is whole, and on the disk.
  private var size: Int

  init(_ name: String, in folder: String, limit: Int) throws {
    (path, self.limit) = (URL(fileURLWithPath: folder).appendingPathComponent(name), limit)
    file = try Self.open(path)
    // A collector that was killed may have left half a line, which nobody was told is there.
    let bytes = try Data(contentsOf: path, options: .alwaysMapped)
    size = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    try file.truncate(atOffset: UInt64(size))
  }

  func write(_ lines: [UInt8]) throws -> Int {
    if lines.isEmpty { return 0 }
    if size > 0, size + lines.count > limit {
      let time = Int(Date().timeIntervalSince1970 * 1_000_000)
      rename(path.path, path.deletingPathExtension().path + "-\(time).ndjson")
      (file, size) = (try Self.open(path), 0)
    }
    do {
      try file.truncate(atOffset: UInt64(size))
      try file.write(contentsOf: lines)
      try file.synchronize()
    } catch {
      try? file.truncate(atOffset: UInt64(size))  // Nothing half-written stays.
      throw error
    }
    size += lines.count
    return 0
  }

  /// Opens for this process alone.
  private static func open(_ path: URL) throws -> FileHandle {
    let descriptor = Glibc.open(path.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(reason: "\(path.path): \(String(cString: strerror(errno)))")
    }
    // The name, too, is to outlive a crash of the machine.
    try FileHandle(forReadingFrom: path.deletingLastPathComponent()).synchronize()
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
