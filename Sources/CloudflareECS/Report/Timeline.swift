/// Counts of events over time, in at most 120 bars of one width.
///
/// The span is not known beforehand: bars begin with a width of one second, and become wider when more than 120 would
/// be needed. Each width is a multiple of the one before, so that bars only have to be added up. The bars therefore
/// depend on the times alone, not on their order.
struct Timeline: Sendable {
  /// The most bars.
  static let mostBars = 120
  /// In seconds: 1, 5, 15 s; 1, 5, 15 min; 1, 3, 12 h; 1 d, 7 d, 28 d; 52 weeks, and times 10.
  static let widths: [Int64] = [
    1, 5, 15, 60, 300, 900, 3_600, 10_800, 43_200, 86_400, 604_800, 2_419_200, 31_449_600,
    314_496_000, 3_144_960_000,
  ]
  /// Bars of weeks begin on Mondays: 1970-01-05 was one.
  private static let origin: Int64 = 4 * 86_400

  /// The number of kinds of events that are counted apart.
  let seriesCount: Int
  private var level = 0
  /// The number of the first bar, in widths from the origin.
  private var firstBar: Int64 = 0
  /// Bar after bar, the counts of all series.
  private var counts: [Int] = []

  init(seriesCount: Int) { self.seriesCount = seriesCount }

  /// The width of a bar, in seconds.
  var width: Int64 { Self.widths[level] }
  var barCount: Int { counts.count / seriesCount }

  /// When a bar begins, in seconds since 1970.
  func start(of bar: Int) -> Int64 { (firstBar + Int64(bar)) * width + Self.origin }

  /// The counts of a bar by series.
  func counts(of bar: Int) -> ArraySlice<Int> {
    counts[(bar * seriesCount)..<((bar + 1) * seriesCount)]
  }

  /// Counts events at a time, which is in microseconds.
  mutating func add(_ time: Int64, series: Int, weight: Int) {
    let seconds = Self.floor(time, 1_000_000) &- Self.origin
    var bar = Self.floor(seconds, width)
    if counts.isEmpty || bar < firstBar || bar >= firstBar &+ Int64(barCount) {
      bar = makeRoom(for: seconds)
    }
    counts[Int(bar &- firstBar) &* seriesCount &+ series] &+= weight
  }

  /// Adds the counts of another timeline of as many series.
  mutating func add(_ other: Timeline) {
    for bar in 0..<other.barCount {
      let time = other.start(of: bar) * 1_000_000
      // Before that, bars may be finer here than there.
      while level < other.level { widen() }
      for (series, count) in other.counts(of: bar).enumerated() where count > 0 {
        add(time, series: series, weight: count)
      }
    }
  }

  /// Adds the bar of a time, and widens all until there are not too many. Returns the number of the bar.
  private mutating func makeRoom(for seconds: Int64) -> Int64 {
    if counts.isEmpty {
      firstBar = Self.floor(seconds, width)
      counts = Array(repeating: 0, count: seriesCount)
      return firstBar
    }
    while true {
      let bar = Self.floor(seconds, width)
      let end = max(firstBar + Int64(barCount), bar + 1)
      let start = min(firstBar, bar)
      if end - start <= Int64(Self.mostBars) {
        counts.insert(
          contentsOf: Array(repeating: 0, count: Int(firstBar - start) * seriesCount), at: 0)
        firstBar = start
        counts += Array(
          repeating: 0, count: Int(end - start) * seriesCount - counts.count)
        return bar
      }
      widen()
    }
  }

  private mutating func widen() {
    let factor = Self.widths[level + 1] / width
    let old = (first: firstBar, count: barCount, counts: counts)
    level += 1
    firstBar = Self.floor(old.first, factor)
    let last = Self.floor(old.first + Int64(max(old.count, 1)) - 1, factor)
    counts = Array(
      repeating: 0, count: old.count == 0 ? 0 : Int(last - firstBar + 1) * seriesCount)
    for bar in 0..<old.count {
      let target = Int(Self.floor(old.first + Int64(bar), factor) - firstBar)
      for series in 0..<seriesCount {
        counts[target * seriesCount + series] += old.counts[bar * seriesCount + series]
      }
    }
  }

  /// The quotient, rounded down.
  private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : (number &+ 1) / divisor &- 1
  }
}
