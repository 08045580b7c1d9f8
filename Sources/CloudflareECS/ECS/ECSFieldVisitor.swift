/// A struct of ECS fields. `visit` is the only list of its fields: reading, writing and listing
/// documents all use it.
protocol ECSFieldSet: Hashable, Sendable {
  init()
  /// Calls the visitor for every field, in the order of the document.
  mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable)
}

/// An operation on every field of a document.
protocol ECSFieldVisitor: ~Copyable {
  mutating func field(_ name: String, _ value: inout String?)
  mutating func field(_ name: String, _ value: inout Int64?)
  mutating func field(_ name: String, _ value: inout [String])
  /// A tree whose member names are not in the schema.
  mutating func field(_ name: String, _ value: inout JSONObject)
  /// A list of such trees.
  mutating func field(_ name: String, _ value: inout [JSONObject])
  mutating func group(_ name: String, _ value: inout some ECSFieldSet)
}
