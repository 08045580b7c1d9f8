/// Counts of the alerts of each rule, for the summary, the layer and `--fail-on`.
package struct AlertTally: Sendable {
  package struct Row: Sendable {
    package internal(set) var hits = 0
    /// The highest level of all hits.
    package internal(set) var level = DetectionLevel.low
    package internal(set) var first: Timestamp?
    package internal(set) var last: Timestamp?
    package internal(set) var sources: [String: Int] = [:]
    /// Hits from further addresses, counted together.
    package internal(set) var otherSources = 0
  }

  /// The most addresses counted individually for a rule.
  private static let maximumSources = 10_000

  /// The bytes that further addresses may use. In a log, an address may be any text of any length.
  private var bytesLeft: Int
  package private(set) var rows: [String: Row] = [:]
  /// The highest level of all alerts.
  package private(set) var highest: DetectionLevel?

  /// - Parameter maximumBytes: the bytes that the addresses of all rules may use.
  package init(maximumBytes: Int = 16 << 20) { bytesLeft = maximumBytes }

  package mutating func add(_ hits: [AlertHit]) {
    for hit in hits {
      highest = max(highest ?? hit.level, hit.level)
      rows[hit.rule, default: Row()].add(hit, Self.maximumSources, bytesLeft: &bytesLeft)
    }
  }

  /// Hits by rule identifier.
  package var hits: [String: Int] { rows.mapValues(\.hits) }
}

extension AlertTally.Row {
  fileprivate mutating func add(_ hit: AlertHit, _ maximumSources: Int, bytesLeft: inout Int) {
    hits += 1
    level = max(level, hit.level)
    if let time = hit.time {
      first = min(first ?? time, time)
      last = max(last ?? time, time)
    }
    guard let source = hit.source.map({ DisplayText.value($0) }) else { return }
    if sources[source] != nil {
      sources[source]! += 1
      return
    }
    // A dictionary uses less than 96 bytes for an entry, without its text.
    let size = source.utf8.count + 96
    if sources.count < maximumSources, size <= bytesLeft {
      sources[source] = 1
      bytesLeft -= size
    } else {
      otherSources += 1
    }
  }

  /// The three addresses with the most hits, and the number of other addresses.
  package var sourcesText: String? {
    let sorted = sources.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !sorted.isEmpty else { return nil }
    let top = sorted.prefix(3).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    let rest = sorted.count - 3
    return top + (otherSources > 0 ? ", more than \(rest) more" : rest > 0 ? ", \(rest) more" : "")
  }
}
