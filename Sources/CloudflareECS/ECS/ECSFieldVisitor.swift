/// A struct of ECS fields that names each of its fields once, for whoever reads, writes or lists them.
protocol ECSFieldSet: Hashable, Sendable {
  init()
  /// Shows every field, in the order in which documents have them.
  mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable)
}

/// What is done with the fields of a document.
protocol ECSFieldVisitor: ~Copyable {
  mutating func field(_ name: String, _ value: inout String?)
  mutating func field(_ name: String, _ value: inout Int64?)
  mutating func field(_ name: String, _ value: inout [String])
  /// A tree with names of its own.
  mutating func field(_ name: String, _ value: inout JSONObject)
  /// A list of trees with names of their own.
  mutating func field(_ name: String, _ value: inout [JSONObject])
  mutating func group(_ name: String, _ value: inout some ECSFieldSet)
}
