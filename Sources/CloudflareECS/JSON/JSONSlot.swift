/// Where a value of a record stands in its text, and what it is: nothing is copied or decoded.
struct JSONSlot {
  enum Kind: UInt8 {
    case null, boolean, integer, decimal, string, array, object
  }

  /// The bytes of the value, a string's quotes included.
  var range: Range<Int> { start..<end }
  var start: Int {
    get { Int(first) }
    set { first = UInt32(truncatingIfNeeded: newValue) }
  }
  var end: Int {
    get { Int(behind) }
    set { behind = UInt32(truncatingIfNeeded: newValue) }
  }
  /// Offset of the value in its record as it came, or -1.
  var origin: Int {
    get { Int(place) }
    set { place = Int32(truncatingIfNeeded: newValue) }
  }
  /// Four bytes each, so that slots are small; `NDJSONConverter` cuts larger chunks.
  private var first: UInt32 = 0
  private var behind: UInt32 = 0
  private var place: Int32 = -1
  var kind = Kind.null
  private var marks: UInt8 = 0
  /// The number of the record that the slot belongs to: see `EventFields`.
  var epoch: UInt16 = 0

  /// Whether the bytes are already as this library writes them: no white space between tokens,
  /// no escape that is not needed, no name twice, no lone surrogate.
  var isCanonical: Bool {
    get { marks & 1 == 0 }
    set { marks = newValue ? marks & ~1 : marks | 1 }
  }
  /// Whether a surrogate without its other half is inside.
  var hasLoneSurrogate: Bool {
    get { marks & 2 != 0 }
    set { marks = newValue ? marks | 2 : marks & ~2 }
  }

  init() {}

  init(_ kind: Kind, _ range: Range<Int>, origin: Int) {
    first = UInt32(truncatingIfNeeded: range.lowerBound)
    behind = UInt32(truncatingIfNeeded: range.upperBound)
    place = Int32(truncatingIfNeeded: origin)
    self.kind = kind
  }

  /// The bytes between a string's quotes.
  var content: Range<Int> { (start &+ 1)..<(end &- 1) }

  /// Whether this is `""`, `null`, `{}` or `[]`; asked of canonical values only.
  @inline(__always)
  var isEmpty: Bool {
    switch kind {
    case .string, .array, .object: end &- start == 2
    case .null: true
    case .boolean, .integer, .decimal: false
    }
  }
}

/// A member of a record whose name is not in the table of names.
struct JSONMember {
  var name: JSONSlot
  var value: JSONSlot
}
