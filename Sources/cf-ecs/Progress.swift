/// How far a run is, for the line on a terminal.
struct Progress {
  /// Bytes read so far, decompressed.
  var bytes: Int
  /// Bytes taken from the files so far, as they are there, and the size of all files, if each has one.
  var taken: Int
  var total: Int?
  var milliseconds: Int
  var lines = 0
  var rejected = 0
  var file = ""

  var text: String {
    // A file may have grown since.
    let part = total.map { "\($0 > 0 ? 100 * min(taken, $0) / $0 : 100) %, " } ?? ""
    let rate = bytes / 1_000 / max(milliseconds, 1)
    let done = "\(bytes / 1_000_000) MB, \(rate) MB/s, \(lines) lines"
    return "\(part)\(done), \(rejected) rejected, \(file)"
  }

  /// The size of all files; nil if one of them has none, as a pipe.
  static func size(of files: [String]) -> Int? {
    var total = 0
    for file in files {
      if StopRequest.isPending { return nil }
      let status =
        file == "-" ? FilePath.Status(.standardInput) : try? FilePath(text: file).status()
      guard let status, status.kind == .regular else { return nil }
      total += status.size
    }
    return total
  }
}
