/// Finds the value that makes up more than half of a row: four counters by the method Space-Saving.
///
/// Zero stands for no value, which is not counted.
struct Candidates: Sendable {
  private struct Candidate: Sendable {
    var key: UInt64 = 0
    var count: UInt32 = 0
    var error: UInt32 = 0
  }

  private var candidates = InlineArray<4, Candidate>(repeating: Candidate())

  mutating func add(_ key: UInt64, weight: UInt32) {
    if key == 0 { return }
    // Which candidate it is cannot be guessed, so there is no branch for it.
    var lowest = 0
    var found = -1
    for place in candidates.indices {
      if candidates[place].count < candidates[lowest].count { lowest = place }
      if candidates[place].key == key { found = place }
    }
    let place = found < 0 ? lowest : found
    let candidate = candidates[place]
    candidates[place] = Candidate(
      key: key, count: Self.sum(candidate.count, weight),
      error: found < 0 ? candidate.count : candidate.error)
  }

  /// Adds the candidates of a later part of the row's events, their keys renamed. A key that becomes 0 is left out.
  mutating func add(_ other: Candidates, renamed: (UInt64) -> UInt64) {
    var all = candidates.indices.map { candidates[$0] }
    for place in other.candidates.indices {
      var candidate = other.candidates[place]
      candidate.key = renamed(candidate.key)
      if candidate.key == 0 { continue }
      if let known = all.firstIndex(where: { $0.key == candidate.key }) {
        all[known].count = Self.sum(all[known].count, candidate.count)
        all[known].error = Self.sum(all[known].error, candidate.error)
      } else {
        all.append(candidate)
      }
    }
    // Without what the left-out ones may have had, only the least counts are bounds: no others are used.
    all.sort { ($1.count, $0.key) < ($0.count, $1.key) }
    for place in candidates.indices { candidates[place] = all[place] }
  }

  /// The value that came in more than half of the events, for sure.
  func majority(of total: Int) -> UInt64? {
    for place in candidates.indices {
      let candidate = candidates[place]
      if candidate.key != 0, 2 * (Int(candidate.count) - Int(candidate.error)) > total {
        return candidate.key
      }
    }
    return nil
  }

  private static func sum(_ one: UInt32, _ other: UInt32) -> UInt32 {
    let (sum, isTooLarge) = one.addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
