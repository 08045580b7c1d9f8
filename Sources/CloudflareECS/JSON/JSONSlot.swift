/// Where a value of a record stands in its text, and what it is: nothing is copied or decoded.
struct JSONSlot {
  enum Kind: UInt8 {
    case null, boolean, integer, decimal, string, array, object
  }

  /// The bytes of the value, a string's quotes included.
  var range: Range<Int> { start..<end }
  var start = 0
  var end = 0
  /// Offset of the value in its record as it came, or -1.
  var origin = -1
  var kind = Kind.null
  /// Whether the bytes are already as this library writes them: no white space between tokens,
  /// no escape that is not needed, no name twice, no lone surrogate.
  var isCanonical = true
  /// Whether a surrogate without its other half is inside.
  var hasLoneSurrogate = false
  /// The number of the record that the slot belongs to: see `EventFields`.
  var epoch: UInt32 = 0

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
