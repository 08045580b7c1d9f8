/// Where the value of an output stands, as JSON.
struct ValuePlace {
  enum Origin {
    /// There is no value.
    case nowhere
    /// In the text that the event's fields are slices of.
    case text
    /// Among the values that the engine has written.
    case written
    /// It is the record's text, as a string.
    case record
  }

  var origin: Origin
  var range: Range<Int>

  init(_ origin: Origin, _ range: Range<Int> = 0..<0) {
    self.origin = origin
    self.range = range
  }

  /// The bytes between a string's quotes.
  var content: Range<Int> {
    (range.lowerBound &+ 1)..<max(range.lowerBound &+ 1, range.upperBound &- 1)
  }
}
