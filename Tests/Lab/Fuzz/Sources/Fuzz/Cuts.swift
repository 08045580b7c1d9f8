/// Where an input is cut into chunks: the same for the same input.
struct Cuts {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ bytes: [UInt8]) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// A number below a limit.
  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state &>> 33) % limit
  }

  /// Ranges that follow each other: mostly short ones.
  mutating func ranges(_ count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < count {
      let end = min(count, start + 1 + next([1, 3, 17, 400][next(4)]))
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}
