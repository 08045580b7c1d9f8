import CloudflareECS

/// What was done, for `--stats` and for the last line on a terminal.
struct Statistics {
  var files = 0
  var filesSkipped = 0
  var counts = ConversionCounts()
  var milliseconds = 0

  /// Every record was converted, rejected or skipped.
  var addUp: Bool { counts.records == counts.accepted + counts.rejected + counts.skipped }

  /// Such as `1.042`.
  private var seconds: String {
    "\(milliseconds / 1_000).\("\(1_000 + milliseconds % 1_000)".dropFirst())"
  }

  var json: OutputBuffer {
    var line = JSONLine()
    line.add("files", files)
    line.add("files_skipped", filesSkipped)
    line.add("bytes_in", counts.bytes)
    line.add("records", counts.records)
    line.add("documents", counts.documents)
    line.add("rejected", counts.rejected)
    line.add("skipped", counts.skipped)
    line.add("blank", counts.blank)
    line.add("alerts", counts.alerts)
    line.add(
      "issues",
      Dictionary(uniqueKeysWithValues: counts.issues.map { ($0.key.rawValue, $0.value) }))
    line.add("unknown_fields", counts.unknownFields)
    line.add("seconds", number: seconds)
    return line.finished()
  }

  var summary: String {
    "records: \(counts.records), "
      + (counts.alerts > 0 || counts.documents < counts.accepted
        ? "alerts: \(counts.alerts)" : "documents: \(counts.documents)")
      + ", rejected: \(counts.rejected), "
      + "skipped: \(counts.skipped), seconds: \(seconds)"
  }
}
