import TestSupport
import Testing

@testable import CloudflareECS

@Suite struct TimelineTests {
  private static func timeline(_ seconds: [Int64]) -> Timeline {
    var timeline = Timeline(seriesCount: 2)
    for second in seconds {
      timeline.add(second * 1_000_000 + 999_999, series: Int(second & 1), weight: 1)
    }
    return timeline
  }

  /// Start and counts of each bar that has events.
  private static func bars(_ timeline: Timeline) -> [Int64: [Int]] {
    var bars: [Int64: [Int]] = [:]
    for bar in 0..<timeline.barCount where timeline.counts(of: bar).contains(where: { $0 > 0 }) {
      bars[timeline.start(of: bar)] = Array(timeline.counts(of: bar))
    }
    return bars
  }

  @Test(
    "the width is the first of the list with which the span needs at most 120 bars",
    arguments: [
      (0, 1), (119, 1), (120, 5), (599, 5), (600, 15), (1_799, 15), (1_800, 60), (7_200, 300),
      (36_000, 900), (108_000, 3_600), (432_000, 10_800), (1_296_000, 43_200), (5_184_000, 86_400),
      (10_368_000, 604_800), (72_576_000, 2_419_200), (290_304_000, 31_449_600),
    ])
  func widths(_ span: Int64, _ width: Int64) {
    // A Monday at midnight, 2024-01-01; bars of weeks begin there, those of four weeks and more elsewhere.
    let start: Int64 = 1_704_067_200
    let timeline = Self.timeline([start, start + span])
    if width < 2_419_200 {
      #expect(timeline.width == width)
      #expect(timeline.start(of: 0) == start)
    }
    #expect(timeline.barCount <= 120)
    #expect(Timeline.widths.contains(timeline.width))
  }

  @Test("the bars do not depend on the order of the times")
  func order() {
    var random = SplitMix64(seed: 3)
    for span in [100, 10_000, 10_000_000, 300_000_000_000] as [Int64] {
      let times = (0..<2_000).map { _ in
        Int64.random(in: 0...span, using: &random) - 62_135_596_800
      }
      let timeline = Self.timeline(times)
      var truth: [Int64: [Int]] = [:]
      let origin: Int64 = 4 * 86_400
      for time in times {
        let offset = time - origin
        let bar = offset >= 0 ? offset / timeline.width : (offset + 1) / timeline.width - 1
        truth[bar * timeline.width + origin, default: [0, 0]][Int(time & 1)] += 1
      }
      #expect(Self.bars(timeline) == truth)
      #expect(timeline.barCount <= 120)
      #expect(Self.bars(Self.timeline(times.sorted())) == truth)
      #expect(Self.bars(Self.timeline(times.sorted(by: >))) == truth)
      var halves = Self.timeline(Array(times.prefix(1_000)))
      halves.add(Self.timeline(Array(times.suffix(1_000))))
      #expect(Self.bars(halves) == truth)
    }
  }

  @Test("each width is a multiple of the one before, and 120 of the widest cover all years")
  func multiples() {
    for (one, next) in zip(Timeline.widths, Timeline.widths.dropFirst()) {
      #expect(next % one == 0)
    }
    #expect(Timeline.widths.last! * 119 > 253_402_300_799 + 62_135_596_800)
  }
}
