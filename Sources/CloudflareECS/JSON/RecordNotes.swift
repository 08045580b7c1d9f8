/// What was noted of a record while its members were read.
struct RecordNotes: OptionSet, Sendable {
  var rawValue: UInt8 = 0
  /// A member came by another name than its field's own.
  static let otherName = RecordNotes(rawValue: 1)
  /// A value is neither empty nor to be copied verbatim.
  static let irregular = RecordNotes(rawValue: 2)
}
