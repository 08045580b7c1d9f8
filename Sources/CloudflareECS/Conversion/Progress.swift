/// How far a run is, as one line.
package struct Progress {
  /// Bytes read so far, decompressed.
  package var bytes: Int
  /// Bytes taken from the files so far, as they are there, and the size of all files, if each has one.
  package var taken: Int
  package var total: Int?
  package var milliseconds: Int
  package var lines: Int
  package var rejected: Int
  package var file: String

  package init(
    bytes: Int, taken: Int, total: Int?, milliseconds: Int, lines: Int = 0, rejected: Int = 0,
    file: String = ""
  ) {
    (self.bytes, self.taken, self.total) = (bytes, taken, total)
    self.milliseconds = milliseconds
    (self.lines, self.rejected, self.file) = (lines, rejected, file)
  }

  package var text: String {
    // A file may have grown since.
    let part = total.map { "\($0 > 0 ? 100 * min(taken, $0) / $0 : 100) %, " } ?? ""
    let rate = bytes / 1_000 / max(milliseconds, 1)
    let done = "\(bytes / 1_000_000) MB, \(rate) MB/s, \(lines) lines"
    return "\(part)\(done), \(rejected) rejected, \(file)"
  }
}
