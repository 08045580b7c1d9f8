/// What rows made of short texts before: actions, countries, protocols and products repeat.
///
/// Only for rows whose value depends on nothing but the text. A row and a text have one place, by their
/// hash; what comes takes it over.
struct ValueMemo {
  typealias Words = SIMD2<UInt64>

  struct Place {
    /// The row and the length of the text; -1 for none.
    fileprivate var key = -1
    fileprivate var words = (Words(), Words())
    /// What was made of it; empty for nothing.
    var value = Label([])!
  }

  private var places: [Place]

  /// A memo, or one that never remembers anything.
  init(isUsed: Bool) { places = isUsed ? Array(repeating: Place(), count: 2048) : [] }

  /// The place for a row and a text, and whether it is theirs already; nil for a text that is too long.
  @inline(__always)
  func find(_ row: Int, _ text: Span<UInt8>, _ content: Range<Int>) -> (place: Int, isKnown: Bool)?
  {
    guard !places.isEmpty, let words = text.ends(content) else { return nil }
    let place = Self.hash(words, row) & (places.count &- 1)
    let difference = (words.0 ^ places[place].words.0) | (words.1 ^ places[place].words.1)
    let isKnown =
      difference[0] | difference[1] == 0 && places[place].key == row &* 64 &+ content.count
    return (place, isKnown)
  }

  @inline(__always)
  func value(at place: Int) -> Label { places[place].value }

  /// Remembers what a row made of a text.
  mutating func remember(
    _ value: Label, at place: Int, _ row: Int, _ text: Span<UInt8>, _ content: Range<Int>
  ) {
    guard !places.isEmpty, let words = text.ends(content) else { return }
    places[place].key = row &* 64 &+ content.count
    places[place].words = words
    places[place].value = value
  }

  @inline(__always)
  private static func hash(_ words: (Words, Words), _ row: Int) -> Int {
    let mixed =
      words.0[0] ^ words.0[1] &* 3 ^ words.1[0] &* 5 ^ UInt64(row) &* 0xC2B2_AE3D_27D4_EB4F
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 48)
  }
}

extension Transform.Kind {
  /// Whether the value depends on nothing but the text, and is never a problem of a text.
  var isWorthRemembering: Bool {
    switch self {
    case .eventType, .foldedAction, .outcome, .country, .sourceCategory, .httpName, .httpVersion,
      .tlsName, .tlsVersion:
      true
    default: false
    }
  }
}
