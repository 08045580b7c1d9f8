import Foundation

/// A file that appears under its name only when it is complete and on the disk.
final class PushFile: Upload {
  private let folder: URL, part: URL
  private var file: FileHandle?
  private(set) var lines = 0
  /// Whether a file was made: not if nothing was stored, or if there was a file of that name already.
  private(set) var isNew = false

  init(in folder: URL) {
    (self.folder, part) = (folder, folder.appending(path: "\(UUID()).part"))
  }

  deinit { try? FileManager.default.removeItem(at: part) }

  func store(_ bytes: [UInt8]) throws -> [UInt8] {
    if file == nil, !bytes.isEmpty {
      try Data().write(to: part, options: .withoutOverwriting)
      file = try FileHandle(forWritingTo: part)
    }
    try file?.write(contentsOf: bytes)
    lines += bytes.count { $0 == UInt8(ascii: "\n") }
    return []
  }

  func finish(as name: String) throws -> [UInt8] {
    let target = folder.appending(path: name)
    isNew = file != nil && !FileManager.default.fileExists(atPath: target.path)
    if isNew {
      try file?.synchronize()
      try FileManager.default.moveItem(at: part, to: target)
    }
    // The name, too, has to survive a crash of the machine, also one that an earlier attempt gave.
    try FileHandle(forReadingFrom: folder).synchronize()
    return []
  }

  /// Makes the folder, and removes files that a killed collector left unfinished more than an hour ago.
  static func prepare(_ folder: URL) throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for part in try files.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where part.pathExtension == "part" {
      let date = try files.attributesOfItem(atPath: part.path)[.modificationDate] as? Date
      if let date, date.timeIntervalSinceNow < -3_600 { try files.removeItem(at: part) }
    }
  }
}
