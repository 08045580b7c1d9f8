/// A set of numbers from 0 to 255: which steps of a plan there is something to do for.
struct SmallSet: Equatable, Sendable {
  static let capacity = 256
  /// The number that is no step: a member came by another name of its field.
  static let otherName = capacity - 1

  private var low = SIMD2<UInt64>()
  private var high = SIMD2<UInt64>()

  /// The empty set.
  init() {}

  mutating func insert(_ number: Int) {
    let bit: UInt64 = 1 &<< UInt64(number & 63)
    if number < 128 { low[number &>> 6 & 1] |= bit } else { high[number &>> 6 & 1] |= bit }
  }

  @inline(__always)
  func contains(_ number: Int) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(number & 63)
    return (number < 128 ? low[number &>> 6 & 1] : high[number &>> 6 & 1]) & bit != 0
  }

  @inline(__always)
  mutating func remove(_ number: Int) {
    let bit: UInt64 = 1 &<< UInt64(number & 63)
    if number < 128 { low[number &>> 6 & 1] &= ~bit } else { high[number &>> 6 & 1] &= ~bit }
  }

  /// Adds all numbers of another set.
  @inline(__always)
  mutating func insert(_ other: SmallSet) {
    low |= other.low
    high |= other.high
  }

  /// The numbers of a set that were not taken out yet, the lowest first.
  struct Remaining {
    /// The lowest of those that share a word: `lowest` is the number of its first bit.
    var word: UInt64
    private(set) var lowest = 0
    private var later: (UInt64, UInt64, UInt64)

    @inline(__always)
    init(_ set: SmallSet) {
      word = set.low[0]
      later = (set.low[1], set.high[0], set.high[1])
    }

    /// Goes on to the next word that has some; false if there is none.
    @inline(__always)
    mutating func advance() -> Bool {
      while word == 0 {
        if lowest == SmallSet.capacity &- 64 { return false }
        word = later.0
        later = (later.1, later.2, 0)
        lowest &+= 64
      }
      return true
    }

    /// Takes the lowest number out; nil if there is none.
    mutating func popFirst() -> Int? {
      guard advance() else { return nil }
      defer { word &= word &- 1 }
      return lowest &+ word.trailingZeroBitCount
    }
  }
}
