/// Stores the documents of one push.
protocol Upload {
  /// Takes documents, and returns when there is room for more: a line for each document that is refused for good.
  func store(_ documents: [UInt8]) async throws -> [UInt8]
  /// Returns when all documents are safe. If it throws, the push has to be sent again; then none is stored twice.
  func finish(as name: String) async throws -> [UInt8]
}
