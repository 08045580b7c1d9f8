/// A column of rows: the index of its field, or the name of a member that is not known.
struct RowColumn: Sendable {
  var key: Int
  /// Whether text that looks like a number becomes a number.
  var isNumber: Bool
  /// Whether text in brackets may be an array or object.
  var isContainer: Bool
  /// Whether the field's object may be encoded.
  var isEncoded: Bool
  /// Whether it has the name of a field, in whatever spelling.
  var isKnown: Bool
  var name: String
}
