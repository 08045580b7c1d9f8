/// The characters that a part of a regular expression accepts.
struct CharacterSet: Hashable, Sendable {
  /// A bit for each ASCII character.
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Characters beyond ASCII.
  private var ranges: [ClosedRange<UInt32>] = []
  private var isInverted = false

  init() {}

  init(_ character: UInt32) { insert(character...character) }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    if range.lowerBound < 128 {
      for character in range.lowerBound...min(range.upperBound, 127) {
        if character < 64 {
          low |= 1 << UInt64(character)
        } else {
          high |= 1 << UInt64(character - 64)
        }
      }
    }
    if range.upperBound >= 128 { ranges.append(max(range.lowerBound, 128)...range.upperBound) }
  }

  mutating func formUnion(_ other: CharacterSet) {
    if other.isInverted {
      low |= ~other.low
      high |= ~other.high
      // The inverted sets that are united, `\D`, `\W` and `\S`, contain all characters beyond ASCII.
      ranges.append(128...0x10FFFF)
    } else {
      low |= other.low
      high |= other.high
      ranges += other.ranges
    }
  }

  /// Whether all its characters are ASCII.
  var isOfASCII: Bool { ranges.isEmpty && !isInverted }

  /// All other characters.
  var inverted: CharacterSet {
    var set = self
    set.isInverted.toggle()
    return set
  }

  /// The same with the letters A–Z in both cases.
  var ignoringCase: CharacterSet {
    var set = self
    // Bits 1 to 26 of the upper half are A–Z, bits 33 to 58 are a–z.
    let letters: UInt64 = 0x07FF_FFFE
    set.high |= (high & letters) << 32 | (high >> 32) & letters
    return set
  }

  @inline(__always)
  func contains(_ character: UInt32) -> Bool {
    if character < 64 { return (low >> UInt64(character) & 1 == 1) != isInverted }
    if character < 128 { return (high >> UInt64(character - 64) & 1 == 1) != isInverted }
    return ranges.contains { $0.contains(character) } != isInverted
  }

  static let digits = CharacterSet([0x30...0x39])
  static let wordCharacters = CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let spaces = CharacterSet([0x09...0x0D, 0x20...0x20])
  static let any = CharacterSet().inverted
  static let lineFeed = CharacterSet(0x0A)

  private init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges { insert(range) }
  }
}
