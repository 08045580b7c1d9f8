/// The position of a record in the stream.
struct RecordPlace {
  /// The number of lines before it.
  var lines: Int
  /// The number of bytes before it.
  var bytes: Int
}
