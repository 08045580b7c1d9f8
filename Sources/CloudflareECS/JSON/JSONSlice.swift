/// Where a JSON value is in a text, and what it is: nothing is copied or decoded.
struct JSONSlice: Sendable {
  enum Kind: UInt8 {
    /// No value. From `string` on, the kinds with delimiters around them.
    case absent, null, boolean, integer, decimal, string, array, object
  }

  /// The bytes of the value, a string's quotes included.
  var range: Range<Int> { start..<end }
  var start: Int {
    get { Int(first) }
    set { first = UInt32(truncatingIfNeeded: newValue) }
  }
  var end: Int {
    get { Int(firstAfter) }
    set { firstAfter = UInt32(truncatingIfNeeded: newValue) }
  }
  /// Offset of the value in its record as it came, or -1.
  var origin: Int {
    get { Int(signedOrigin) }
    set { signedOrigin = Int32(truncatingIfNeeded: newValue) }
  }
  /// Four bytes each, so that a slice is small; `InputReader` cuts larger chunks.
  private var first: UInt32 = 0
  private var firstAfter: UInt32 = 0
  private var signedOrigin: Int32 = -1
  /// The kind in the lowest byte, flags above it: one comparison says whether a value of one kind can
  /// be copied verbatim.
  private(set) var tag: UInt32 = 0

  private static let notCanonical: UInt32 = 0x100
  private static let loneSurrogate: UInt32 = 0x200
  private static let verbatim: UInt32 = 0x400

  /// The tag of a value that can be copied verbatim wherever its kind is wanted: canonical and not
  /// empty; an integer has at most 18 digits and no sign; an array contains no array and no object.
  @inline(__always)
  static func verbatimTag(_ kind: Kind) -> UInt32 { UInt32(kind.rawValue) | verbatim }

  /// The tag of a canonical value of which nothing else is known.
  @inline(__always)
  static func tag(_ kind: Kind) -> UInt32 { UInt32(kind.rawValue) }

  @inline(__always)
  var kind: Kind {
    get { Kind(rawValue: UInt8(truncatingIfNeeded: tag))! }
    set { tag = tag & ~0xFF | UInt32(newValue.rawValue) }
  }
  /// Whether the bytes are already as this library writes them: no white space between tokens, no
  /// escape that is not needed, no name twice, no lone surrogate.
  var isCanonical: Bool {
    get { tag & Self.notCanonical == 0 }
    set { tag = newValue ? tag & ~Self.notCanonical : tag | Self.notCanonical }
  }
  /// Whether a surrogate without its other half is inside.
  var hasLoneSurrogate: Bool {
    get { tag & Self.loneSurrogate != 0 }
    set { tag = newValue ? tag | Self.loneSurrogate : tag & ~Self.loneSurrogate }
  }

  /// No value.
  init() {}

  init(_ kind: Kind, _ range: Range<Int>, origin: Int) {
    self.init(tag: UInt32(kind.rawValue), range.lowerBound, range.upperBound, origin: origin)
  }

  @inline(__always)
  init(tag: UInt32, _ start: Int, _ end: Int, origin: Int) {
    first = UInt32(truncatingIfNeeded: start)
    firstAfter = UInt32(truncatingIfNeeded: end)
    signedOrigin = Int32(truncatingIfNeeded: origin)
    self.tag = tag
  }

  /// Notes whether the value can be copied verbatim: `true` is definite, `false` means look closer.
  @inline(__always)
  mutating func noteVerbatim(_ text: Span<UInt8>) {
    let isNumber = kind == .integer
    if isCanonical, !isEmpty, !isNumber || length <= 18 && text[start] != .minus,
      kind != .array || text.isFlatArray(range)
    {
      tag |= Self.verbatim
    }
  }

  /// The same value in a text from which the first `start` bytes were cut; its origin is forgotten.
  func moved(back start: Int) -> JSONSlice {
    JSONSlice(tag: tag, self.start &- start, end &- start, origin: -1)
  }

  /// Whether it is an array or object.
  var isContainer: Bool { kind.rawValue > Kind.string.rawValue }

  /// The length of the value, a string's quotes included.
  @inline(__always)
  var length: Int { Int(firstAfter &- first) }

  /// The bytes between a string's quotes.
  var content: Range<Int> { (start &+ 1)..<(end &- 1) }

  /// Whether there is no value, or `""`, `null`, `{}` or `[]`; asked of canonical values only.
  @inline(__always)
  var isEmpty: Bool {
    let kind = UInt8(truncatingIfNeeded: tag)
    return kind >= Kind.string.rawValue ? length == 2 : kind <= Kind.null.rawValue
  }
}

/// A member of a record whose name is not in the table of names.
struct JSONMember: Sendable {
  var name: JSONSlice
  var value: JSONSlice
}
