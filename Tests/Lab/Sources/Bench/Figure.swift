import AllocationCounter
import EventGenerator

/// Something to measure: work that appends what it found to a buffer, so that a wrong fast answer
/// shows.
struct Figure {
  struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
  }

  struct Measurement {
    var nanoseconds: Double
    var allocations: Double
  }

  let name: String
  /// The bytes that a run goes through.
  let bytes: Int
  /// The events, or other things, that a run goes through.
  let items: Int
  /// The checksum of what comes out.
  let answer: UInt64
  /// Gives the number of items that it found.
  let run: (inout [UInt8]) throws -> Int

  /// The fastest run of those that fit in a quarter of a second, and the heap blocks of the last one.
  func measure(in limit: Duration = .milliseconds(250)) throws -> Measurement {
    var output: [UInt8] = []
    output.reserveCapacity(bytes * 4)
    let clock = ContinuousClock()
    var best = Duration.seconds(1000)
    var allocations: UInt = 0
    var runs = 0
    let start = clock.now
    while runs < 3 || clock.now - start < limit {
      output.removeAll(keepingCapacity: true)
      let blocksBefore = allocation_count()
      let before = clock.now
      let found = try run(&output)
      best = min(best, clock.now - before)
      allocations = allocation_count() - blocksBefore
      try check(found, output)
      runs += 1
    }
    let seconds = Double(best.components.attoseconds) * 1e-18 + Double(best.components.seconds)
    return Measurement(
      nanoseconds: seconds * 1e9 / Double(items),
      allocations: Double(allocations) / Double(items))
  }

  private func check(_ found: Int, _ output: [UInt8]) throws {
    guard found == items else {
      throw WrongAnswer(description: "\(name): \(found) of \(items)")
    }
    var checksum = Checksum()
    checksum.add(output.span)
    guard checksum.value == answer else {
      throw WrongAnswer(description: "\(name): the answers changed, checksum \(checksum.value)")
    }
  }
}
