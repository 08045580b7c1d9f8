/// Where a JSON value is in a text, and what it is: nothing is copied or decoded.
struct JSONSlice: Sendable {
  enum Kind: UInt8 {
    /// No value. From `string` on, the kinds with delimiters around them.
    case absent, null, boolean, integer, decimal, string, array, object
  }

  /// The bytes of the value, without a string's quotes.
  @inline(__always)
  var content: Range<Int> { start..<(start &+ length) }
  /// The bytes of the value, a string's quotes included.
  var range: Range<Int> { (start &- quote)..<(start &+ length &+ quote) }
  /// Where the content begins.
  @inline(__always)
  var start: Int { Int(first) }
  /// The length of the content.
  @inline(__always)
  var length: Int { Int(count) }
  /// The length of a string's quote; 0 for other kinds.
  private var quote: Int { UInt8(truncatingIfNeeded: tag) == Kind.string.rawValue ? 1 : 0 }
  /// Offset of the value in its record as it came, or -1 if that is not known. That of a string is its quote's.
  /// - Parameter start: where the record begins in the text (``Record/start``).
  func origin(from start: Int) -> Int { range.lowerBound &- Int(shift) &- start }
  /// Four bytes each, so that a slice is small; `InputReader` cuts larger chunks.
  private var first: UInt32 = 0
  private var count: UInt32 = 0
  /// How much further behind the start of the record the value is than it was in the record as it came. It is 0 for
  /// all values but those that were rewritten.
  private var shift: Int32 = 0
  /// The kind in the lowest byte, flags above it: one comparison says whether a value of one kind can
  /// be copied verbatim.
  private(set) var tag: UInt32 = 0

  private static let notCanonical: UInt32 = 0x100
  private static let loneSurrogate: UInt32 = 0x200
  private static let verbatim: UInt32 = 0x400
  private static let notEmpty: UInt32 = 0x800

  /// The tag of a value that can be copied verbatim wherever its kind is wanted: canonical and not
  /// empty; an integer has at most 18 digits and no sign; an array contains no array and no object.
  @inline(__always)
  static func verbatimTag(_ kind: Kind) -> UInt32 { UInt32(kind.rawValue) | verbatim | notEmpty }

  /// The tag of a canonical value that is empty.
  @inline(__always)
  static func emptyTag(_ kind: Kind) -> UInt32 { UInt32(kind.rawValue) }

  @inline(__always)
  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: tag))! }
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

  /// No value. All its bytes are zero, so that many are made in wide blocks.
  init() {}

  /// A value that takes the bytes of a range, a string's quotes included.
  init(_ kind: Kind, _ range: Range<Int>) {
    // `""`, `[]` and `{}` are empty.
    let isEmpty =
      kind.rawValue >= Kind.string.rawValue
      ? range.count == 2 : kind.rawValue <= Kind.null.rawValue
    let quote = kind == .string ? 1 : 0
    self.init(
      tag: UInt32(kind.rawValue) | (isEmpty ? 0 : Self.notEmpty), range.lowerBound &+ quote,
      range.count &- 2 &* quote)
  }

  /// The same, in a text that begins with the record, for a value that was elsewhere in the record as it came.
  init(_ kind: Kind, _ range: Range<Int>, origin: Int) {
    self.init(kind, range)
    setOrigin(origin)
  }

  /// A value whose content begins at `start`.
  @inline(__always)
  init(tag: UInt32, _ start: Int, _ length: Int) {
    first = UInt32(truncatingIfNeeded: start)
    count = UInt32(truncatingIfNeeded: length)
    self.tag = tag
  }

  private mutating func setOrigin(_ origin: Int) {
    shift = Int32(truncatingIfNeeded: range.lowerBound &- origin)
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

  /// The same value in a text from which the first `start` bytes were cut.
  @inline(__always)
  func moved(back start: Int) -> JSONSlice {
    var moved = self
    moved.first = UInt32(truncatingIfNeeded: self.start &- start)
    return moved
  }

  /// The same value, of which it is not known where in its record it was. Its text begins with the record.
  var withoutOrigin: JSONSlice {
    var slice = self
    slice.setOrigin(-1)
    return slice
  }

  /// Whether there is no value.
  @inline(__always)
  var isAbsent: Bool { tag == 0 }

  /// Whether it is an array or object.
  var isContainer: Bool { kind.rawValue > Kind.string.rawValue }

  /// Whether there is no value, or `""`, `null`, `{}` or `[]`; asked of canonical values only.
  @inline(__always)
  var isEmpty: Bool { tag & Self.notEmpty == 0 }
}

/// A member of a record whose name is not in the table of names.
struct JSONMember: Sendable {
  var name: JSONSlice
  var value: JSONSlice
}
