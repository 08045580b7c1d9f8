/// The value of one target, as a slice of one of four texts.
///
/// Of a text it is the content of the JSON string, without quotes; of an array of texts what is between
/// `["` and `"]`, of an array of numbers what is between the brackets; of anything else the JSON. What
/// is left out is the same for every value of a target, so it is part of the gaps around the value
/// (``TargetShape``).
struct ValueSlice: Sendable {
  enum Source: UInt8 {
    /// There is no value.
    case none
    /// A slice of the record: it is copied as it is.
    case record
    /// A slice of the scratch buffer: a transform made it, or it is a literal of the plan.
    case scratch
    /// A slice of the record's own text, escaped as the content of a JSON string.
    case escapedRecord
    /// A slice of ``ValueCache/text``, made for an earlier record.
    case cached
  }

  private var first: UInt32
  private var byteCount: UInt32
  let source: Source

  /// No value.
  static let absent = ValueSlice(.none, 0..<0)

  @inline(__always)
  init(_ source: Source, _ range: Range<Int>) {
    self.init(source, range.lowerBound, range.count)
  }

  @inline(__always)
  init(_ source: Source, _ start: Int, _ count: Int) {
    self.source = source
    first = UInt32(truncatingIfNeeded: start)
    byteCount = UInt32(truncatingIfNeeded: count)
  }

  @inline(__always)
  var isAbsent: Bool { source == .none }
  @inline(__always)
  var count: Int { Int(byteCount) }
  @inline(__always)
  var start: Int { Int(first) }
  var range: Range<Int> { start..<(start &+ count) }
}

/// What a document has around the values of a target.
enum TargetShape: Sendable {
  /// A string.
  case text
  /// An array of strings.
  case texts
  /// An array of numbers.
  case numbers
  /// Nothing: the slice is the JSON of the value.
  case json

  var opening: String {
    switch self {
    case .text: "\""
    case .texts: "[\""
    case .numbers: "["
    case .json: ""
    }
  }

  var closing: String {
    switch self {
    case .text: "\""
    case .texts: "\"]"
    case .numbers: "]"
    case .json: ""
    }
  }

  /// Between two elements of an array.
  var separator: StaticString { self == .texts ? "\",\"" : "," }
}
