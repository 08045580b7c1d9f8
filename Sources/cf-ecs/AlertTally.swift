import CloudflareECS

/// Counts of the alerts of each rule, for the summary, the layer and `--fail-on`.
struct AlertTally {
  struct Row {
    var hits = 0
    /// The highest level of all hits.
    var level = DetectionLevel.low
    var first: Timestamp?
    var last: Timestamp?
    var sources: [String: Int] = [:]
    /// Hits from addresses beyond `maximumSources`, counted together.
    var otherSources = 0
  }

  /// The number of addresses counted individually for each rule. Limits the memory used.
  private static let maximumSources = 10_000

  private(set) var rows: [String: Row] = [:]
  /// The highest level of all alerts.
  private(set) var highest: DetectionLevel?

  mutating func add(_ hits: [AlertHit]) {
    for hit in hits {
      highest = max(highest ?? hit.level, hit.level)
      rows[hit.rule, default: Row()].add(hit, maximumSources: Self.maximumSources)
    }
  }

  /// Hits by rule identifier.
  var hits: [String: Int] { rows.mapValues(\.hits) }
}

extension AlertTally.Row {
  fileprivate mutating func add(_ hit: AlertHit, maximumSources: Int) {
    hits += 1
    level = max(level, hit.level)
    if let time = hit.time {
      first = min(first ?? time, time)
      last = max(last ?? time, time)
    }
    guard let source = hit.source else { return }
    if sources[source] != nil || sources.count < maximumSources {
      sources[source, default: 0] += 1
    } else {
      otherSources += 1
    }
  }

  /// The three addresses with the most hits, and the number of other addresses.
  var sourcesText: String? {
    let sorted = sources.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !sorted.isEmpty else { return nil }
    let top = sorted.prefix(3).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    let rest = sorted.count - 3
    return top + (otherSources > 0 ? ", more than \(rest) more" : rest > 0 ? ", \(rest) more" : "")
  }
}
