import TestSupport
import Testing

@testable import CloudflareECS

/// ``ValueCounter`` against counts that are kept without limits.
@Suite struct ValueCounterTests {
  private static func add(
    _ text: String, weight: Int = 1, time: Int64 = TimeRange.none, to counter: inout ValueCounter,
    bytesLeft: inout Int
  ) {
    let bytes = Array(text.utf8)
    let hash = UInt32(truncatingIfNeeded: SecretHash.hash(bytes.span, 0..<bytes.count))
    _ = counter.add(
      bytes.span, 0..<bytes.count, hash: hash, weight: weight, time: time, bytesLeft: &bytesLeft)
  }

  private static func text(_ counter: ValueCounter, _ index: Int) -> String {
    counter.withText(of: index) { String($0, 0..<$0.count) }
  }

  @Test("counts are exact up to the limit, with the first and last time of each value")
  func exact() {
    var counter = ValueCounter(mostValues: 500)
    var bytesLeft = 1 << 20
    var random = SplitMix64(seed: 1)
    var truth: [String: (count: Int, first: Int64, last: Int64)] = [:]
    for _ in 0..<20_000 {
      let text = "value \(Int.random(in: 0..<500, using: &random))"
      let time = Int64.random(in: -1_000...1_000, using: &random)
      let weight = Int.random(in: 1...3, using: &random)
      Self.add(text, weight: weight, time: time, to: &counter, bytesLeft: &bytesLeft)
      let old = truth[text] ?? (0, .max, .min)
      truth[text] = (old.count + weight, min(old.first, time), max(old.last, time))
    }
    #expect(counter.isExact && counter.count == 500 && truth.count == 500)
    for index in counter.kept {
      let entry = counter.entries[index]
      let found = truth[Self.text(counter, index)]!
      #expect(entry.count == found.count && entry.error == 0)
      #expect(entry.times.first == found.first && entry.times.last == found.last)
    }
    let best = truth.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(10)
    for number in [0, 1, 2, 10] {
      let texts = counter.mostFrequent(number).map { Self.text(counter, $0) }
      #expect(texts == best.prefix(number).map(\.key))
    }
  }

  @Test(
    "above a limit every true count is within its bounds, and what is not kept came no more often than the floor",
    arguments: [
      (values: 50, bytes: 1 << 20, left: 1 << 20), (1_000, 600, 1 << 20), (1_000, 1 << 20, 5_000),
      (1, 1 << 20, 1 << 20),
    ])
  func bounds(_ limits: (values: Int, bytes: Int, left: Int)) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var counter = ValueCounter(mostValues: limits.values, mostBytes: limits.bytes)
      var bytesLeft = limits.left
      var truth: [String: Int] = [:]
      var total = 0
      for _ in 0..<20_000 {
        // Few values often, many seldom, of different lengths.
        let number = Int(Double(200) / Double.random(in: 0.05...200, using: &random))
        let text = "\(number)" + String(repeating: "x", count: number % 60)
        let weight = Int.random(in: 1...4, using: &random)
        Self.add(text, weight: weight, to: &counter, bytesLeft: &bytesLeft)
        truth[text, default: 0] += weight
        total += weight
      }
      #expect(!counter.isExact && counter.count > 0 && counter.count <= limits.values)
      #expect(bytesLeft >= 0 || counter.count == 1)
      var kept: [String: ValueCounter.Entry] = [:]
      for index in counter.kept { kept[Self.text(counter, index)] = counter.entries[index] }
      #expect(kept.count == counter.count)
      for (text, count) in truth {
        if let entry = kept[text] {
          #expect(entry.count - entry.error <= count && count <= entry.count)
          #expect(entry.error <= counter.floor)
        } else {
          #expect(count <= counter.floor)
        }
      }
      // The bound of the method: the error is at most the events for each value that is kept.
      if limits.bytes == 1 << 20, limits.left == 1 << 20 {
        #expect(counter.floor <= total / limits.values)
        #expect(kept.values.map(\.count).reduce(0, +) == total)
      }
    }
  }

  @Test("what is kept depends on the values and their order, not on the hashes")
  func independentOfHashes() {
    func kept(_ hash: (String) -> UInt32) -> [String] {
      var counter = ValueCounter(mostValues: 20)
      var bytesLeft = 1 << 20
      var random = SplitMix64(seed: 7)
      for _ in 0..<5_000 {
        let text =
          "\(Int.random(in: 0..<60, using: &random) * Int.random(in: 0..<3, using: &random))"
        let bytes = Array(text.utf8)
        _ = counter.add(
          bytes.span, 0..<bytes.count, hash: hash(text), weight: 1, time: 0, bytesLeft: &bytesLeft)
      }
      return counter.mostFrequent(20).map {
        "\(Self.text(counter, $0)) \(counter.entries[$0].count) \(counter.entries[$0].error)"
      }
    }
    let texts = kept { _ in 0 }
    #expect(texts.count == 20)
    #expect(texts == kept { UInt32($0.utf8.reduce(0) { $0 &* 31 &+ Int($1) }) })
    #expect(texts == kept { UInt32.max - UInt32($0.utf8.first!) })
  }

  @Test("counters that are put together bound the counts of both streams")
  func merge() {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var truth: [String: Int] = [:]
      var counters: [ValueCounter] = []
      var bytesLeft = 1 << 20
      for limit in [30, 1_000, 40] {
        var counter = ValueCounter(mostValues: limit)
        for _ in 0..<3_000 {
          let text = "\(Int(100 / Double.random(in: 0.2...100, using: &random)))"
          Self.add(text, to: &counter, bytesLeft: &bytesLeft)
          truth[text, default: 0] += 1
        }
        counters.append(counter)
      }
      var all = counters[0]
      for other in counters.dropFirst() { _ = all.add(other, bytesLeft: &bytesLeft) }
      #expect(all.count <= 30 && !all.isExact)
      var kept: [String: ValueCounter.Entry] = [:]
      for index in all.kept { kept[Self.text(all, index)] = all.entries[index] }
      for (text, count) in truth {
        if let entry = kept[text] {
          #expect(entry.count - entry.error <= count && count <= entry.count)
        } else {
          #expect(count <= all.floor)
        }
      }
    }
  }

  @Test("a reference is lost with its value")
  func references() {
    var counter = ValueCounter(mostValues: 2)
    var bytesLeft = 1 << 20
    Self.add("a", to: &counter, bytesLeft: &bytesLeft)
    let first = counter.reference(to: 0)
    #expect(counter.index(of: first) == 0 && counter.index(of: 0) == nil)
    Self.add("b", weight: 5, to: &counter, bytesLeft: &bytesLeft)
    Self.add("c", to: &counter, bytesLeft: &bytesLeft)
    // `c` has replaced `a`.
    #expect(counter.index(of: first) == nil)
    #expect(Self.text(counter, counter.index(of: counter.reference(to: 0))!) == "c")
    #expect(counter.entries[0].count == 2 && counter.entries[0].error == 1)
  }

  @Test("a candidate is shown only if its least count is above half of the row's")
  func candidates() {
    var candidates = Candidates()
    for key in [1, 2, 3, 4, 5, 1, 1, 1, 1, 1] as [UInt64] { candidates.add(key, weight: 1) }
    // 5 replaced one of the first four, which can be 1: then its count began anew.
    #expect(candidates.majority(of: 10) == nil)
    for _ in 0..<10 { candidates.add(1, weight: 1) }
    #expect(candidates.majority(of: 20) == 1)
    #expect(candidates.majority(of: 40) == nil)
    candidates.add(0, weight: 1_000)
    #expect(candidates.majority(of: 20) == 1)
  }
}
