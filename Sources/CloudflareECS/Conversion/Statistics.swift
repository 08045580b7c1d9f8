/// The counts of a run, for `--stats` and for the summary on a terminal.
package struct Statistics: Sendable {
  package var files = 0
  package var filesSkipped = 0
  package var counts = ConversionCounts()
  package var milliseconds = 0
  /// Whether events are written as documents, not as alerts.
  package var writesDocuments = true
  /// What was loaded of the feeds.
  package var feeds: [IndicatorFeed.Report] = []
  /// Independent counts to compare with: files to read, bytes read, rejections reported.
  package var given = (files: 0, bytes: 0, rejected: 0)

  /// All counts are zero.
  package init() {}

  /// The counts that do not add up. Empty unless something was lost or counted twice: every record is
  /// converted, rejected or skipped, and everything read is accounted for.
  package var mismatches: [String] {
    let sums = [
      ("records", counts.records, counts.accepted + counts.rejected + counts.skipped),
      ("documents", counts.documents, writesDocuments ? counts.accepted - counts.filtered : 0),
      ("evaluated", counts.evaluated, writesDocuments ? 0 : counts.accepted - counts.filtered),
      ("rejected", counts.rejected, given.rejected),
      ("files", files, given.files),
      ("bytes", counts.bytes, given.bytes),
    ]
    return sums.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1), not \($0.2)" }
  }

  /// For example `1.042`.
  private var seconds: String {
    "\(milliseconds / 1_000).\("\(1_000 + milliseconds % 1_000)".dropFirst())"
  }

  package var json: OutputBuffer {
    var line = JSONLine()
    line.add("files", files)
    line.add("files_skipped", filesSkipped)
    line.add("bytes_in", counts.bytes)
    line.add("records", counts.records)
    line.add("accepted", counts.accepted)
    line.add("documents", counts.documents)
    line.add("evaluated", counts.evaluated)
    line.add("rejected", counts.rejected)
    line.add("skipped", counts.skipped)
    line.add("filtered", counts.filtered)
    line.add("blank", counts.blank)
    line.add("alerts", counts.alerts)
    line.add("indicators", indicators)
    line.add("feeds", feeds.map(\.json))
    line.add("uncorrelated", counts.uncorrelated)
    line.add("late", counts.late)
    line.add("forgotten_groups", counts.forgottenGroups)
    line.add("issues", Self.named(counts.issues.map { ($0.key.rawValue, $0.value) }))
    line.add("unknown_fields", counts.unknownFields)
    line.add("seconds", number: seconds)
    return line.finished()
  }

  private var indicators: [String: Int] {
    feeds.reduce(into: [:]) { sums, feed in
      for (kind, count) in feed.indicators { sums[kind.rawValue, default: 0] += count }
    }
  }

  private static func named(_ counts: [(String, Int)]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts)
  }

  /// ` (350 MB/s)`, from a second on.
  private var rate: String {
    milliseconds < 1_000 ? "" : " (\(counts.bytes / 1_000 / milliseconds) MB/s)"
  }

  /// What to say of correlations and the bulk format.
  package func notes(hasOriginal: Bool) -> [String] {
    let issues = counts.issues
    let events = { (count: Int) in count == 1 ? "1 event" : "\(count) events" }
    var notes: [String] = []
    if counts.uncorrelated > 0 {
      notes.append(
        "correlation rules left out \(events(counts.uncorrelated)) without a time or a value that they group by"
      )
    }
    if counts.late > 0 {
      notes.append(
        "correlation rules left out \(events(counts.late)) that came too late: raise --lateness")
    }
    if counts.forgottenGroups > 0 {
      notes.append(
        "correlation rules forgot groups (\(counts.forgottenGroups)): --max-groups limits them,"
          + " and no more than 4,000,000 of their events are kept")
    }
    if let count = issues[.noTimestamp] {
      notes.append("no time in \(events(count)): @timestamp is when this run began")
    }
    if let count = issues[.notIndexable] {
      let rest = hasOriginal ? "they are in the raw record" : "without the raw record they are lost"
      notes.append(
        "left out what an index refuses (too long, or a name with U+0000) of \(events(count)): \(rest)"
      )
    }
    if let count = issues[.identifierTooLong] {
      notes.append("no _id for \(events(count)): it would be longer than 512 bytes")
    }
    if counts.fullLists > 0 {
      notes.append(
        "a GraphQL list has 10,000 rows, the most that Cloudflare returns, so it was probably cut: "
          + "ask for shorter spans of time (lists: \(counts.fullLists))")
    }
    return notes
  }

  package var summary: String {
    "records: \(counts.records), "
      + (counts.alerts > 0 || counts.documents < counts.accepted
        ? "alerts: \(counts.alerts)" : "documents: \(counts.documents)")
      + ", rejected: \(counts.rejected), "
      + "skipped: \(counts.skipped), seconds: \(seconds)\(rate)"
  }
}
