/// Where a value of a record stands in its text, and what it is: nothing is copied or decoded.
struct JSONSlot {
  enum Kind: UInt8 {
    /// From `string` on, those with something around them.
    case null, boolean, integer, decimal, string, array, object

    /// Whether a canonical value of that length is `""`, `null`, `{}` or `[]`. (A choice of values, no jump.)
    @inline(__always)
    func isEmpty(length: Int) -> Bool {
      rawValue >= Kind.string.rawValue ? length == 2 : self == .null
    }
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
  /// Four bytes each, so that slots are small; `InputReader` cuts larger chunks.
  private var first: UInt32 = 0
  private var behind: UInt32 = 0
  private var place: Int32 = -1
  /// All the rest in one word, so that one comparison says whether a slot is the usual: the record's
  /// number in the upper half, marks in the second byte, the kind in the lowest.
  private(set) var tag: UInt32 = 0

  private static let notCanonical: UInt32 = 0x100
  private static let loneSurrogate: UInt32 = 0x200
  private static let usual: UInt32 = 0x400
  /// The length of the longest usual value.
  static let longestUsual = 208
  /// A usual value is copied in wide blocks where so many bytes can be read, whatever its length.
  static let readAhead = longestUsual + 32

  /// The tag of a canonical value without lone surrogates.
  @inline(__always)
  static func tag(_ kind: Kind, epoch: UInt16, isUsual: Bool = false) -> UInt32 {
    UInt32(epoch) &<< 16 | UInt32(kind.rawValue) | (isUsual ? usual : 0)
  }

  /// Kind and marks: all of the tag but the record's number.
  @inline(__always)
  var form: UInt16 { UInt16(truncatingIfNeeded: tag) }

  /// The form of a usual value: one that is copied as it is wherever its kind is wanted, being canonical,
  /// not empty, not long, and if it is a number, of up to 18 digits.
  static func usualForm(_ kind: Kind) -> UInt16 {
    UInt16(truncatingIfNeeded: tag(kind, epoch: 0, isUsual: true))
  }

  /// Marks a value, not empty, that is usual.
  @inline(__always)
  mutating func markIfUsual(_ text: Span<UInt8>) {
    let isNumber = kind == .integer
    if isCanonical, length <= (isNumber ? 18 : Self.longestUsual),
      !isNumber || text[start] != .minus
    {
      tag |= Self.usual
    }
  }

  /// Leaves a value to what looks at it more closely.
  mutating func markUnusual() { tag &= ~Self.usual }

  @inline(__always)
  var kind: Kind {
    get { Kind(rawValue: UInt8(truncatingIfNeeded: tag))! }
    set { tag = tag & ~0xFF | UInt32(newValue.rawValue) }
  }
  /// The number of the record that the slot belongs to: see `EventFields`.
  var epoch: UInt16 {
    get { UInt16(truncatingIfNeeded: tag &>> 16) }
    set { tag = tag & 0xFFFF | UInt32(newValue) &<< 16 }
  }
  /// Whether the bytes are already as this library writes them: no white space between tokens,
  /// no escape that is not needed, no name twice, no lone surrogate.
  var isCanonical: Bool {
    get { tag & Self.notCanonical == 0 }
    set { tag = newValue ? tag & ~Self.notCanonical : tag | Self.notCanonical }
  }
  /// Whether a surrogate without its other half is inside.
  var hasLoneSurrogate: Bool {
    get { tag & Self.loneSurrogate != 0 }
    set { tag = newValue ? tag | Self.loneSurrogate : tag & ~Self.loneSurrogate }
  }

  init() {}

  init(_ kind: Kind, _ range: Range<Int>, origin: Int) {
    self.init(tag: UInt32(kind.rawValue), range.lowerBound, range.upperBound, origin: origin)
  }

  @inline(__always)
  init(tag: UInt32, _ start: Int, _ end: Int, origin: Int) {
    first = UInt32(truncatingIfNeeded: start)
    behind = UInt32(truncatingIfNeeded: end)
    place = Int32(truncatingIfNeeded: origin)
    self.tag = tag
  }

  /// The slot of the same value further on in the text of a record; the epoch must be 0.
  @inline(__always)
  func moved(by distance: Int, _ epoch: UInt16) -> JSONSlot {
    let words = SIMD4(first, behind, UInt32(bitPattern: place), tag)
    let offset = UInt32(truncatingIfNeeded: distance)
    let moved = words &+ SIMD4(offset, offset, 0, UInt32(epoch) &<< 16)
    var slot = JSONSlot()
    slot.first = moved[0]
    slot.behind = moved[1]
    slot.place = Int32(bitPattern: moved[2])
    slot.tag = moved[3]
    return slot
  }

  /// The length of the value, a string's quotes included.
  @inline(__always)
  var length: Int { Int(behind &- first) }

  /// The bytes between a string's quotes.
  var content: Range<Int> { (start &+ 1)..<(end &- 1) }

  /// Whether this is `""`, `null`, `{}` or `[]`; asked of canonical values only.
  @inline(__always)
  var isEmpty: Bool { kind.isEmpty(length: length) }
}

/// A member of a record whose name is not in the table of names.
struct JSONMember {
  var name: JSONSlot
  var value: JSONSlot
}
