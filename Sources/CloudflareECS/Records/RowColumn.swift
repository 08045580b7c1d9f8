/// A column of CSV or TSV.
struct RowColumn: Sendable {
  /// The index of the field with its name; negative if there is none.
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
